import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodePath } from "../store/node-path.ts";
import { findWell, nearestWell, neighbourWell } from "./find-well.ts";
import { wellName } from "./plate-model.ts";
import { letterNames, numberNames, plateOf } from "./testing/plates.ts";

const plate96 = plateOf(letterNames(8), numberNames(12, 2));
const plate1536 = plateOf(letterNames(32), numberNames(48));

function idOf(plate: Parameters<typeof findWell>[0], text: string) {
  const found = findWell(plate, text);
  return found.kind === "well" ? found.well.id : found.reason;
}

describe("a well's name", () => {
  it.each([
    ["B/03", "B/03"],
    ["B03", "B/03"],
    ["B3", "B/03"],
    ["b3", "B/03"],
    ["b/3", "B/03"],
    [" H12 ", "H/12"],
    ["B-3", "B/03"],
  ])("%j is well %s of a plate whose columns are 01 to 12", (text, id) => {
    expect(idOf(plate96, text)).toBe(id);
  });

  it("N4-66 reads AF48, AA1 and A1 by the names that the plate gives", () => {
    expect(["AF48", "AA1", "A1", "aa11"].map((text) => idOf(plate1536, text))).toEqual([
      "AF/48",
      "AA/1",
      "A/1",
      "AA/11",
    ]);
  });

  it("N4-66 reads other schemes: Aa … Hd, rows that are numbers, columns with points", () => {
    const quadrants = [..."ABCDEFGH"].flatMap((row) => [..."abcd"].map((part) => row + part));
    expect(idOf(plateOf(quadrants, numberNames(48)), "Hd48")).toBe("Hd/48");
    expect(idOf(plateOf(["Aa", "AA", "aa"], ["1"]), "aa1")).toBe("aa/1");
    expect(idOf(plateOf(["A"], ["01.a1", "01.a2"]), "A01.a2")).toBe("A/01.a2");
    expect(idOf(plateOf(["1", "11"], ["1", "11"]), "11/1")).toBe("11/1");
    expect(wellName(plateOf(["1"], ["11"]), { row: 0, column: 0 })).toBe("1-11");
  });

  it("N1-15 finds a path with a leading folder by its end, and by its cell", () => {
    const [well] = plate96.wells;
    const wells = [{ ...well!, id: "2020-10-10/A/01", path: nodePath("2020-10-10/A/01") }];
    const plate = { ...plate96, wells };
    for (const text of ["2020-10-10/A/01", "A/01", "a1"]) {
      expect(idOf(plate, text)).toBe("2020-10-10/A/01");
    }
  });

  it("N4-61 goes by the path before it goes by the cell, where both disagree", () => {
    const swapped = plateOf(["A", "B"], ["1", "2"]);
    const wells = swapped.wells.map((well) => ({ ...well, row: well.column, column: well.row }));
    expect(idOf({ ...swapped, wells }, "A/2")).toBe("A/2");
    expect(idOf({ ...swapped, wells }, "A2")).toBe("B/1");
  });

  it("P05 says what is not there, and names the nearest", () => {
    const sparse = plateOf(letterNames(8), numberNames(12), (row, column) => row + column === 7);
    expect(findWell(plate96, "ZZ99")).toMatchObject({
      kind: "none",
      reason: "Well “ZZ99” is not on this plate; the nearest is H12.",
      nearest: { id: "H/12" },
    });
    expect(findWell(plate96, "5")).toMatchObject({
      kind: "none",
      reason:
        "Well “5” is not on this plate; wells are named by row and column; the nearest is A05.",
    });
    expect(findWell(sparse, "B3")).toMatchObject({
      kind: "none",
      reason: "Well “B3” is empty on this plate; the nearest is D5.",
    });
    expect(findWell({ ...sparse, wells: [] }, "B3")).toMatchObject({ nearest: undefined });
  });

  it("is found for every well by path and by name, whatever the names are", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9]{1,3}$/), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(names, names, (rows, columns) => {
        const plate = plateOf(rows, columns);
        for (const well of plate.wells) {
          expect(findWell(plate, well.id)).toEqual({ kind: "well", well });
          const byName = findWell(plate, wellName(plate, well));
          // Several cells may spell the same name ("1" + "11", "11" + "1"): then one of them is meant.
          if (byName.kind !== "well") throw new Error(byName.reason);
          expect(wellName(plate, byName.well).replace("-", "")).toBe(
            wellName(plate, well).replace("-", ""),
          );
        }
      }),
    );
  });

  it("never throws, and always gives a nearest well", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const found = findWell(plate96, text);
        if (found.kind === "none") expect(found.nearest).toBeDefined();
      }),
    );
  });
});

describe("the next well", () => {
  const sparse = plateOf(letterNames(4), numberNames(4), (row, column) => (row + column) % 2 === 0);

  it("lies in the same row or column, past empty cells", () => {
    const [first] = sparse.wells;
    expect(neighbourWell(sparse, first!, 0, 1)?.id).toBe("A/3");
    expect(neighbourWell(sparse, first!, 1, 0)?.id).toBe("C/1");
    expect(neighbourWell(sparse, first!, 0, -1)).toBeUndefined();
    expect(neighbourWell(sparse, first!, -1, 0)).toBeUndefined();
  });

  it("is walked back the same way", () => {
    for (const well of sparse.wells) {
      for (const [dRow, dColumn] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const next = neighbourWell(sparse, well, dRow, dColumn);
        if (next) expect(neighbourWell(sparse, next, -dRow, -dColumn)).toBe(well);
      }
    }
  });

  it("nearest is the well itself where there is one", () => {
    for (const well of plate96.wells) expect(nearestWell(plate96, well)).toBe(well);
  });
});
