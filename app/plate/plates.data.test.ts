import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStore, type TestStore } from "../../e2e/store/test-store.ts";
import { openHierarchy } from "../../src/zarr/hierarchy/hierarchy.ts";
import { openFailureOf } from "../../src/zarr/image/open-failure.ts";
import { groupKind } from "../../src/zarr/ome/node-kind.ts";
import { DirectoryStore } from "../../src/zarr/store/directory-store.ts";
import { rootPath } from "../../src/zarr/store/node-path.ts";
import { openLinked } from "./testing/open-linked.ts";

/** Plates of other people's software: each opens by the address of the plate, of each of its wells and of each of their fields. */
const data = resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data");

describe.skipIf(!existsSync(data))("plates of other projects", () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await startStore({ origins: 1 });
    store.defineFolder("data", data);
  });
  afterAll(() => store.close());

  it("open by plate, well and field", { timeout: 120_000 }, async () => {
    const found = [
      ...(await plates(join(data, "images"))),
      ...(await plates(join(data, "suites"))),
    ];
    const lines: string[] = [];
    for (const folder of found) lines.push(`${relative(data, folder)}: ${await outcomeOf(folder)}`);
    console.log(lines.join("\n"));
    expect(lines.filter((line) => !/: metadata alone$/.test(line)).length).toBeGreaterThanOrEqual(
      5,
    );
    expect(lines.filter((line) => /ZS-|but /.test(line))).toEqual([]);
  });

  async function outcomeOf(folder: string): Promise<string> {
    const url = `${store.url("data")}/${relative(data, folder)}`;
    const entries = await readdir(folder, { withFileTypes: true });
    if (!entries.some((entry) => entry.isDirectory())) return "metadata alone";
    try {
      const { plate, dispose } = await openLinked(url);
      if (plate === undefined) return "but it is no plate";
      const { model, images } = plate;
      for (const well of model.wells) {
        await images.read(well);
        const mark = images.marks.get(well.id);
        if (mark !== undefined && mark.kind !== "odd") return `but ${well.id}: ${mark.reason}`;
        for (const address of [well.path, ...images.fieldsOf(well).map(({ path }) => path)]) {
          const linked = await openLinked(`${url}/${address}`);
          const { plate: again } = linked;
          const isThere = again?.url === url && again.well?.id === well.id;
          const shown = isThere && again.images.shownIn(again.well)?.chosen.field.path;
          linked.dispose();
          if (!isThere || (address !== well.path && shown !== address)) return `but not ${address}`;
        }
      }
      dispose();
      return `${model.format}, ${model.wells.length} wells`;
    } catch (error) {
      const { code, title } = openFailureOf(error);
      return `${code} ${title}`;
    }
  }
});

async function plates(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const folders = entries
    .filter(({ name }) => name === ".zattrs" || name === "zarr.json")
    .map(({ parentPath }) => parentPath);
  const found: string[] = [];
  for (const folder of new Set(folders)) {
    const node = await openHierarchy(new DirectoryStore(folder))
      .node(rootPath)
      .catch(() => undefined);
    if (node?.kind === "group" && groupKind(node.attributes).kind === "plate") found.push(folder);
  }
  return found.sort();
}
