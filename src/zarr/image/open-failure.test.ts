import { describe, expect, test } from "vitest";
import { MetadataError } from "../problem.ts";
import { nodePath } from "../store/node-path.ts";
import { StoreError, type StoreErrorKind } from "../store/store-error.ts";
import type { NodeReader } from "./node-reader.ts";
import { openFailureOf } from "./open-failure.ts";
import { openImage } from "./open-image.ts";
import { array, type FakeNode, group, imageOf, readerOf } from "./testing/fake-nodes.ts";

async function failureOf(nodes: Record<string, FakeNode>, path = "") {
  const { reader } = readerOf(nodes);
  const error = await openImage(reader, nodePath(path)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return openFailureOf(error);
}

describe("each failure has a code, and says what to do", () => {
  const error = (kind: StoreErrorKind) =>
    new StoreError(kind, kind, { url: "https://a.example/b" });

  test.each<[string, Record<string, FakeNode>, string]>([
    ["nothing there", {}, "ZS-NOTFOUND"],
    ["a bare group", { "": group({}) }, "ZS-NOIMAGE"],
    ["a plate", { "": group({ plate: { wells: [] } }) }, "ZS-PLATE"],
    ["an empty well", { "": group({ well: { images: [] } }) }, "ZS-NOIMAGE"],
    ["a list of labels", { "": group({ labels: ["a"] }) }, "ZS-NOIMAGE"],
    ["a scene without images", { "": group({ scene: {} }) }, "ZS-NOIMAGE"],
    [
      "0.6 without datasets",
      { "": group({ ome: { version: "0.6", multiscales: [{ coordinateSystems: [] }] } }) },
      "ZS-METADATA",
    ],
    ["no datasets", { "": group({ multiscales: [{ axes: [] }] }) }, "ZS-METADATA"],
    ["no arrays", { "": group(imageOf("0")) }, "ZS-NOLEVELS"],
    ["a group for an array", { "": group(imageOf("0")), "0": group({}) }, "ZS-NOLEVELS"],
    [
      "an unknown codec",
      { "": group(imageOf("0")), "0": array([8, 8], { codec: "pcodec" }) },
      "ZS-CODEC",
    ],
    ["a plain array in an unknown codec", { "": array([8, 8], { codec: "pcodec" }) }, "ZS-CODEC"],
    ["no dimension", { "": array([]) }, "ZS-NOIMAGE"],
    ["no elements", { "": array([8, 0]) }, "ZS-NOIMAGE"],
    ["a way out", { "": group({ well: { images: [{ path: "../x" }] } }) }, "ZS-PATH"],
    [
      "a circle",
      {
        "": group({ well: { images: [{ path: "a" }] } }),
        a: group({ well: { images: [{ path: "." }] } }),
      },
      "ZS-NOIMAGE",
    ],
    ["no CORS", { "": error("cors") }, "ZS-CORS"],
    ["no answer", { "": error("network") }, "ZS-NETWORK"],
    ["no access", { "": error("denied") }, "ZS-DENIED"],
    ["a web page", { "": error("html") }, "ZS-HTML"],
    ["an error of the server", { "": error("status") }, "ZS-STATUS"],
    ["too slow", { "": error("timeout") }, "ZS-TIMEOUT"],
    ["too large", { "": error("too-large") }, "ZS-TOOLARGE"],
  ])("%s", async (_, nodes, code) => {
    const failure = await failureOf(nodes);
    expect(failure.code).toBe(code);
    for (const text of [failure.title, failure.detail, failure.action]) {
      expect(text).not.toBe("");
      expect(text).not.toMatch(/undefined|\[object/);
    }
  });

  test("a codec is named, and so is its array", async () => {
    const failure = await failureOf({
      "": group(imageOf("s0")),
      s0: array([8, 8], { codec: "pcodec" }),
    });
    expect(failure.title).toContain('"pcodec"');
    expect(failure.detail).toContain('"s0"');
  });

  test("arrays without a dimension, and without elements, are told apart", async () => {
    const scalar = await failureOf({ "": array([]) });
    expect(scalar.title).toContain("a single value");
    expect(scalar.detail).toBe(
      "The array at the root of the source has no dimension. Its one value is of type uint16.",
    );
    const empty = await failureOf({ s0: array([8, 0]) }, "s0");
    expect(empty.title).toBe("This array holds no elements.");
    expect(empty.detail).toBe('The array "s0" has the shape 8 × 0.');
  });

  test("an extension that is not known can be passed over, other broken metadata cannot", () => {
    const failing = (code: "Z3-04" | "Z3-06") =>
      openFailureOf(
        new MetadataError(
          { code, severity: "error", path: "zarr.json#", expected: "no field", received: "1" },
          "The array needs more.",
        ),
      );
    expect(failing("Z3-04")).toMatchObject({ code: "ZS-METADATA", mayOpenAnyway: true });
    expect(failing("Z3-06").mayOpenAnyway).toBeUndefined();
  });

  test("a data type is named", async () => {
    const problem = {
      code: "Z2-03",
      severity: "error",
      path: "0/.zarray#/dtype",
      expected: "a numeric data type",
      received: '"<c16"',
    } as const;
    const complex = new MetadataError(problem, 'The array "0" has the data type "<c16".');
    const failure = await failureOf({ "": group(imageOf("0")), "0": complex });
    expect(failure).toMatchObject({
      code: "ZS-DTYPE",
      title: 'The array "0" has the data type "<c16".',
    });
    expect(failure.detail).toContain("0/.zarray#/dtype");
  });

  test("web pages for every key are no Zarr; what was asked for is named", async () => {
    const attempts = ["zarr.json", ".zattrs"].map((path) => ({ path, outcome: "html" }));
    const failing = (outcome: string): NodeReader => ({
      node: async () => undefined,
      attempts: attempts.map((attempt) => ({ ...attempt, outcome })),
    });
    const failure = async (reader: NodeReader) =>
      openFailureOf(await openImage(reader).catch((error: unknown) => error));
    expect(await failure(failing("html"))).toMatchObject({ code: "ZS-HTML" });
    const missing = await failure(failing("missing"));
    expect(missing.code).toBe("ZS-NOTFOUND");
    expect(missing.detail).toContain("zarr.json, .zattrs");
  });

  test("a plate names its first image", async () => {
    const plate = group({ plate: { wells: [{ path: "B/03" }, { path: "C/04" }] } });
    const well = group({ well: { images: [{ path: "7" }] } });
    const failure = await failureOf({ "": plate, "B/03": well });
    expect(failure.detail).toContain("2 wells");
    expect(failure.action).toContain("/B/03/7");
  });

  test("a bare group names the array in it", async () => {
    const failure = await failureOf({ "": group({}), "0": array([8, 8]) });
    expect(failure.action).toContain("add /0");
  });
});
