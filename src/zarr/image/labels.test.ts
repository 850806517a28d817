import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { rootPath } from "../store/node-path.ts";
import { StoreError } from "../store/store-error.ts";
import { findLabels } from "./find-labels.ts";
import { isLabelGroup, openLabelImage } from "./label-image.ts";
import type { NodeReader } from "./node-reader.ts";
import { openFailureOf } from "./open-failure.ts";
import { array, group, imageOf, readerOf, twoLevels } from "./testing/fake-nodes.ts";

/** Written by zarr-python: `e2e/fixtures/make_labels.py`. */
function openFixture(name: string) {
  const store = new DirectoryStore(join(resolve("e2e/fixtures/data/labels"), name));
  return { store, reader: openHierarchy(store) };
}

async function labelsOf(reader: NodeReader) {
  await reader.node(rootPath);
  return findLabels(reader, rootPath);
}

async function namedLabel(reader: NodeReader, name: string) {
  const { entries } = await labelsOf(reader);
  const entry = entries.find((each) => each.name === name);
  if (!entry) throw new Error(`There are no labels "${name}".`);
  return openLabelImage(reader, entry);
}

describe("labels of every version are found", () => {
  test.each([
    ["labels-v01.zarr", ["regions"]],
    ["labels-v04.zarr", ["ids64", "nested/small", "probability", "gone", "empty", "mask"]],
    ["labels-v05.zarr", ["cells"]],
  ])("N1-08, N4-50, N5-05: %s", async (name, names) => {
    const { entries } = await labelsOf(openFixture(name).reader);
    expect(entries.map((entry) => entry.name)).toEqual(names);
  });

  test("N4-50: what consolidated metadata show beside the list is a label image too, with a note", async () => {
    const { entries, problems } = await labelsOf(openFixture("labels-v04.zarr").reader);
    expect(entries.at(-1)).toEqual({ name: "mask", path: "labels/mask" });
    expect(problems).toMatchObject([
      { code: "N4-50", severity: "info", received: '"mask" beside it' },
    ]);
  });

  test("an image without labels has none, and costs no more than a request of its own format", async () => {
    const { reader, asked } = readerOf({ "": group(twoLevels), "0": array([9, 9]) });
    expect(await findLabels(reader, rootPath)).toEqual({ entries: [], problems: [] });
    expect(asked).toEqual(["labels"]);
  });

  test("N4-50: a group without a list is named, a list of rubbish too, and paths never leave the group", async () => {
    const bare = await findLabels(readerOf({ labels: group({}) }).reader, rootPath);
    expect(bare).toMatchObject({ entries: [], problems: [{ code: "N4-50" }] });
    const listed = group({ labels: ["a", "../0", "https://h/x", "/b/", "a"] });
    const { entries, problems } = await findLabels(readerOf({ labels: listed }).reader, rootPath);
    expect(entries).toEqual([
      { name: "a", path: "labels/a" },
      { name: "b", path: "labels/b" },
    ]);
    expect(problems.map(({ code }) => code).sort()).toEqual(["N4-50", "ZS-PATH", "ZS-PATH"]);
  });

  test("a store that fails is a problem and no error", async () => {
    const error = new StoreError("denied", "No.", { url: "https://h/labels" });
    const found = await findLabels(readerOf({ labels: error }).reader, rootPath);
    expect(found).toMatchObject({
      entries: [],
      problems: [{ code: "ZS-DENIED", severity: "warning" }],
    });
  });
});

describe("a label image", () => {
  test("N4-54: ids beyond 2^53 keep their colours and properties, the last of two counts", async () => {
    const { colors, properties, problems } = await namedLabel(
      openFixture("labels-v04.zarr").reader,
      "ids64",
    );
    expect([...colors]).toEqual([
      [1, [255, 0, 0, 255]],
      [2n ** 53n + 1n, [0, 255, 0, 255]],
      [2n ** 53n + 2n, [0, 0, 255, 255]],
      [2n ** 64n - 1n, [255, 255, 255, 0]],
      [4711, [255, 255, 0, 255]],
    ]);
    expect(properties.get(2n ** 53n + 1n)).toEqual({ class: "mitotic", area: 88 });
    // A number in the file, but one that would be rounded.
    expect(properties.get(2n ** 53n + 2n)).toEqual({
      class: "mitotic",
      parent: "9007199254740993",
    });
    expect(problems.map(({ code }) => code)).toEqual(["N1-10"]);
  });

  test("N4-53: ids of 64 bits are read exactly", async () => {
    const { store, reader } = openFixture("labels-v04.zarr");
    const { image } = await namedLabel(reader, "ids64");
    const ids = [0n, 1n, 2n ** 53n + 1n, 2n ** 53n + 2n, 2n ** 63n + 5n, 2n ** 64n - 1n, 4711n];
    const at = [0, 12, 24, 60, 95].flatMap((y) => [0, 13, 37, 119].map((x) => [y, x]));
    const elements = await readElements(store, image.levels[0]!.array, at);
    const expected = at.map(([y = 0, x = 0]) => ({
      kind: "data",
      value: ids[(11 * Math.floor(y / 12) + 3 * Math.floor(x / 12)) % ids.length],
    }));
    expect(elements).toMatchObject(expected);
  });

  test("N1-12: `source` may stand beside `image-label`", async () => {
    const label = await namedLabel(openFixture("labels-v01.zarr").reader, "regions");
    expect(label.sourceImage).toBe("../../");
    expect(label.isPlaced).toBe(false);
    expect(label.colors.get(2)).toEqual([0, 0, 255, 255]);
    expect(label.image.levels).toHaveLength(3);
  });

  test("N4-58: it needs no `image-label`", async () => {
    const label = await namedLabel(openFixture("labels-v04.zarr").reader, "nested/small");
    expect(label).toMatchObject({ name: "nested/small", sourceImage: "../../", isPlaced: true });
    expect(label.image.dataType).toBe("int16");
    expect(label.problems).toMatchObject([{ code: "N4-58", severity: "info" }]);
  });

  test("N4-53: bool and floats are shown, with a warning", async () => {
    const { reader } = openFixture("labels-v04.zarr");
    for (const name of ["mask", "probability"]) {
      const { problems } = await namedLabel(reader, name);
      expect(problems).toContainEqual(
        expect.objectContaining({ code: "N4-53", severity: "warning" }),
      );
    }
  });

  test("N4-50: a listed one that is missing says so, and so does one without arrays; the others live", async () => {
    const { reader } = openFixture("labels-v04.zarr");
    const failureOf = (name: string) => namedLabel(reader, name).catch(openFailureOf);
    expect(await failureOf("gone")).toMatchObject({
      code: "ZS-NOTFOUND",
      title: 'There is nothing where the labels "gone" should be.',
    });
    expect(await failureOf("empty")).toMatchObject({ code: "ZS-NOLEVELS" });
    expect(await namedLabel(reader, "ids64")).toMatchObject({ name: "ids64" });
  });

  test("N4-51: a group is a label image by its metadata or by where it lies", () => {
    expect(isLabelGroup({ ...imageOf("0"), "image-label": {} }, "")).toBe(true);
    expect(isLabelGroup(imageOf("0"), "image.zarr/labels/a/b")).toBe(true);
    expect(isLabelGroup(imageOf("0"), "image.zarr/labels")).toBe(false);
    expect(isLabelGroup({ "image-label": {} }, "labels/a")).toBe(false);
  });
});
