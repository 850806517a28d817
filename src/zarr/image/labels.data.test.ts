import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { rootPath } from "../store/node-path.ts";
import { findLabels } from "./find-labels.ts";
import { openLabelImage } from "./label-image.ts";
import { pairedSelection } from "./label-pairing.ts";
import { openImage } from "./open-image.ts";

type Expected = {
  readonly groups: readonly {
    readonly path: string;
    readonly levels: readonly {
      readonly shape: readonly number[];
      readonly samples: readonly { readonly index: readonly number[]; readonly value: unknown }[];
    }[];
  }[];
};

const images = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "images");
const expected: Expected = JSON.parse(
  await readFile(resolve("e2e/fixtures/expected.json"), "utf8"),
);

/** Images of other people's software, and their labels by zarrita (`scripts/record-expected.mjs`). */
const labelled = new Map<string, string[]>();
for (const { path } of expected.groups) {
  const at = path.indexOf("/labels/");
  if (at < 0) continue;
  const image = path.slice(0, at);
  labelled.set(image, [...(labelled.get(image) ?? []), path.slice(at + "/labels/".length)]);
}

describe.skipIf(!existsSync(images))("labels of other people's software", () => {
  test("there are some of 0.4 and of 0.5", () => {
    expect([...labelled.keys()].sort()).toEqual([
      "cardiomyocyte-well-mip-v04.zarr",
      "idr-6001240-labels-v05-sharded.zarr",
      "plate-ones-mip-v04.zarr/B/03/0",
      "tubhiswt-5d-v04.zarr",
    ]);
  });

  test.each([...labelled])(
    "N4-50, N5-05: those of %s are found, with zarrita's values",
    async (path, names) => {
      const store = new DirectoryStore(join(images, path));
      const hierarchy = openHierarchy(store);
      const { image } = await openImage(hierarchy);
      const { entries } = await findLabels(hierarchy, rootPath);
      expect(entries.map(({ name }) => name).sort()).toEqual([...names].sort());
      let values = 0;
      for (const entry of entries) {
        const label = await openLabelImage(hierarchy, entry);
        const recorded = expected.groups.find((group) => group.path === `${path}/${entry.path}`);
        expect(label.image.levels.map(({ shape }) => shape)).toEqual(
          recorded?.levels.map(({ shape }) => shape),
        );
        expect(pairedSelection(image, label.image, image.defaultSelection)).toBeDefined();
        for (const [index, { samples }] of (recorded?.levels ?? []).entries()) {
          const { array } = label.image.levels[index]!;
          const at = samples.map((sample) => sample.index);
          const elements = await readElements(store, array, at);
          expect(elements.map((element) => ("value" in element ? element.value : element))).toEqual(
            samples.map(({ value }) => value),
          );
          values += samples.length;
        }
      }
      expect(values).toBeGreaterThan(0);
    },
  );
});
