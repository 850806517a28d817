/**
 * The lookup tables by the names of Viv's colormap modules, those that rise evenly in lightness first. Viv's "alpha" is left out: its colour
 * is white all along.
 */
export const lutNames = [
  "viridis",
  "magma",
  "inferno",
  "plasma",
  "cubehelix",
  "greys",
  "hot",
  "blackbody",
  "electric",
  "copper",
  "bone",
  "cool",
  "warm",
  "spring",
  "summer",
  "autumn",
  "winter",
  "greens",
  "yignbu",
  "yiorrd",
  "rdbu",
  "bluered",
  "picnic",
  "portland",
  "earth",
  "jet",
  "hsv",
  "rainbow",
  "rainbow_soft",
  "phase",
  "temperature",
  "salinity",
  "density",
  "bathymetry",
  "oxygen",
  "chlorophyll",
  "turbidity",
  "cdom",
  "par",
  "velocity_blue",
  "velocity_green",
  "freesurface_blue",
  "freesurface_red",
] as const;

/** Name of a lookup table, as in links and settings. */
export type LutName = (typeof lutNames)[number];

const known: ReadonlySet<string> = new Set(lutNames);

/** Whether a text from outside names a lookup table. */
export function isLutName(text: string): text is LutName {
  return known.has(text);
}

/** The name for people: "rainbow soft". */
export function lutTitle(name: LutName): string {
  return name.replace("_", " ");
}
