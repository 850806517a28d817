import { describe, expect, test } from "vitest";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { openImage } from "../image/open-image.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { StoreError } from "../store/store-error.ts";
import { type Documents, readEverything, storeOf } from "./testing/read-everything.ts";
import {
  array3,
  group3,
  multiscale,
  validDocuments,
  zarray,
  zgroup,
} from "./testing/valid-documents.ts";

const image = validDocuments["0.4"]!;
const scaleBy = (...scale: JsonValue[]): JsonObject => ({ type: "scale", scale });
const levels = (...scales: JsonValue[][]) =>
  scales.map((scale, k) => ({ path: String(k), coordinateTransformations: [scaleBy(...scale)] }));
const withMultiscale = (change: JsonObject, more: Documents = {}): Documents => ({
  ...image,
  ".zattrs": { multiscales: [multiscale({ version: "0.4", ...change })] },
  ...more,
});

/** The one failure, and that it has words of its own. */
async function refusal(documents: Documents) {
  const { images, failures } = await readEverything(documents);
  expect(images).toEqual([]);
  expect(failures).toHaveLength(1);
  const [failure] = failures;
  expect(failure?.code).not.toBe("ZS-UNEXPECTED");
  return failure!;
}

describe("M01 what is no JSON", () => {
  test.each([
    ["a trailing comma", '{"zarr_format": 2,\n "shape": [1],}', /line 2, column 15/],
    ["the start of a document", '{"zarr_format"', /line 1, column 15/],
    ["a web page", "<html>", /line 1, column 1/],
    ["UTF-16", "{\u0000}\u0000", /line 1, column 2/],
  ])("%s is refused, and the message says where", async (_name, text, where) => {
    const { code, detail } = await refusal({ ".zarray": text });
    expect(code).toBe("ZS-NOTZARR");
    expect(detail).toMatch(where);
    expect(detail).toContain(".zarray");
  });

  test("a byte order mark and Python's NaN open, with a note", async () => {
    const text = `\uFEFF${JSON.stringify(zarray([64, 96], { dtype: "<f4" })).replace('"fill_value":0', '"fill_value":NaN')}`;
    expect(text).toContain("NaN");
    const { images, problems } = await readEverything({ ".zarray": text });
    expect(images[0]?.levels[0]?.array.fillValue).toBeNaN();
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["Z2-10", "info"]]);
  });
});

describe("M02 consolidated metadata", () => {
  test("beyond the limit they are passed over, and each node is asked for", async () => {
    const { store, keys } = storeOf(validDocuments["0.4 consolidated"]!);
    const get: typeof store.get = async (path, options) => {
      const found = await store.get(path, options);
      const isLarge = path === ".zmetadata";
      if (!isLarge) return found;
      // 60 MB are read; the limit stands in the request.
      expect(options?.maxBytes).toBeGreaterThan(60e6);
      throw new StoreError("too-large", "too large", { url: "memory:.zmetadata" });
    };
    const { image } = await openImage(openHierarchy({ ...store, get }));
    expect(image.levels).toHaveLength(2);
    expect(keys).toContain("0/.zarray");
  });
});

describe("M03 deep nesting", () => {
  const deep = (open: string, close: string, count: number) =>
    `${open.repeat(count)}1${close.repeat(count)}`;

  test.each([
    ["lists", deep("[", "]", 10_000)],
    ["objects", deep('{"a":', "}", 10_000)],
    ["a document that never closes", "[".repeat(2_000_000)],
  ])("%s: refused at once, no stack is exhausted", async (_name, text) => {
    const started = performance.now();
    const { code, detail } = await refusal({ ".zarray": text });
    expect(code).toBe("ZS-NOTZARR");
    expect(detail).toContain("levels of nesting");
    // The case says 200 ms; a busy machine has ten times as long.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("a transformation of 200 sequences in each other takes nothing else down", async () => {
    let nested: JsonObject = scaleBy(1, 1);
    for (let k = 0; k < 200; k++) nested = { type: "sequence", transformations: [nested] };
    const documents = structuredClone(validDocuments["0.6"]!) as Record<string, JsonValue>;
    const root = JSON.stringify(documents["zarr.json"]).replace(
      JSON.stringify(scaleBy(0.5, 0.5)).slice(1, -1),
      JSON.stringify(nested).slice(1, -1),
    );
    expect(root).toContain("sequence");
    const { failures } = await readEverything({ ...documents, "zarr.json": root });
    for (const { code } of failures) expect(code).not.toBe("ZS-UNEXPECTED");
  });
});

describe("M04 keys of prototypes", () => {
  // Zarr v3 arrays take unknown keys only if they say that they need not be understood.
  const poison =
    '{"__proto__": {"polluted": true, "must_understand": false}, "constructor": {"prototype": {"polluted": true}, "must_understand": false}}';
  /** The poison beside every key of every object of a document. */
  const poisoned = (value: JsonValue): string => {
    if (Array.isArray(value)) return `[${value.map(poisoned).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${poisoned(item)}`,
    );
    return `{${[...members, poison.slice(1, -1)].join(",")}}`;
  };

  test.each(Object.entries(validDocuments))(
    "%s: they pollute nothing, and change nothing",
    async (_name, documents) => {
      const before = Object.getOwnPropertyNames(Object.prototype).sort();
      const bad = Object.fromEntries(
        Object.entries(documents).map(([key, value]) => [key, poisoned(value)]),
      );
      const { images, labels } = await readEverything(bad);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
      const clean = await readEverything(documents);
      expect([images.length, labels.length]).toEqual([clean.images.length, clean.labels.length]);
      expect(images[0]?.levels.map(({ shape, worldFromIndex }) => [shape, worldFromIndex])).toEqual(
        clean.images[0]?.levels.map(({ shape, worldFromIndex }) => [shape, worldFromIndex]),
      );
    },
  );

  test("nodes, labels, wells and axes that are called so are looked for like any other", async () => {
    const datasets = [{ path: "constructor", coordinateTransformations: [scaleBy(1, 1)] }];
    const axes = [
      { name: "__proto__", type: "space" },
      { name: "toString", type: "space" },
    ];
    const { images, keys } = await readEverything({
      ".zgroup": zgroup,
      ".zattrs": { multiscales: [{ version: "0.4", axes, datasets }] },
      "constructor/.zarray": zarray(),
      "labels/.zgroup": zgroup,
      "labels/.zattrs": { labels: ["__proto__"] },
    });
    expect(images).toHaveLength(1);
    expect(keys).toContain("labels/__proto__/.zgroup");
    const row = [{ name: "constructor" }];
    const wells = [{ path: "constructor/__proto__", rowIndex: 0, columnIndex: 0 }];
    const { plate } = await readEverything({
      ".zgroup": zgroup,
      ".zattrs": { plate: { rows: row, columns: [{ name: "__proto__" }], wells } },
    });
    expect(plate?.wells.map(({ id }) => id)).toEqual(["constructor/__proto__"]);
  });
});

describe("M09 what leads back to itself ends", () => {
  const most = 60;

  test("labels that list their image, themselves, and labels of labels of labels", async () => {
    const documents: Record<string, JsonValue> = { ...image };
    let base = "";
    for (let depth = 0; depth < 12; depth++) {
      documents[`${base}labels/.zgroup`] = zgroup;
      documents[`${base}labels/.zattrs`] = { labels: [".", "..", "../..", "", "a", "a/labels/a"] };
      for (const [key, value] of Object.entries(image)) documents[`${base}labels/a/${key}`] = value;
      base += "labels/a/";
    }
    const { labels, keys, failures } = await readEverything(documents);
    expect(labels.length).toBeLessThanOrEqual(2);
    expect(keys.length).toBeLessThan(most);
    for (const { code } of failures) expect(code).not.toBe("ZS-UNEXPECTED");
  });

  test("a multiscale whose level is the image itself", async () => {
    for (const path of [".", "", "..", "./", "a/..", "/"]) {
      const { code } = await refusal(
        withMultiscale({ datasets: [{ path, coordinateTransformations: [scaleBy(1, 1)] }] }),
      );
      expect(["ZS-NOLEVELS", "ZS-PATH", "ZS-METADATA"]).toContain(code);
    }
  });

  test("a well in a plate in a well in a plate", async () => {
    const plate = {
      rows: [{ name: "A" }],
      columns: [{ name: "1" }],
      wells: [{ path: "A/1", rowIndex: 0, columnIndex: 0 }],
    };
    const documents: Record<string, JsonValue> = { ".zgroup": zgroup, ".zattrs": { plate } };
    let base = "";
    for (let depth = 0; depth < 10; depth++) {
      documents[`${base}A/1/.zgroup`] = zgroup;
      documents[`${base}A/1/.zattrs`] = { well: { images: [{ path: "0" }] } };
      documents[`${base}A/1/0/.zgroup`] = zgroup;
      documents[`${base}A/1/0/.zattrs`] = { plate };
      base += "A/1/0/";
    }
    const { images, failures, keys } = await readEverything(documents);
    expect(images).toEqual([]);
    expect(failures.map(({ code }) => code)).toEqual(["ZS-NOIMAGE"]);
    expect(keys.length).toBeLessThan(most);
  });

  test("wells whose fields are wells, collections whose images are collections", async () => {
    const wells: Record<string, JsonValue> = {};
    const collections: Record<string, JsonValue> = {};
    for (let depth = 0; depth < 20; depth++) {
      const base = "0/".repeat(depth);
      wells[`${base}.zgroup`] = zgroup;
      wells[`${base}.zattrs`] = { well: { images: [{ path: "0" }] } };
      collections[`${base}.zgroup`] = zgroup;
      collections[`${base}.zattrs`] = { "bioformats2raw.layout": 3 };
    }
    for (const documents of [wells, collections]) {
      const { images, failures, keys } = await readEverything(documents);
      expect(images).toEqual([]);
      for (const { code } of failures) expect(code).toBe("ZS-NOIMAGE");
      expect(keys.length).toBeLessThan(most);
    }
  });

  test("RFC-8 collections in a ring", async () => {
    const to = (path: string) =>
      group3({
        ome: {
          version: "0.x",
          type: "collection",
          nodes: [{ type: "collection", name: "next", path }],
        },
      });
    const { keys, images } = await readEverything({
      "zarr.json": to("a"),
      "a/zarr.json": to("b"),
      "a/b/zarr.json": to("../../a"),
    });
    expect(images).toEqual([]);
    expect(keys.length).toBeLessThan(most);
  });

  test("a scene that places itself", async () => {
    const scene = {
      coordinateSystems: [
        {
          name: "world",
          axes: [
            { name: "y", type: "space" },
            { name: "x", type: "space" },
          ],
        },
      ],
      coordinateTransformations: [".", "", "a"].map((path) => ({
        type: "identity",
        input: { path, name: "world" },
        output: { name: "world" },
      })),
    };
    const { keys, failures } = await readEverything({
      "zarr.json": group3({ ome: { version: "0.6", scene } }),
      "a/zarr.json": group3({ ome: { version: "0.6", scene } }),
    });
    for (const { code } of failures) expect(code).not.toBe("ZS-UNEXPECTED");
    expect(failures.length).toBeGreaterThan(0);
    expect(keys.length).toBeLessThan(most);
  });
});

describe("M10 shapes that no array has", () => {
  const bad: readonly (readonly [string, JsonObject])[] = [
    ["negative", { shape: [-64, 96] }],
    ["empty", { shape: [0, 96] }],
    ["fractional", { shape: [4.5, 4] }],
    ["text", { shape: ["4", 4] }],
    ["beyond 2^53", { shape: [2 ** 60, 4] }],
    [
      "of 10^5 dimensions",
      { shape: new Array<number>(1e5).fill(1), chunks: new Array<number>(1e5).fill(1) },
    ],
    ["no list", { shape: { 0: 64, 1: 96, length: 2 } }],
    ["null", { shape: null }],
    ["a chunk of 0", { chunks: [0, 32] }],
    ["a negative chunk", { chunks: [-1, 32] }],
    ["a fractional chunk", { chunks: [0.5, 32] }],
    ["chunks of another rank", { chunks: [32] }],
    ["chunks of text", { chunks: "32,32" }],
  ];
  test.each(bad)("%s: refused in words, nothing is allocated", async (_name, change) => {
    const v2 = await refusal({ ".zarray": zarray([64, 96], change) });
    expect(v2.title.length + v2.detail.length).toBeLessThan(600);
    const { chunks, ...rest } = change;
    const grid =
      chunks === undefined
        ? {}
        : { chunk_grid: { name: "regular", configuration: { chunk_shape: chunks } } };
    const v3 = await refusal({ "zarr.json": array3([64, 96], { ...rest, ...grid }) });
    expect(["ZS-METADATA", "ZS-NOIMAGE"]).toContain(v3.code);
  });

  test("a trillion pixels a side is only large", async () => {
    const { images, failures } = await readEverything({
      ".zarray": zarray([1e12, 1e12], { chunks: [512, 512] }),
    });
    expect(failures).toEqual([]);
    expect(images[0]?.levels[0]?.shape).toEqual([1e12, 1e12]);
  });

  test.each([
    ["missing", null],
    ["of another number", [{ name: "x", type: "space" }]],
    [
      "twice the same",
      [
        { name: "x", type: "space" },
        { name: "x", type: "space" },
      ],
    ],
    ["no objects", [1, "x", null]],
    ["a million", new Array<JsonValue>(1e6).fill({ name: "x" })],
  ])("axes that are %s: a problem, and the array's own dimensions", async (_name, axes) => {
    const { images, failures, problems } = await readEverything(withMultiscale({ axes }));
    expect(failures).toEqual([]);
    expect(images[0]?.axes.axes).toHaveLength(2);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(500);
  });
});

test("M05 a data type or a codec whose name is 100 000 letters is named in a sentence that ends (found by metadata-fuzz)", async () => {
  const name = "x".repeat(100_000);
  for (const change of [{ dtype: name }, { compressor: { id: name } }, { order: name }]) {
    const { title, detail } = await refusal({ ".zarray": zarray([64, 96], change) });
    expect(title.length).toBeLessThanOrEqual(400);
    expect(detail.length).toBeLessThanOrEqual(4_000);
  }
});

describe("M11 a chunk that is too large", () => {
  test("20 GB: says how large it is, and how to write the data again", async () => {
    const shape = [1, 100_000, 100_000];
    const change = { shape, chunks: shape };
    const failure = await refusal({ ".zarray": zarray(shape, change) });
    expect(failure.code).toBe("ZS-CHUNKSIZE");
    expect(failure.title).toContain("20 GB");
    expect(failure.action).toContain("rechunk");
    expect(failure.fix?.text).toContain(".rechunk((1, 1024, 1024))");
  });

  test("of a level: the other levels are shown, and the problem says which one is not", async () => {
    const big = zarray([200_000, 200_000], { chunks: [200_000, 200_000] });
    const { images, failures, problems } = await readEverything(
      withMultiscale({}, { "0/.zarray": big }),
    );
    expect(failures).toEqual([]);
    expect(images[0]?.levels.map(({ path }) => path)).toEqual(["1"]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: "ZS-CHUNKSIZE", received: expect.stringContaining("80 GB") }),
    );
  });

  test("the path of a level reaches the Python line only as a string's contents", async () => {
    const name = 'a"); import os; os.system("x';
    const shape = [100_000, 100_000];
    const datasets = [{ path: name, coordinateTransformations: [scaleBy(1, 1)] }];
    const { fix } = await refusal({
      ".zgroup": zgroup,
      ".zattrs": { multiscales: [multiscale({ version: "0.4", datasets })] },
      [`${name}/.zarray`]: zarray(shape, { chunks: shape }),
    });
    expect(fix?.text).toContain(JSON.stringify(name));
  });
});

describe("M12 geometry that makes no sense", () => {
  test.each([
    ["0", [0, 0]],
    ["negative", [-1, -0.5]],
    ["NaN", ["NaN", null]],
    ["1e300", [1e300, 1e300]],
    ["1e-320", [1e-320, 1e-320]],
    ["text", ["0.5", "0.5"]],
    ["of another length", [1, 1, 1, 1]],
  ])(
    "a scale that is %s: every level stands at finite places, no two pixels at one",
    async (_name, scale) => {
      const { images, failures, problems } = await readEverything(
        withMultiscale({
          datasets: levels(
            scale,
            scale.map((part) => (typeof part === "number" ? part * 2 : part)),
          ),
        }),
      );
      expect(failures).toEqual([]);
      expect(images).toHaveLength(1);
      for (const { worldFromIndex } of images[0]!.levels) {
        for (const part of [...worldFromIndex.scale, ...worldFromIndex.translation]) {
          expect(Number.isFinite(part)).toBe(true);
        }
        for (const part of worldFromIndex.scale) expect(part).not.toBe(0);
      }
      if (_name !== "1e300" && _name !== "1e-320") expect(problems.length).toBeGreaterThan(0);
    },
  );

  test("levels that do not decrease, that are anisotropic, of another type, of a downsampled z", async () => {
    const axes = ["z", "y", "x"].map((name) => ({ name, type: "space" }));
    const documents = {
      ".zgroup": zgroup,
      ".zattrs": {
        multiscales: [
          multiscale({
            version: "0.4",
            axes,
            datasets: levels([2, 1, 1], [6, 3, 1], [2, 1, 1], [8, 5, 5]),
          }),
        ],
      },
      "0/.zarray": zarray([9, 90, 96], { chunks: [1, 32, 32] }),
      "1/.zarray": zarray([3, 30, 96], { chunks: [1, 32, 32] }),
      "2/.zarray": zarray([9, 90, 96], { chunks: [1, 32, 32] }),
      "3/.zarray": zarray([2, 18, 19], { chunks: [1, 32, 32], dtype: "<f4" }),
    };
    const { images, failures, problems } = await readEverything(documents);
    expect(failures).toEqual([]);
    expect(images[0]?.levels.length).toBeGreaterThanOrEqual(2);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe("M13 rendering settings that contradict the array", () => {
  const axes = ["c", "y", "x"].map((name) => ({
    name,
    type: name === "c" ? "channel" : "space",
  }));
  const withChannels = (channels: JsonValue): Documents => ({
    ".zgroup": zgroup,
    ".zattrs": {
      multiscales: [multiscale({ version: "0.4", axes, datasets: levels([1, 1, 1]) })],
      omero: { channels },
    },
    "0/.zarray": zarray([3, 64, 96], { chunks: [1, 32, 32] }),
  });
  const window = (start: JsonValue, end: JsonValue) => ({
    active: true,
    color: "00FF00",
    window: { start, end, min: 0, max: 65535 },
  });

  test.each([
    ["too few", [window(1, 9)]],
    ["too many", new Array<JsonValue>(40).fill(window(1, 9))],
    ["none", null],
    ["no objects", [1, "red", null]],
    ["windows upside down", [window(9, 1), window(5, 5), window(1, 9)]],
    ["windows that are no numbers", [window("1", "9"), window(null, 9), window([], {})]],
  ])(
    "%s: one setting for each channel of the array, and a line in the problems list",
    async (_name, channels) => {
      const { images, failures, problems } = await readEverything(withChannels(channels));
      expect(failures).toEqual([]);
      expect(images[0]?.channels.map(({ index }) => index)).toEqual([0, 1, 2]);
      for (const { window: limits, color } of images[0]!.channels) {
        expect(color).toMatch(/^[0-9A-F]{6}$/);
        if (limits) expect(limits.start).toBeLessThan(limits.end);
      }
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});
