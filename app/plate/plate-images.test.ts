import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coordinatePlates } from "../../e2e/store/coordinate-plates.ts";
import { startStore, type TestStore } from "../../e2e/store/test-store.ts";
import { emptyLink } from "../../src/ui/state/link.ts";
import type { PlateImages } from "./plate-images.ts";
import { plateSheets } from "./plate-sheets.ts";
import { openLinked } from "./testing/open-linked.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
  for (const name of ["plate-96-v3", "plate-96-fields"] as const) {
    store.definePlate(name, coordinatePlates[name]);
  }
  // Three fields in an L, of which the second touches the first and the third overlaps it.
  store.definePlate("plate-positions", {
    ...coordinatePlates["plate-96-fields"],
    acquisitions: [],
    positionOf: (field) =>
      [[1000, 500] as const, [1000, 628] as const, [1100, 500] as const][field]!,
    wellAt: (row, column) =>
      row === 0 && column === 1 ? { kind: "image", image: { shape: [2, 128, 128] } } : undefined,
  });
});
afterAll(() => store.close());

const all = { firstRow: 0, endRow: 8, firstColumn: 0, endColumn: 12 };
const middle = [5.5, 3.5] as const;

async function opened(name: string) {
  const { plate, dispose } = await openLinked(store.url(name));
  if (plate === undefined) throw new Error(`${name} is no plate.`);
  const wellAt = (id: string) => plate.model.wells.find((well) => well.id === id)!;
  const memberOf = (images: PlateImages, id: string) =>
    images.in(all, middle).members.find((member) => images.imageOf(member)?.well.id === id);
  return { ...plate, wellAt, memberOf, dispose };
}

describe("the images of a plate", () => {
  it("are the same objects as long as nothing was learnt", async () => {
    const { images, dispose } = await opened("plate-96-v3");
    const first = images.in(all, middle);
    expect(images.in(all, [0, 0])).toBe(first);
    expect(first.members).toHaveLength(95);
    const corner = images.in({ ...all, endRow: 1, endColumn: 2 }, middle);
    expect(corner.members.every((member) => first.members.includes(member))).toBe(true);
    dispose();
  });

  it("stay where the prediction was right, and lose only their being provisional", async () => {
    const { images, wellAt, memberOf, dispose } = await opened("plate-96-v3");
    const before = memberOf(images, "C/05")!;
    expect(images.in(all, middle).provisional.has(before)).toBe(true);
    await images.read(wellAt("C/05"));
    expect(memberOf(images, "C/05")).toBe(before);
    expect(images.in(all, middle).provisional.has(before)).toBe(false);
    expect(images.marks.size).toBe(0);
    dispose();
  });

  it.each([
    ["B/02", "int16 instead of uint16"],
    ["E/09", "y 200 x 240 instead of y 256 x 256"],
    ["C/07", undefined],
    ["D/04", undefined],
  ])("P02 %s is laid anew where it was predicted wrongly", async (id, words) => {
    const { images, wellAt, memberOf, dispose } = await opened("plate-96-v3");
    const before = memberOf(images, id);
    await images.read(wellAt(id));
    const after = memberOf(images, id);
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    expect(images.imageOf(after!)?.isRead).toBe(true);
    if (words === undefined) expect(images.marks.has(id)).toBe(false);
    else expect(images.marks.get(id)?.reason).toContain(words);
    dispose();
  });

  it.each([
    ["F/03", "nothing"],
    ["G/10", "damaged"],
  ])("P01 %s is gone and marked, and shown again once it can be read", async (id, words) => {
    const { images, wellAt, memberOf, dispose } = await opened("plate-96-v3");
    await images.read(wellAt(id));
    expect(memberOf(images, id)).toBeUndefined();
    expect(images.marks.get(id)?.reason).toMatch(new RegExp(words, "i"));
    expect(images.in(all, middle).members).toHaveLength(94);
    images.forgetWell(wellAt(id));
    expect(memberOf(images, id)).toBeDefined();
    expect(images.marks.has(id)).toBe(false);
    dispose();
  });

  it("P04 of an acquisition, one field or all, lie side by side in their cells", async () => {
    const { images, dispose } = await opened("plate-96-fields");
    const { template } = images;
    images.choose({ acquisition: 0, field: "all" }, template);
    const { members } = images.in({ ...all, endRow: 1, endColumn: 1 }, middle);
    expect(members).toHaveLength(2);
    const [left, right] = members.map(({ levels }) => levels[0]!.bounds);
    expect(left!.x1).toBeLessThanOrEqual(right!.x0 + 1e-9);
    images.choose({ acquisition: 2, field: 0 }, template);
    const other = images.in({ ...all, endRow: 1, endColumn: 1 }, middle).members;
    expect(other.map((member) => images.imageOf(member)?.chosen.field.path)).toEqual(["A/01/2"]);
    images.choose({ acquisition: 2, field: 1 }, template);
    expect(images.in(all, middle).members).toEqual([]);
    dispose();
  });

  it("of all fields lie by their translations, in every well by its own once that was read", async () => {
    const { plate, dispose } = await openLinked(store.url("plate-positions"), {
      ...emptyLink,
      field: "all",
    });
    const { images, model } = plate!;
    const rectsOf = (id: string) => {
      const { members } = images.in({ ...all, endRow: 1, endColumn: 2 }, middle);
      return members
        .filter((member) => images.imageOf(member)?.well.id === id)
        .sort((a, b) => images.imageOf(a)!.chosen.place - images.imageOf(b)!.chosen.place)
        .map(({ levels }) => levels[0]!.bounds);
    };
    // 256 pixels of 0.5: each field is 128 wide; all of them cover 256 × 228, in a cell of 0.92.
    const unit = 0.92 / 256;
    const expectFields = ([first, right, below]: ReturnType<typeof rectsOf>) => {
      expect(first!.x1 - first!.x0).toBeCloseTo(128 * unit, 9);
      expect(right!.x0 - first!.x0).toBeCloseTo(128 * unit, 9);
      expect(right!.y0).toBeCloseTo(first!.y0, 9);
      expect(below!.y0 - first!.y0).toBeCloseTo(100 * unit, 9);
      expect(below!.x0).toBeCloseTo(first!.x0, 9);
      expect((first!.y0 + below!.y1) / 2).toBeCloseTo(0, 9);
    };
    expectFields(rectsOf("A/01"));
    expect(rectsOf("A/01")[0]!.x0).toBeCloseTo(-0.46, 9);
    expectFields(rectsOf("A/02"));
    // Fields of another size, 64 wide, are as far apart as before: 192 × 164 together.
    await images.read(model.wells.find(({ id }) => id === "A/02")!);
    const [first, right, below] = rectsOf("A/02");
    const own = 0.92 / 192;
    expect(right!.x0 - first!.x0).toBeCloseTo(128 * own, 9);
    expect(below!.y1 - first!.y0).toBeCloseTo(164 * own, 9);
    // What overlaps is drawn field over field, the same in all channels; the two others side by side.
    const { members } = images.in({ ...all, endRow: 1, endColumn: 1 }, middle);
    const sheets = plateSheets(members, (member) => images.imageOf(member), new Map());
    expect(sheets.map((sheet) => sheet.members.length)).toEqual([1, 1, 1]);
    images.choose({ acquisition: undefined, field: 0 }, images.template);
    expect(rectsOf("A/01")[0]!.x1).toBeCloseTo(0.46, 9);
    dispose();
  });

  it("with a contrast of their own are drawn apart", async () => {
    const { images, dispose } = await opened("plate-96-v3");
    const { members } = images.in({ ...all, endRow: 1, endColumn: 3 }, middle);
    const windows = new Map([[0, { start: 1, end: 2, min: 0, max: 9 }]]);
    const imageOf = (member: (typeof members)[number]) => images.imageOf(member);
    const sheets = plateSheets(members, imageOf, new Map([["A/02", windows]]));
    const idsOf = (sheet: (typeof sheets)[number]) =>
      sheet.members.map((member) => imageOf(member)?.well.id).sort();
    expect(sheets.map(idsOf)).toEqual([["A/01", "A/03"], ["A/02"]]);
    expect(sheets.map((sheet) => sheet.windows)).toEqual([undefined, windows]);
    dispose();
  });
});
