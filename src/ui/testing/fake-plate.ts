import { letterNames, numberNames, plateOf } from "../../zarr/plate/testing/plates.ts";
import type { PlateState } from "../state/plate.ts";

const model = plateOf(letterNames(8), numberNames(12, 2));
const placement = { scale: 1, x0: 0, y0: 0 };
const framing = { bounds: { x0: 0, y0: 0, x1: 1, y1: 1 }, pixelWorld: 1 };

/** A plate of 96 wells, A/01 … H/12. */
export const fakePlate: PlateState = {
  model,
  acquisition: undefined,
  field: 0,
  fieldCount: 1,
  allFields: false,
  opened: undefined,
  marks: new Map(),
  ownContrast: new Map(),
  placement,
};

/** The plate with the well of this id opened, whether or not there is one; undefined: as a whole. */
export function plateAt(plate: PlateState, id: string | undefined): PlateState {
  const [first] = plate.model.wells;
  const well = plate.model.wells.find((other) => other.id === id) ?? first;
  if (id === undefined || well === undefined) return { ...plate, opened: undefined };
  return { ...plate, opened: { well: { ...well, id }, image: undefined, placement, framing } };
}
