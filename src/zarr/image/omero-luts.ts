/** Lookup tables that OMERO and we both have, by OMERO's file names. */
const tables = {
  "viridis.lut": "viridis",
  "magma.lut": "magma",
  "inferno.lut": "inferno",
  "plasma.lut": "plasma",
  "jet.lut": "jet",
} as const;

/** Name of a lookup table that metadata may ask for. */
export type OmeroLut = (typeof tables)[keyof typeof tables];

/**
 * The table that a file name of OMERO's means (N4-31), whatever its case, with or without its ending; `undefined` for one that we do not
 * have. OMERO's tables are ImageJ's: a table of ours counts only if its colours are the same.
 */
export function omeroLut(fileName: string): OmeroLut | undefined {
  const name = fileName
    .trim()
    .toLowerCase()
    .replace(/\.lut$/, "");
  return Object.entries(tables).find(([file]) => file === `${name}.lut`)?.[1];
}
