import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startStore, type TestStore } from "../../../e2e/store/test-store.ts";
import { MemoryStore } from "../../../src/zarr/store/memory-store.ts";
import { buildCli, type CliProgram } from "../testing/cli-program.ts";
import { fixtures } from "../testing/npy-cases.ts";
import { inspectSource } from "./inspect-source.ts";

const images = `${fixtures}/images`;

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cli: CliProgram;
let store: TestStore;
beforeAll(async () => {
  [cli, store] = await Promise.all([buildCli(), startStore({ origins: 1 })]);
  store.defineFolder("data", fixtures);
}, 60_000);
afterAll(() => Promise.all([cli?.remove(), store?.close()]));

/** The report as a program reads it, on disk and over HTTP: but for the source they are the same. */
async function reportOf(path: string) {
  const onDisk = `${fixtures}/${path}`;
  const overHttp = `${store.url("data")}/${path}`;
  const [disk, http] = await Promise.all([
    cli.run("inspect", "--json", onDisk),
    cli.run("inspect", "--json", overHttp),
  ]);
  expect([disk.stderr, http.stderr]).toEqual(["", ""]);
  expect(http.code).toBe(disk.code);
  const { source: diskSource, ...report } = JSON.parse(disk.stdout);
  const { source: httpSource, ...httpReport } = JSON.parse(http.stdout);
  expect([diskSource, httpSource]).toEqual([onDisk, overHttp]);
  expect(httpReport).toEqual(report);
  return { code: disk.code, report };
}

describe("zarrscope inspect, on disk and over HTTP", () => {
  it("a v2 image of OME-NGFF 0.4: axes, units, levels, channels", async () => {
    const { code, report } = await reportOf("images/tczyx-v04.zarr");
    expect(code).toBe(0);
    expect(report).toMatchObject({
      schema: 1,
      kind: "image",
      zarrFormat: 2,
      omeVersion: "0.4",
      name: "five dimensions",
      path: "",
      axes: [
        { name: "t", role: "t", unit: "second", size: 2 },
        { name: "c", role: "c", unit: null, size: 3 },
        { name: "z", role: "z", unit: "micrometer", size: 4 },
        { name: "y", role: "y", unit: "micrometer", size: 40 },
        { name: "x", role: "x", unit: "micrometer", size: 48 },
      ],
      channels: [
        { label: "DAPI", color: "0000FF", visible: true, window: { start: 100, end: 20000 } },
        { label: "GFP", color: "00FF00", visible: true },
        { label: "Brightfield", color: "FFFFFF", visible: false },
      ],
      problems: [],
      failure: null,
    });
    expect(report.levels).toMatchObject([
      {
        path: "s0",
        shape: [2, 3, 4, 40, 48],
        chunk: [1, 1, 2, 32, 32],
        shard: null,
        dataType: "uint16",
        storedAs: "little-endian, blosc (lz4 + shuffle)",
        bytes: 2 * 3 * 4 * 40 * 48 * 2,
        scale: [2, 1, 0.5, 0.1, 0.1],
        translation: [0, 0, 0, 0, 0],
      },
      { path: "s1", shape: [2, 3, 4, 20, 24], scale: [2, 1, 0.5, 0.2, 0.2] },
    ]);
  });

  it("a sharded v3 image of OME-NGFF 0.5, and its labels", async () => {
    const { code, report } = await reportOf("images/tcyx-sharded-v05.zarr");
    expect(code).toBe(0);
    expect(report).toMatchObject({ kind: "image", zarrFormat: 3, omeVersion: "0.5" });
    expect(report.levels[0]).toMatchObject({
      path: "s0",
      chunk: [1, 1, 16, 16],
      shard: [1, 1, 32, 32],
      codecs: [{ name: "sharding_indexed" }],
    });
    expect(report.members).toEqual([
      { kind: "labels", count: 1, items: [{ path: "labels/cells", name: null, summary: null }] },
    ]);
  });

  it("plain arrays: v2 without names, v3 with them", async () => {
    const v2 = await reportOf("images/plain-v2.zarr");
    expect(v2.report).toMatchObject({
      kind: "array",
      zarrFormat: 2,
      axes: [{ name: "dim0", size: 4 }, { name: "dim1" }, { name: "dim2" }],
      levels: [{ path: "", dataType: "int16", storedAs: "big-endian", scale: null }],
    });
    const v3 = await reportOf("images/plain-v3.zarr");
    expect(v3.report.kind).toBe("array");
    expect(v3.report.axes.map(({ name }: { name: string }) => name)).toEqual([
      "time",
      "channel",
      "lat",
      "lon",
    ]);
  });

  it("a plate, a well and the field that is shown of it", async () => {
    const plate = await reportOf("images/plate-v04.zarr");
    expect(plate.code).toBe(0);
    expect(plate.report).toMatchObject({
      kind: "plate",
      name: "two wells",
      members: [{ kind: "wells", count: 2, items: [{ path: "A/2" }, { path: "B/3" }] }],
      plate: { rows: ["A", "B"], columns: ["1", "2", "3"], fieldCount: 2, acquisitions: [] },
    });
    const well = await reportOf("images/plate-v04.zarr/B/3");
    expect(well.report).toMatchObject({ kind: "well", path: "0", failure: null });
    expect(well.report.levels[0].path).toBe("0/0");
  });

  it("a bioformats2raw collection lists its images in their stated order", async () => {
    const { report } = await reportOf("images/bf2raw-v04.zarr");
    expect(report).toMatchObject({
      kind: "bioformats2raw",
      path: "1",
      members: [{ kind: "images", count: 2, items: [{ path: "1" }, { path: "0" }] }],
    });
  });

  it("a v1 array", async () => {
    const { code, report } = await reportOf("elements/v1.zarr");
    expect(code).toBe(0);
    expect(report).toMatchObject({
      kind: "array",
      zarrFormat: 1,
      summary: "5 × 7, int32",
      levels: [{ chunk: [3, 4], storedAs: "big-endian, blosc (lz4 + shuffle)" }],
      problems: [],
    });
  });

  it("every broken rule, without failing where pixels are right", async () => {
    const { code, report } = await reportOf("images/cxyz-faults-v04.zarr");
    expect(code).toBe(0);
    const codes = report.problems.map(({ code }: { code: string }) => code).sort();
    expect(codes).toEqual(["N4-19", "N4-34", "N4-34", "N4-35", "N4-35", "N4-39"]);
  });
});

describe("zarrscope inspect, of what a group holds", () => {
  it("N6-09: the images of a scene, and its coordinate systems", async () => {
    const axes = ["y", "x"].map((name) => ({ name, type: "space" }));
    const edge = (path: string) => ({
      type: "identity",
      input: { path, name: "own" },
      output: { name: "world" },
    });
    const scene = {
      coordinateSystems: [{ name: "world", axes }],
      coordinateTransformations: [edge("tile_0"), edge("tile_1")],
    };
    const attributes = { ome: { version: "0.6", scene } };
    const group = { zarr_format: 3, node_type: "group", attributes };
    const bytes = new TextEncoder().encode(JSON.stringify(group));
    const memory = new MemoryStore("scene", new Map([["zarr.json", bytes]]));
    const source = { store: memory, shown: "scene", rootName: "scene", rootUrl: undefined };
    expect(await inspectSource(source)).toMatchObject({
      kind: "scene",
      omeVersion: "0.6",
      systems: ["world"],
      members: [{ kind: "images", count: 2, items: [{ path: "tile_0" }, { path: "tile_1" }] }],
      failure: null,
    });
  });

  it("arrays of a plain group on disk; over HTTP those of consolidated metadata", async () => {
    const array = { zarr_format: 3, node_type: "array", shape: [365, 9], data_type: "float32" };
    const grid = { name: "regular", configuration: { chunk_shape: [5, 9] } };
    const chunks = { chunk_grid: grid, chunk_key_encoding: { name: "default" }, fill_value: 0 };
    const codecs = [{ name: "bytes", configuration: { endian: "little" } }];
    const group = { zarr_format: 3, node_type: "group", attributes: {} };
    const metadata = { "a/tas": { ...array, ...chunks, codecs }, a: group };
    store.defineFiles("consolidated", {
      "zarr.json": {
        ...group,
        consolidated_metadata: { kind: "inline", must_understand: false, metadata },
      },
    });
    const [disk, http] = await Promise.all([
      cli.run("inspect", "--json", `${fixtures}/elements/v3.zarr`),
      cli.run("inspect", "--json", store.url("consolidated")),
    ]);
    expect([disk.code, http.code]).toEqual([0, 0]);
    const onDisk = JSON.parse(disk.stdout);
    expect(onDisk).toMatchObject({ kind: "group", levels: [], failure: null });
    expect(onDisk.members).toEqual([
      {
        kind: "arrays",
        count: 4,
        items: ["bool", "complex64", "float16", "uint64"].map((path) => {
          return { path, name: null, summary: `5 × 7, ${path}` };
        }),
      },
    ]);
    expect(JSON.parse(http.stdout).members).toEqual([
      { kind: "groups", count: 1, items: [{ path: "a", name: null, summary: null }] },
      {
        kind: "arrays",
        count: 1,
        items: [{ path: "a/tas", name: null, summary: "365 × 9, float32" }],
      },
    ]);
  });
});

describe("zarrscope inspect, for people", () => {
  it("says it in lines, and the problems in the words of the page", async () => {
    const { code, stdout } = await cli.run("inspect", `${images}/cxyz-faults-v04.zarr`);
    expect(code).toBe(0);
    expect(stdout).toContain("image · OME-NGFF 0.4 · Zarr v2\n");
    expect(stdout).toMatch(/^ {2}x {2}24 {4}nm$/m);
    expect(stdout).toContain("Problems (6)\n");
    expect(stdout).toContain(
      "  Warning N4-34  .zattrs#/omero/channels/0/color\n    A channel's colour is six hexadecimal digits.\n" +
        '    Expected six hex digits; found "#f80"\n',
    );
  });
});
