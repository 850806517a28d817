import { useEffect, useState } from "react";
import { shownTheme } from "../state/preferences.ts";
import { useViewer } from "../state/viewer-context.ts";

const darkBar = "17181B";

/** What the theme makes of `--bar`, six hex digits. */
function barColor(): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue("--bar").trim();
  return /^#[0-9a-f]{6}$/i.test(value) ? value.slice(1).toUpperCase() : darkBar;
}

/** Background of the bars, for text in colours that are not the theme's. */
export function useBarColor(): string {
  const theme = useViewer(shownTheme);
  const [color, setColor] = useState(barColor);
  useEffect(() => {
    const scheme = matchMedia("(prefers-color-scheme: light)");
    const read = () => setColor(barColor());
    // The page takes the theme up in the same commit.
    const frame = requestAnimationFrame(read);
    scheme.addEventListener("change", read);
    return () => {
      cancelAnimationFrame(frame);
      scheme.removeEventListener("change", read);
    };
  }, [theme]);
  return color;
}
