import { useEffect, useState } from "react";
import { type Luts, loadedLuts, loadLuts } from "../../layers/luts/load-luts.ts";
import { type LutTable, lutColor } from "../../layers/luts/lut-table.ts";

/** The lookup tables, once they are there; they are fetched when `isWanted`. */
export function useLuts(isWanted: boolean): Luts | undefined {
  const [luts, setLuts] = useState(loadedLuts);
  useEffect(() => {
    if (!isWanted || luts) return undefined;
    let isMounted = true;
    // Without tables the gradients stay empty; the session says that they could not be loaded.
    loadLuts().then(
      (loaded) => isMounted && setLuts(loaded),
      () => undefined,
    );
    return () => {
      isMounted = false;
    };
  }, [isWanted, luts]);
  return luts;
}

const stops = 24;
const gradients = new WeakMap<LutTable, string>();

/** A lookup table as a CSS gradient from left to right. */
export function lutGradient(table: LutTable): string {
  let gradient = gradients.get(table);
  if (gradient === undefined) {
    const colors = Array.from({ length: stops + 1 }, (_, i) => {
      const [red, green, blue] = lutColor(table, i / stops);
      return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`;
    });
    gradient = `linear-gradient(to right, ${colors.join(", ")})`;
    gradients.set(table, gradient);
  }
  return gradient;
}
