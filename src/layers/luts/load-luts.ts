import { colormapStops } from "./colormap-stops.ts";
import { type LutName, lutNames } from "./lut-name.ts";
import { type LutTable, lutTable } from "./lut-table.ts";

export type Luts = ReadonlyMap<LutName, LutTable>;

let loading: Promise<Luts> | undefined;
let loaded: Luts | undefined;

/** All lookup tables, fetched and made at the first call. Rejects if the network does not give the module; then the next call tries again. */
export function loadLuts(): Promise<Luts> {
  loading ??= makeLuts().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** The tables if they are there already. */
export function loadedLuts(): Luts | undefined {
  return loaded;
}

async function makeLuts(): Promise<Luts> {
  const { colormapGlsl } = await import("./viv-colormaps.ts");
  loaded = new Map(
    lutNames.map((name) => [name, lutTable(name, colormapStops(colormapGlsl(name)))]),
  );
  return loaded;
}
