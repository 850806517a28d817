import fc from "fast-check";
import { expect, it } from "vitest";
import { rowParts, rowWindow } from "./row-window.ts";

const heights = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 300 });

it("a window holds every row that is in sight and at most the extra ones besides", () => {
  fc.assert(
    fc.property(heights, fc.integer({ min: -500, max: 20_000 }), fc.nat(800), (rows, top, view) => {
      const { first, end } = rowWindow(rows, top, top + view, 3);
      let y = 0;
      for (const [row, height] of rows.entries()) {
        const isSeen = y + height >= top && y <= top + view;
        if (isSeen) expect(row >= first && row < end).toBe(true);
        y += height;
      }
      expect(end - first).toBeLessThanOrEqual(view + 8);
    }),
  );
});

it("parts keep the list's whole height, its order and the rows around the focus", () => {
  fc.assert(
    fc.property(heights, fc.nat(300), fc.nat(20), fc.nat(299), (rows, first, size, kept) => {
      const end = Math.min(rows.length, first + size);
      const around = { first: kept - 2, end: kept + 3 };
      const parts = rowParts(rows, { first: Math.min(first, end), end }, around);
      const total = parts.reduce(
        (sum, part) => sum + ("gap" in part ? part.gap : rows[part.row]!),
        0,
      );
      expect(total).toBe(rows.reduce((sum, height) => sum + height, 0));
      const shown = parts.flatMap((part) => ("row" in part ? [part.row] : []));
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
      for (let row = Math.max(0, kept - 2); row < Math.min(rows.length, kept + 3); row++) {
        expect(shown).toContain(row);
      }
    }),
  );
});
