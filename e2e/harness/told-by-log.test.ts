import { expect, it } from "vitest";
import { roundTrips } from "./told-by-log.ts";

const at = (startMs: number, endMs: number | undefined) => ({ startMs, endMs });

it("counts the trips that waited for each other, in whatever order they are logged", () => {
  expect(roundTrips([])).toBe(0);
  expect(roundTrips([at(0, 200), at(1, 201), at(2, 202)])).toBe(1);
  // The long one beside them is none of the three.
  expect(roundTrips([at(0, 900), at(410, 600), at(0, 190), at(200, 400)])).toBe(3);
  expect(roundTrips([at(0, 100), at(110, 200), at(210, undefined)], 205)).toBe(2);
});
