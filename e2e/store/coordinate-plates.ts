import { letterNames, numberNames } from "../../src/zarr/plate/testing/plates.ts";
import type { VirtualImage } from "./virtual-image.ts";
import type { VirtualPlate, VirtualWell } from "./virtual-plate.ts";

/** A field of 256² in two channels and three levels; the coarsest is one chunk. */
const field: VirtualImage = {
  format: "v2",
  axes: "cyx",
  shape: [2, 256, 256],
  chunks: [1, 64, 64],
  levels: [1, 2, 4].map((factor) => ({ factors: [1, factor, factor] })),
  scale: [1, 0.5, 0.5],
  units: { y: "micrometer", x: "micrometer" },
  dataType: "uint16",
  pattern: "hash",
  codec: "none",
  keySeparator: "/",
  omero: {
    channels: ["00FF00", "FF00FF"].map((color, c) => ({
      label: `channel ${c}`,
      color,
      active: true,
      window: { min: 0, start: 0, end: 65535, max: 65535 },
    })),
  },
};
const field3: VirtualImage = { ...field, format: "v3", codec: "zstd" };

/** Wells that differ from what the first one predicts, and damaged ones, by their place on the 8 × 12 plates. */
export const oddWells: Readonly<Record<string, VirtualWell>> = {
  B2: { kind: "image", image: { dataType: "int16" } },
  C7: { kind: "image", image: { endian: "big" } },
  D4: { kind: "image", image: { scale: [1, 0.25, 0.25] } },
  E9: { kind: "image", image: { shape: [2, 200, 240], levels: field.levels!.slice(0, 2) } },
  F3: { kind: "missing" },
  G10: { kind: "malformed" },
  H12: { kind: "empty" },
};

function oddAt(row: number, column: number): VirtualWell | undefined {
  return oddWells[`${String.fromCharCode(65 + row)}${column + 1}`];
}

const plate96: VirtualPlate = { image: field, rows: letterNames(8), columns: numberNames(12, 2) };

/** A time-lapse. */
const plate384: VirtualPlate = {
  image: {
    ...field,
    axes: "tcyx",
    shape: [3, 2, 128, 128],
    chunks: [1, 1, 64, 64],
    levels: [1, 2].map((factor) => ({ factors: [1, 1, factor, factor] })),
    scale: [1, 1, 0.5, 0.5],
  },
  rows: letterNames(16),
  columns: numberNames(24),
};

const plate1536: VirtualPlate = {
  image: {
    ...field3,
    shape: [1, 128, 128],
    levels: [1, 4].map((factor) => ({ factors: [1, factor, factor] })),
    omero: true,
  },
  rows: letterNames(32),
  columns: numberNames(48),
  fields: 9,
};

/** The plates of the end-to-end tests by name. */
export const coordinatePlates = {
  "plate-96-v2": { ...plate96, wellAt: oddAt },
  "plate-96-v3": { ...plate96, image: field3, wellAt: oddAt },
  /** All wells alike, three fields in two acquisitions, ids 0 and 2. */
  "plate-96-fields": {
    ...plate96,
    fields: 3,
    acquisitions: [{ id: 0, name: "first" }, { id: 2 }],
    acquisitionOf: (index) => (index === 2 ? 2 : 0),
  },
  "plate-384-v2": plate384,
  "plate-384-v3": { ...plate384, image: { ...plate384.image, format: "v3", codec: "zstd" } },
  "plate-1536-v2": { ...plate1536, image: { ...plate1536.image, format: "v2", codec: "none" } },
  "plate-1536-v3": plate1536,
} as const satisfies Record<string, VirtualPlate>;
