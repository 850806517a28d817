import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coordinatePlates } from "../../e2e/store/coordinate-plates.ts";
import { startStore, type TestStore } from "../../e2e/store/test-store.ts";
import { emptyLink, type Link } from "../../src/ui/state/link.ts";
import { openLinked } from "./testing/open-linked.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
  for (const [name, plate] of Object.entries(coordinatePlates)) store.definePlate(name, plate);
  store.definePlate("plate-consolidated-v2", {
    ...coordinatePlates["plate-96-fields"],
    consolidated: true,
  });
  store.definePlate("plate-consolidated-v3", {
    ...coordinatePlates["plate-96-v3"],
    consolidated: true,
  });
});
afterAll(() => store.close());

const link = (change: Partial<Link>): Link => ({ ...emptyLink, ...change });

describe("opening a plate", () => {
  it.each(["plate-96-fields", "plate-96-v3", "plate-384-v2", "plate-1536-v3"] as const)(
    "%s costs a dozen requests: one well is read, whatever the number of wells",
    async (name) => {
      store.clearLog();
      const { plate, dispose } = await openLinked(store.url(name));
      const keys = store.log().map(({ key }) => key);
      expect(keys.length, keys.join(" ")).toBeLessThanOrEqual(12);
      const { model, images } = plate!;
      expect(model.wells.length).toBeGreaterThan(90);
      const { members, provisional } = images.in(
        { firstRow: 0, endRow: 2, firstColumn: 0, endColumn: 3 },
        [0, 0],
      );
      expect([members.length, provisional.size]).toEqual([6, 5]);
      dispose();
    },
  );

  it.each(["plate-consolidated-v2", "plate-consolidated-v3"])(
    "%s takes the metadata of all wells from the root's",
    async (name) => {
      const { plate, dispose } = await openLinked(store.url(name));
      store.clearLog();
      const { images, model } = plate!;
      images.in({ firstRow: 0, endRow: 8, firstColumn: 0, endColumn: 12 }, [0, 0]);
      await Promise.all(
        model.wells.filter(({ row }) => row === 1).map((well) => images.read(well)),
      );
      const keys = store.log().map(({ key }) => key);
      expect(keys).toEqual([]);
      dispose();
    },
  );

  it("P04, P05 finds the well, the field and the acquisition, or says what is not there", async () => {
    const url = store.url("plate-96-fields");
    const there = await openLinked(url, link({ well: "c5", field: 0, acquisition: 2 }));
    expect(there.plate?.well?.id).toBe("C/05");
    expect(there.plate?.images.template.field.path).toBe("C/05/2");
    expect(there.plate?.notices).toEqual([]);
    const gone = await openLinked(url, link({ well: "ZZ99", field: 9, acquisition: 7 }));
    expect(gone.plate?.well).toBeUndefined();
    expect(gone.plate?.notices).toEqual([
      "Well “ZZ99” is not on this plate; the nearest is H12.",
      "The link asks for acquisition 7; the plate has 0, 2.",
      "The link asks for field 10; there are 2, so field 2 is shown.",
    ]);
    there.dispose();
    gone.dispose();
  });

  it("N4-67, P08 finds the plate of a well and of a field, and above a stray /0", async () => {
    const url = store.url("plate-96-fields");
    for (const [address, well, choice] of [
      [`${url}/B/03`, "B/03", { acquisition: 0, field: 0 }],
      [`${url}/B/03/1`, "B/03", { acquisition: 0, field: 1 }],
      [`${url}/B/03/2`, "B/03", { acquisition: 2, field: 0 }],
      [`${url}/0`, undefined, { acquisition: 0, field: 0 }],
    ] as const) {
      const { plate, dispose } = await openLinked(address);
      expect(plate?.url, address).toBe(url);
      expect(plate?.well?.id, address).toBe(well);
      expect(plate?.images.choice, address).toEqual(choice);
      dispose();
    }
  });

  it("N4-67 takes a well whose plate is not there for a plate of one", async () => {
    const { columns, rows, ...rest } = coordinatePlates["plate-96-v3"];
    store.definePlate("lonely", { ...rest, rows, columns, wellAt: () => undefined });
    store.setScenario("no-plate", { key: "zarr.json", status: 404 });
    const url = `${store.url("lonely", { scenario: "no-plate" })}/B/03`;
    const { plate, dispose } = await openLinked(url);
    expect(plate?.model).toMatchObject({ rows: ["B"], columns: ["03"], wells: [{ id: "B/03" }] });
    expect(plate?.well?.id).toBe("B/03");
    dispose();
  });

  it("P03 places wells by index, whatever their order and names, and finds them by name", async () => {
    store.definePlate("named-oddly", {
      ...coordinatePlates["plate-96-v3"],
      rows: ["Aa", "AA", "AF", "1"],
      columns: ["01.a1", "2", "10"],
      wellAt: (row, column) => ((row + column) % 2 === 1 ? { kind: "empty" } : undefined),
      // The last first, and one without its place: that is where its path says.
      listedAs: (wells) =>
        wells.toReversed().map((well) => (well.path === "AF/10" ? { path: "AF/10" } : well)),
    });
    const url = store.url("named-oddly");
    const { plate, dispose } = await openLinked(url);
    const { model } = plate!;
    expect(model.wells.map(({ id, row, column }) => `${id} ${row} ${column}`)).toEqual([
      "Aa/01.a1 0 0",
      "Aa/10 0 2",
      "AA/2 1 1",
      "AF/01.a1 2 0",
      "AF/10 2 2",
      "1/2 3 1",
    ]);
    const { members } = plate!.images.in(
      { firstRow: 1, endRow: 3, firstColumn: 1, endColumn: 3 },
      [1, 1],
    );
    const shown = members.map((member) => plate!.images.imageOf(member)?.chosen.field.path);
    expect(new Set(shown)).toEqual(new Set(["AA/2/0", "AF/10/0"]));
    dispose();
    for (const [name, id] of [
      ["Aa01.a1", "Aa/01.a1"],
      ["AA2", "AA/2"],
      ["AF10", "AF/10"],
      ["1-2", "1/2"],
    ] as const) {
      const linked = await openLinked(url, link({ well: name }));
      expect(linked.plate?.well?.id, name).toBe(id);
      expect(linked.plate?.notices).toEqual([]);
      linked.dispose();
    }
  });

  it("P01 reads past wells that are missing or malformed, and marks them", async () => {
    const plain = coordinatePlates["plate-96-v3"];
    store.definePlate("bad-start", {
      ...plain,
      wellAt: (row, column) =>
        row === 0 && column < 3 ? { kind: column === 1 ? "malformed" : "missing" } : undefined,
    });
    const { plate, dispose } = await openLinked(store.url("bad-start"));
    expect(plate?.images.template.well.id).toBe("A/04");
    expect([...(plate?.images.marks ?? [])].map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
      "A/01 failed",
      "A/02 failed",
      "A/03 failed",
    ]);
    dispose();
  });

  it("says why, where no well can be read", async () => {
    const plain = coordinatePlates["plate-96-v3"];
    store.definePlate("all-missing", { ...plain, wellAt: () => ({ kind: "missing" }) });
    await expect(openLinked(store.url("all-missing"))).rejects.toThrow(
      "None of this plate's 96 wells can be read.",
    );
  });
});
