import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { nodePath, rootPath } from "../store/node-path.ts";
import { findCollection } from "./find-collection.ts";
import type { CollectionMember } from "./image-collection.ts";
import { findNumberedImages } from "./numbered-images.ts";
import { openFailureOf } from "./open-failure.ts";
import { openImage, openMember } from "./open-image.ts";
import { rfc8Document } from "./rfc8-collection.ts";
import { array, type FakeNode, group, image, imageOf, readerOf } from "./testing/fake-nodes.ts";

function placeText({ place }: CollectionMember): string {
  switch (place.kind) {
    case "node":
      return place.entry === 0 ? place.path : `${place.path}#${place.entry}`;
    case "inline":
      return `inline at "${place.base}"`;
    case "refused":
      return `refused: ${place.named}`;
  }
}

async function collectionOf(nodes: Record<string, FakeNode>, rootUrl?: string) {
  const { reader, asked } = readerOf(nodes);
  const found = await findCollection(reader, rootPath, rootUrl);
  return { reader, asked, found, places: found?.members.map(placeText) };
}

const openNames = async (nodes: Record<string, FakeNode>, index: number) => {
  const { reader, found } = await collectionOf(nodes);
  return openMember(reader, found!, index, { rootName: "root" });
};

/** A store of JSON documents, with a reader that has all that a real one has. */
function hierarchyOf(documents: Record<string, JsonValue>) {
  const encode = (value: JsonValue) => new TextEncoder().encode(JSON.stringify(value));
  const entries = Object.entries(documents).map(([key, value]) => [key, encode(value)] as const);
  return openHierarchy(new MemoryStore("memory", new Map(entries)));
}

const v3Group = (attributes: JsonObject, more: JsonObject = {}): JsonObject => ({
  zarr_format: 3,
  node_type: "group",
  attributes,
  ...more,
});

describe("bioformats2raw", () => {
  const nodes = {
    "": group({ "bioformats2raw.layout": 3 }),
    "0": group(imageOf("0")),
    "0/0": array([8, 8]),
    "A/1/0": group(imageOf("0")),
    "A/1/0/0": array([9, 9]),
  };

  it("N4-72 N4-75 N5-04: the images are those of OME's series, in its order, nested ones too", async () => {
    const OME = group({ series: ["A/1/0", "0"] });
    const { found, places } = await collectionOf({ ...nodes, OME });
    expect(places).toEqual(["A/1/0", "0"]);
    expect(found).toMatchObject({ kind: "bioformats2raw", isOpenEnded: false, problems: [] });
    const namespaced = group({ ome: { version: "0.5", series: ["0", "A/1/0"] } }, 3);
    expect((await collectionOf({ ...nodes, OME: namespaced })).places).toEqual(["0", "A/1/0"]);
  });

  it("N4-70: another layout than 3 is read alike, with a warning", async () => {
    const { found } = await collectionOf({ ...nodes, "": group({ "bioformats2raw.layout": "2" }) });
    expect(found?.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ["N4-70", "warning"],
    ]);
  });

  it("N4-71: a plate beside it wins", async () => {
    const plate = { plate: { wells: [{ path: "A/1" }] }, "bioformats2raw.layout": 3 };
    expect((await collectionOf({ ...nodes, "": group(plate) })).found).toBeUndefined();
  });

  it("N4-72: without a list the numbers are walked along to the first that is missing", async () => {
    const numbered = Object.fromEntries(
      Array.from({ length: 7 }, (_, k) => [String(k), group(imageOf("0"))]),
    );
    const { reader, found, asked } = await collectionOf({
      "": nodes[""],
      ...numbered,
      "8": group(imageOf("0")),
    });
    expect(found?.isOpenEnded).toBe(true);
    const members: CollectionMember[] = [];
    const add = (more: readonly CollectionMember[]) => members.push(...more);
    await findNumberedImages(reader, rootPath, 1, add, new AbortController().signal);
    expect(members.map(placeText)).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(asked).not.toContain("12");
  });

  it("a path that leads out of the store is refused alone, and the others keep their numbers", async () => {
    const OME = group({ series: ["0", "../../secret", "A/1/0"] });
    const { places } = await collectionOf({ ...nodes, OME });
    expect(places).toEqual(["0", "refused: ../../secret", "A/1/0"]);
    expect((await openNames({ ...nodes, OME }, 2)).path).toBe("A/1/0");
    const error: unknown = await openNames({ ...nodes, OME }, 1).catch((reason: unknown) => reason);
    expect(openFailureOf(error).code).toBe("ZS-PATH");
  });

  it("one image that is missing takes no other down", async () => {
    const OME = group({ series: ["5", "0"] });
    const error: unknown = await openNames({ ...nodes, OME }, 0).catch((reason: unknown) => reason);
    expect(openFailureOf(error).code).toBe("ZS-NOTFOUND");
    expect((await openNames({ ...nodes, OME }, 1)).image.levels).toHaveLength(1);
  });

  it("a series that leads to its own collection ends in words", async () => {
    const OME = group({ series: ["x"] });
    const loop = { "": nodes[""], OME, x: nodes[""], "x/OME": OME, "x/x": nodes[""] };
    const error: unknown = await openNames(loop, 0).catch((reason: unknown) => reason);
    expect(openFailureOf(error).code).toMatch(/^ZS-NO/);
  });
});

describe("groups of images", () => {
  const spatialData = (consolidated: JsonObject) =>
    hierarchyOf({
      "zarr.json": v3Group(
        { spatialdata_attrs: { version: "0.2" } },
        { consolidated_metadata: { kind: "inline", metadata: consolidated } },
      ),
    });

  it("1.9 N4-76: consolidated metadata tell the images and labels of SpatialData, images first", async () => {
    const reader = spatialData({
      labels: v3Group({}),
      "labels/cells": v3Group({ ome: { version: "0.5", ...imageOf("0"), "image-label": {} } }),
      images: v3Group({}),
      "images/he": v3Group({ ome: { version: "0.5", ...imageOf("0") } }),
      "images/he/labels/inner": v3Group({ ome: { version: "0.5", ...imageOf("0") } }),
      "images/a b": v3Group({ ome: { version: "0.5", ...imageOf("0") } }),
      "tables/t": v3Group({ other: 1 }),
      "../out": v3Group({ ome: imageOf("0") }),
    });
    const found = await findCollection(reader);
    expect(
      found?.members.map((member) => [placeText(member), member.name, member.isLabel]),
    ).toEqual([
      ["images/he", "images/he", false],
      ["images/a b", "images/a b", false],
      ["labels/cells", "labels/cells", true],
    ]);
    expect(found?.isOpenEnded).toBe(false);
  });

  it("N4-76: v2's .zmetadata tells it as well", async () => {
    const reader = hierarchyOf({
      ".zgroup": { zarr_format: 2 },
      ".zmetadata": {
        zarr_consolidated_format: 1,
        metadata: {
          "a/.zgroup": { zarr_format: 2 },
          "a/.zattrs": imageOf("0"),
          "b/.zgroup": { zarr_format: 2 },
          "b/.zattrs": imageOf("0"),
        },
      },
    });
    expect((await findCollection(reader))?.members.map(placeText)).toEqual(["a", "b"]);
  });

  it("N4-76: without them the image 0 is tried, and others may follow it", async () => {
    const { found, places } = await collectionOf({ "": group({}), "0": group(imageOf("0")) });
    expect(places).toEqual(["0"]);
    expect(found?.isOpenEnded).toBe(true);
    expect((await collectionOf({ "": group({}) })).found).toBeUndefined();
  });
});

describe("N4-20: several entries of multiscales", () => {
  const [first] = imageOf("a").multiscales as JsonValue[];
  const [second] = image([
    { path: "b", coordinateTransformations: [{ type: "scale", scale: [7, 7] }] },
  ]).multiscales as JsonObject[];
  const nodes = {
    "": group({ multiscales: [first!, { ...second, name: "other", axes: "bad" }, 5] }),
    a: array([8, 8]),
    b: array([9, 9]),
  };

  it("are images to choose from, by name; what has no levels is none", async () => {
    const { places, found } = await collectionOf(nodes);
    expect(places).toEqual(["", "#1"]);
    expect(found?.members.map(({ name }) => name)).toEqual([undefined, "other"]);
  });

  it("the second one opens, and its problems name its own place", async () => {
    const { image: opened } = await openNames(nodes, 1);
    expect(opened.levels[0]).toMatchObject({ path: "b", shape: [9, 9] });
    expect(opened.attributes).toHaveProperty("multiscales.2", 5);
    const places = opened.problems.map(({ path }) => path);
    expect(places.some((path) => path.startsWith(".zattrs#/multiscales/1"))).toBe(true);
    expect(places.some((path) => path.startsWith(".zattrs#/multiscales/0"))).toBe(false);
  });

  it("one entry is one image", async () => {
    expect((await collectionOf({ "": group(imageOf("a")) })).found).toBeUndefined();
  });
});

describe("RFC-8 collections (draft)", () => {
  const zarr = (path: string): JsonObject => ({ type: "zarr", path });
  const rfc8 = (nodes: JsonValue[], more: JsonObject = {}): JsonObject => ({
    ome: { version: "0.9.dev3", type: "collection", name: "all", nodes, ...more },
  });

  it("N8-01 N8-05: images by name, others' types passed over, other places refused", async () => {
    const nodes: JsonValue[] = [
      { type: "multiscale", name: "raw", path: zarr("./raw") },
      { type: "acme:thing", name: "opaque" },
      { type: "multiscale", name: "own", path: zarr("https://h.org/c.zarr/own%20one") },
      { type: "multiscale", name: "foreign", path: zarr("https://evil.org/c.zarr/x") },
      { type: "multiscale", name: "prefix", path: zarr("https://h.org/c.zarr.evil/x") },
      { type: "multiscale", name: "file", path: zarr("file:///etc/passwd") },
      { type: "multiscale", name: "out", path: zarr("../other.zarr") },
      { type: "multiscale", name: "cells", path: zarr("cells"), attributes: { labels: {} } },
      { name: "without a type" },
    ];
    const { found, places, asked } = await collectionOf(
      { "": group(rfc8(nodes), 3) },
      "https://h.org/c.zarr/",
    );
    expect(places).toEqual([
      "raw",
      "own one",
      "refused: https://evil.org/c.zarr/x",
      "refused: https://h.org/c.zarr.evil/x",
      "refused: file:///etc/passwd",
      "refused: ../other.zarr",
      "cells",
    ]);
    expect(found?.members.map(({ name }) => name)).toContain("raw");
    expect(found?.members.at(-1)?.isLabel).toBe(true);
    expect(found?.problems.map(({ code }) => code)).toEqual(["N8-01", "N8-01", "N8-05"]);
    expect(new Set(asked)).toEqual(new Set([""]));
  });

  it("N8-04 N8-05: collections in collections, in Zarr and in JSON; cycles are cut", async () => {
    const reader = hierarchyOf({
      "all.json": rfc8([
        { type: "collection", name: "inner", path: zarr("inner") },
        { type: "collection", name: "self", path: { type: "json", path: "all.json" } },
        { type: "collection", name: "missing", path: { type: "json", path: "nothing.json" } },
        { type: "multiscale", name: "last", path: zarr("last") },
      ]),
      "inner/zarr.json": v3Group(
        rfc8([
          { type: "multiscale", name: "deep", path: zarr("deep") },
          { type: "collection", name: "up", path: { type: "json", path: "../all.json" } },
        ]),
      ),
    });
    const found = await rfc8Document(reader, nodePath("all.json"), undefined);
    expect(found?.members.map(placeText)).toEqual(["inner/deep", "last"]);
    expect(found?.problems.filter(({ code }) => code === "N8-05")).toHaveLength(2);
    expect(found?.problems.some(({ expected }) => expected.includes("nothing.json"))).toBe(true);
  });

  it("N8-05: depth is bounded, however the documents are chained", async () => {
    const documents = Object.fromEntries(
      Array.from({ length: 40 }, (_, k) => [
        `${k}.json`,
        rfc8([
          { type: "multiscale", name: `image ${k}`, path: zarr(`i${k}`) },
          { type: "collection", name: "next", path: { type: "json", path: `${k + 1}.json` } },
        ]),
      ]),
    );
    const found = await rfc8Document(hierarchyOf(documents), nodePath("0.json"), undefined);
    expect(found?.members.length).toBeGreaterThan(3);
    expect(found?.members.length).toBeLessThan(12);
  });

  it("any block ends in a list or in nothing, and only nodes below the root are asked for", async () => {
    const path = fc.oneof(fc.string(), fc.constantFrom("a", "../a", "https://h.org/x", "//h/x"));
    const node = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.record(
        {
          type: fc.constantFrom("collection", "multiscale", "singlescale", "x:y"),
          name: fc.string(),
          nodes: fc.array(tie("node"), { maxLength: 3 }),
          path: fc.oneof(path, fc.record({ type: fc.constantFrom("zarr", "json"), path })),
          attributes: fc.jsonValue() as fc.Arbitrary<JsonValue>,
        },
        { requiredKeys: ["type"] },
      ) as fc.Arbitrary<JsonValue>,
    })).node;
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 4 }), async (nodes) => {
        const { found, asked } = await collectionOf(
          { "": group(rfc8(nodes), 3), a: group(rfc8(nodes), 3) },
          "https://h.org/",
        );
        for (const key of asked) expect(nodePath(key)).toBe(key);
        expect(found === undefined || found.members.length > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

it("openImage shows the first of whatever there is", async () => {
  const { reader } = readerOf({
    "": group({ ome: { type: "collection", nodes: [{ type: "multiscale", path: "x" }] } }, 3),
    x: group(imageOf("0")),
    "x/0": array([8, 8]),
  });
  const { path, image: opened } = await openImage(reader);
  expect(path).toBe("x");
  expect(opened.problems.map(({ code }) => code)).toContain("N8-01");
});
