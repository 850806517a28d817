import fc from "fast-check";
import { expect, it } from "vitest";
import { mapWindow } from "./map-window.ts";

it("M15 any plate has a window of lines that holds the one that is walked on", () => {
  expect(mapWindow(31, 32, 32)).toHaveLength(32);
  expect(mapWindow(0, 0, 32)).toEqual([]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 1, max: 64 }),
      fc.nat(),
      (count, most, at) => {
        const active = at % count;
        const lines = mapWindow(active, count, most);
        expect(lines).toHaveLength(Math.min(count, most));
        expect(lines).toContain(active);
        expect(lines.every((line, k) => line >= 0 && line < count && line === lines[0]! + k)).toBe(
          true,
        );
      },
    ),
  );
});
