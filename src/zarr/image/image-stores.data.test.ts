import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { groupKind } from "../ome/node-kind.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { rootPath } from "../store/node-path.ts";
import { openFailureOf } from "./open-failure.ts";
import { openImage } from "./open-image.ts";

/** Whole stores of other projects' suites, 0.1 to 0.6, valid and not: each opens, or says in words why not. */
const suites = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");
const folders = [
  "ome-zarr-examples",
  "ome-zarr-fiji-java",
  "ome_zarr_test_suite",
  "zarr-java",
  "neuroglancer",
];

describe.skipIf(!existsSync(suites))("image stores of other projects", () => {
  test.each(folders)("%s", async (folder) => {
    const lines: string[] = [];
    for (const group of await multiscaleGroups(join(suites, folder))) {
      lines.push(`${relative(suites, group)}: ${await outcomeOf(group)}`);
    }
    console.log(lines.join("\n"));
    expect(lines.filter((line) => /ZS-UNEXPECTED|corrupt|error|pending/.test(line))).toEqual([]);
  });
});

async function outcomeOf(folder: string): Promise<string> {
  const store = new DirectoryStore(folder);
  try {
    const { image } = await openImage(openHierarchy(store));
    const kinds: string[] = [];
    for (const { array, shape } of image.levels) {
      const [middle] = await readElements(store, array, [shape.map((size) => size >> 1)]);
      kinds.push(middle?.kind ?? "nothing");
    }
    const codes = [...new Set(image.problems.map((problem) => problem.code))];
    return `${image.format}, ${kinds.join(" ")}${codes.length > 0 ? `; ${codes.join(" ")}` : ""}`;
  } catch (error) {
    const failure = openFailureOf(error);
    return `${failure.code} ${failure.title} ${failure.code === "ZS-UNEXPECTED" ? failure.detail : ""}`;
  }
}

async function multiscaleGroups(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const folders = entries
    .filter(({ name }) => name === ".zattrs" || name === "zarr.json")
    .map(({ parentPath }) => parentPath);
  const found: string[] = [];
  for (const folder of new Set(folders)) {
    const node = await openHierarchy(new DirectoryStore(folder))
      .node(rootPath)
      .catch(() => undefined);
    const kind = node?.kind === "group" ? groupKind(node.attributes) : undefined;
    if (kind?.kind === "multiscales" || (kind?.kind === "bioformats2raw" && kind.isImage))
      found.push(folder);
  }
  return found.sort();
}
