import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { nodePath } from "../store/node-path.ts";
import { StoreError } from "../store/store-error.ts";
import type { ImageNode } from "./node-reader.ts";
import { OpenFailureError, openFailureOf } from "./open-failure.ts";
import { openImage } from "./open-image.ts";
import {
  array,
  type FakeNode,
  group,
  imageOf,
  inNamespace,
  readerOf,
  twoLevels,
} from "./testing/fake-nodes.ts";

const axes04 = ["y", "x"].map((name) => ({ name, type: "space" }));

async function open(nodes: Record<string, FakeNode>, path = "") {
  const { reader, asked, askedInFull } = readerOf(nodes);
  const opened = await openImage(reader, nodePath(path), { rootName: "my.zarr" });
  const codes = [...new Set(opened.image.problems.map((problem) => problem.code))];
  return { ...opened, asked, askedInFull, codes };
}

describe("an image", () => {
  test("opens with its levels from finest to coarsest, placed in the world", async () => {
    const { image, path, codes } = await open(
      {
        a: group(twoLevels),
        "a/0": array([64, 96]),
        "a/1": array([32, 48]),
      },
      "a",
    );
    expect(path).toBe("a");
    expect(codes).toEqual([]);
    expect(image).toMatchObject({
      name: "a",
      format: "OME-NGFF 0.4",
      dataType: "uint16",
      axes: { xDim: 1, yDim: 0, cDim: undefined },
      levels: [
        { path: "0", shape: [64, 96], worldFromIndex: { scale: [0.5, 0.5], translation: [0, 0] } },
        {
          path: "1",
          shape: [32, 48],
          worldFromIndex: { scale: [1, 1], translation: [0.25, 0.25] },
        },
      ],
      channels: [{ index: 0, label: "Channel 1", color: "FFFFFF", visible: true }],
      defaultSelection: {},
    });
    expect(image.axes.axes).toMatchObject([
      { name: "y", role: "y", dim: 0, size: 64, unit: "micrometer" },
      { name: "x", role: "x", dim: 1, size: 96, unit: "micrometer" },
    ]);
  });

  test.each<[string, JsonObject, string[]]>([
    ["N1-02: of 0.1 has no other names", { version: "0.1" }, ["0"]],
    ["N3-02: of 0.3 has to repeat the axes", { version: "0.3", axes: ["y", "x"] }, ["0"]],
    ["of 0.4 says nothing new", { version: "0.4", axes: axes04 }, []],
  ])("the attributes of an array %s, and are asked for once at most", async (_, stated, arrays) => {
    const datasets = [{ path: "0" }, { path: "1" }];
    const { asked, askedInFull } = await open({
      "": group({ multiscales: [{ ...stated, datasets }] }),
      "0": array([8, 8]),
      "1": array([4, 4]),
    });
    expect(asked).toEqual(expect.arrayContaining(["", "0", "1"]));
    expect(askedInFull.filter((path) => path !== "")).toEqual(arrays);
  });

  test("N4-20: without a name it is called by its path, at the root by the source's name", async () => {
    const nodes = { "": group(twoLevels), "0": array([8, 8]), "1": array([4, 4]) };
    expect((await open(nodes)).image.name).toBe("my.zarr");
  });

  test("N1-04: levels in the wrong order are sorted by shape", async () => {
    const { image, codes } = await open({
      "": group(twoLevels),
      "0": array([32, 32]),
      "1": array([64, 64]),
    });
    expect(image.levels.map((level) => level.path)).toEqual(["1", "0"]);
    expect(codes).toContain("N1-04");
  });

  test("N4-19: missing levels are left out, the others keep their places", async () => {
    const { image, codes } = await open({ "": group(twoLevels), "1": array([32, 32]) });
    expect(image.levels).toMatchObject([
      { path: "1", worldFromIndex: { scale: [1, 1], translation: [0.25, 0.25] } },
    ]);
    expect(codes).toEqual(["N4-19"]);
  });

  test("N4-19: paths with ./ and / in front, and nested ones", async () => {
    const { image } = await open(
      {
        a: group(imageOf("./0", "/1", "s 2/image")),
        "a/0": array([64, 64]),
        "a/1": array([32, 32]),
        "a/s 2/image": array([16, 16]),
      },
      "a",
    );
    expect(image.levels.map((level) => level.array.path)).toEqual(["a/0", "a/1", "a/s 2/image"]);
  });

  test.each(["../secret", "//evil.example/x", "https://evil.example/x", "a/../../b"])(
    "a level at %j is never asked for",
    async (path) => {
      const { image, asked, codes } = await open(
        {
          a: group(imageOf("0", path)),
          "a/0": array([64, 64]),
        },
        "a",
      );
      expect(image.levels).toHaveLength(1);
      expect(codes).toEqual(["ZS-PATH"]);
      expect(asked.every((key) => key === "a" || key.startsWith("a/"))).toBe(true);
    },
  );

  test("a level that cannot be read or decoded does not take down the others", async () => {
    const denied = new StoreError("denied", "403", { url: "https://a.example/0", status: 403 });
    const first = await open({ "": group(twoLevels), "0": denied, "1": array([4, 4]) });
    expect(first.image.levels).toHaveLength(1);
    expect(first.codes).toEqual(["ZS-DENIED"]);
    const jpeg = array([8, 8], { codec: "imagecodecs_jpegxr" });
    const second = await open({ "": group(twoLevels), "0": jpeg, "1": array([4, 4]) });
    expect(second.codes).toEqual(["ZS-CODEC"]);
  });

  test("N4-22: axes that do not fit the array give way to its dimensions", async () => {
    const { image, codes } = await open({
      "": group(twoLevels),
      "0": array([3, 8, 8]),
      "1": array([3, 4, 4]),
    });
    expect(image.axes.axes.map((axis) => `${axis.name}:${axis.role}`)).toEqual([
      "z:z",
      "y:y",
      "x:x",
    ]);
    expect(codes).toContain("N4-22");
    expect(image.levels[0]?.worldFromIndex.scale).toEqual([1, 0.5, 0.5]);
  });

  test("N4-22: a level of another dimensionality is left out", async () => {
    const { image, codes } = await open({
      "": group(twoLevels),
      "0": array([8, 8]),
      "1": array([1, 4, 4]),
    });
    expect(image.levels.map((level) => level.path)).toEqual(["0"]);
    expect(codes).toContain("N4-22");
  });

  test("N5-03: dimension_names that contradict the axes lose, with a warning", async () => {
    const nodes = (names?: (string | null)[]) => {
      const level = array([8, 8], names ? { names } : {});
      if (level.kind !== "array") throw new Error("no array");
      const v3: ImageNode = { ...level, metadata: { ...level.metadata, zarrFormat: 3 } };
      return { "": group(inNamespace(imageOf("0")), 3), "0": v3 };
    };
    expect((await open(nodes(["y", "x"]))).codes).toEqual([]);
    expect((await open(nodes(["x", "y"]))).codes).toEqual(["N5-03"]);
    const { codes, image } = await open(nodes());
    expect(codes).toEqual(["N5-03"]);
    expect(image.format).toBe("OME-NGFF 0.5");
  });

  test("N5-08: keys in the other version's place are read, with a warning", async () => {
    const v3 = await open({ "": group(imageOf("0"), 3), "0": array([8, 8]) });
    expect(v3.codes).toEqual(["N5-08"]);
    const v2 = await open({ "": group(inNamespace(imageOf("0")), 2), "0": array([8, 8]) });
    expect(v2.codes).toEqual(["N5-08"]);
  });

  test("N1-05: 0.3 opens by the shapes of its levels, without a warning", async () => {
    const multiscale = {
      version: "0.3",
      axes: ["y", "x"],
      datasets: [{ path: "0" }, { path: "1" }],
    };
    const { image, codes } = await open({
      "": group({ multiscales: [multiscale] }),
      "0": array([90, 90]),
      "1": array([30, 30]),
    });
    expect(codes).toEqual([]);
    expect(image.levels[1]?.worldFromIndex).toEqual({ scale: [3, 3], translation: [1, 1] });
  });
});

describe("what leads to an image", () => {
  const nodes = {
    "0": group(imageOf("0")),
    "0/0": array([8, 8]),
    "5": group(imageOf("0")),
    "5/0": array([9, 9]),
  };

  test("N4-72, N4-73: bioformats2raw opens the first of its series and says so", async () => {
    const root = group({ "bioformats2raw.layout": 3 });
    const listed = await open({ ...nodes, "": root, OME: group({ series: ["5", "0"] }) });
    expect(listed.path).toBe("5");
    expect(listed.codes).toEqual(["N4-73"]);
    expect(listed.image.problems[0]?.received).toBe("a collection of 2 images");
    expect((await open({ ...nodes, "": root })).path).toBe("0");
  });

  test("N4-72: a group that is marked as a collection but is an image itself opens as that", async () => {
    const marked = { ...imageOf("0"), "bioformats2raw.layout": 3 };
    const { path, image } = await open({ a: group(marked), "a/0": array([8, 8]) }, "a");
    expect(path).toBe("a");
    expect(image.format).toBe("OME-NGFF 0.4");
    expect((await open({ ...nodes, "": group(marked) })).path).toBe("0");
  });

  test("N4-67: a well opens its first field", async () => {
    const well = group({ well: { version: "0.4", images: [{ path: "5" }, { path: "0" }] } });
    const { path, codes } = await open({ ...nodes, "": well });
    expect(path).toBe("5");
    expect(codes).toEqual(["N4-67"]);
  });

  test("N4-76: a bare group opens the image 0 in it", async () => {
    const { path, codes } = await open({ ...nodes, "": group({ foreign: 1 }) });
    expect(path).toBe("0");
    expect(codes).toEqual(["N4-76"]);
  });

  test("a plain array opens with its last two dimensions shown", async () => {
    const { image } = await open({ "": array([3, 5, 8, 9], { names: ["c", null, "lat", "lon"] }) });
    expect(image).toMatchObject({
      name: "my.zarr",
      format: "Zarr v2 array",
      axes: { cDim: 0, yDim: 2, xDim: 3 },
      defaultSelection: { dim_1: 0 },
      levels: [{ shape: [3, 5, 8, 9], worldFromIndex: { scale: [1, 1, 1, 1] } }],
    });
    expect(image.channels).toHaveLength(3);
  });
});

test("any attributes end in an image or a failure with words, and only keys below the root are asked for", async () => {
  const keys = [
    "multiscales",
    "omero",
    "plate",
    "well",
    "labels",
    "series",
    "ome",
    "bioformats2raw.layout",
  ];
  const path = fc.oneof(fc.constantFrom("0", "1", "../x", "//h", ".", "a:b"), fc.string());
  const value = fc.oneof(
    fc.jsonValue() as fc.Arbitrary<JsonValue>,
    fc.record({ images: fc.array(fc.record({ path })) }),
    fc.array(fc.record({ datasets: fc.array(fc.record({ path })), axes: fc.jsonValue() })),
  ) as fc.Arbitrary<JsonValue>;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value), async (attributes) => {
      const { reader, asked } = readerOf({
        "": group(attributes),
        "0": array([3, 64, 64]),
        "1": group(imageOf("a")),
        "1/a": array([8, 8]),
      });
      const outcome = await openImage(reader).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(OpenFailureError);
        expect(openFailureOf(outcome).code).not.toBe("ZS-UNEXPECTED");
      }
      for (const key of asked) expect(nodePath(key)).toBe(key);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
