import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { openImage } from "./open-image.ts";

/**
 * Every multiscale image of other people's software opens with the values that zarrita reads
 * (`scripts/record-expected.mjs`).
 */
type Expected = {
  readonly groups: readonly {
    readonly path: string;
    readonly version: string;
    readonly axes: readonly string[];
    readonly levels: readonly {
      readonly path: string;
      readonly shape: readonly number[];
      readonly dataType: string;
      readonly samples: readonly { readonly index: readonly number[]; readonly value: Value }[];
    }[];
  }[];
};
/** As JSON holds it: 64-bit integers are strings. */
type Value = number | string | boolean;

const images = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "images");
const listPath = resolve("e2e/fixtures/expected.json");
const expected: Expected = JSON.parse(await readFile(listPath, "utf8"));
const counts = { groups: 0, levels: 0, data: 0, fill: 0 };

describe.skipIf(!existsSync(images))("images of other people's software", () => {
  test("each multiscale group of the tree is in the list", async () => {
    const listed = expected.groups.map((group) => group.path);
    expect((await multiscaleGroups(images)).sort()).toEqual(listed.sort());
  });

  test.each(expected.groups)(
    "$path, OME-NGFF $version",
    async ({ path, version, axes, levels }) => {
      const store = new DirectoryStore(join(images, path));
      const { image } = await openImage(openHierarchy(store));
      expect(image.format).toBe(`OME-NGFF ${version}`);
      expect(image.axes.axes.map((axis) => axis.name)).toEqual(axes);
      expect(image.problems.filter((problem) => problem.severity === "error")).toEqual([]);
      expect(
        image.levels.map(({ path, shape, array }) => ({ path, shape, dataType: array.dataType })),
      ).toEqual(levels.map(({ path, shape, dataType }) => ({ path, shape, dataType })));
      for (const [index, { samples }] of levels.entries()) {
        const { array } = image.levels[index]!;
        const elements = await readElements(
          store,
          array,
          samples.map((sample) => sample.index),
        );
        for (const element of elements) if (element.kind in counts) counts[asCount(element.kind)]++;
        expect(
          elements.map((element) => ("value" in element ? asJson(element.value) : element)),
        ).toEqual(samples.map((sample) => sample.value));
        counts.levels++;
      }
      counts.groups++;
    },
  );

  test("missing chunks are met, and read as fill", () => {
    // The full resolution of cardiomyocyte-well-mip-v04.zarr is not in the snapshot (INVENTORY.md).
    expect(counts.fill).toBeGreaterThanOrEqual(8);
    expect(counts.data).toBeGreaterThan(300);
  });

  afterAll(() => {
    const { groups, levels, data, fill } = counts;
    const all = expected.groups.length;
    console.log(
      `${groups} of ${all} images, ${levels} levels: ${data} values equal, ${fill} of missing chunks`,
    );
  });
});

const asCount = (kind: string) => (kind === "fill" ? "fill" : "data");
const asJson = (value: number | bigint): Value =>
  typeof value === "bigint" ? String(value) : value;

/** Paths, below `root`, of the groups that have `multiscales`, those inside plates and labels included. */
async function multiscaleGroups(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const documents = entries.filter(({ name }) => name === ".zattrs" || name === "zarr.json");
  const found: string[] = [];
  for (const { parentPath, name } of documents) {
    const text = await readFile(join(parentPath, name), "utf8");
    const document = JSON.parse(text.replace(/\bNaN\b/g, "null"));
    const attributes = name === ".zattrs" ? document : (document.attributes ?? {});
    if (Array.isArray((attributes.ome ?? attributes).multiscales)) {
      found.push(relative(root, parentPath));
    }
  }
  return found;
}
