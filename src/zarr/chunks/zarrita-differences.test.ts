import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { readArrayCases } from "../../../e2e/fixtures/read-array-cases.ts";
import { compared } from "../../../e2e/store/compared-array.ts";
import { documentedPart } from "../../../e2e/store/differences-document.ts";
import { type Comparison, differencesInWords } from "../../../e2e/store/zarrita-differences.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { MemoryStore } from "../store/memory-store.ts";

const message =
  "ZARRSCOPE_UPDATE_DOCS=1 npm run test:unit -- zarrita-differences brings the page up to date";
const folder = resolve("e2e/fixtures/data");

/** Paths of the arrays of the image fixtures. */
function imageArrays(): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name === ".zarray" || name === "zarr.json")
    .map(({ parentPath }) => relative(folder, parentPath))
    .sort();
}

/** What `make_images.py` put into the one image fixture on which the two disagree: position plus 7 per level. */
function coordinateBytes(path: string): Uint8Array | undefined {
  const level = Number(/tyx-index-start-v05\.zarr\/(\d)$/.exec(path)?.[1] ?? Number.NaN);
  if (Number.isNaN(level)) return undefined;
  const length = 3 * (40 >> level) * (56 >> level);
  return new Uint8Array(Int32Array.from({ length }, (_, i) => (i + 7 * level) % 1000003).buffer);
}

test("every fixture is read with zarrita too; each disagreement is documented with who is right", async () => {
  const comparisons: Comparison[] = [];
  for (const { name, entries, expected } of readArrayCases()) {
    comparisons.push(await compared(name, new MemoryStore(name, entries), expected));
  }
  for (const path of imageArrays()) {
    const store = new DirectoryStore(join(folder, path));
    const each = await compared(path, store, coordinateBytes(path));
    // Groups are no arrays for either.
    if (each.ours.kind === "read" || each.theirs.kind === "read") comparisons.push(each);
  }
  expect(comparisons.length).toBeGreaterThan(100);
  const text = differencesInWords(comparisons);
  expect(await documentedPart("fixtures", text), message).toBe(text);
}, 60_000);
