import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type MatrixCase, readCodecMatrix } from "../../../e2e/fixtures/codec-matrix.ts";
import { onlyFormat, readWhole } from "../../../e2e/store/array-reading.ts";
import { compared } from "../../../e2e/store/compared-array.ts";
import { documentedPart } from "../../../e2e/store/differences-document.ts";
import { type Comparison, differencesInWords } from "../../../e2e/store/zarrita-differences.ts";
import { readWithZarrita } from "../../../e2e/store/zarrita-reading.ts";
import { chunkKey } from "../array/chunk-grid.ts";
import { parseArrayV2 } from "../array/parse-v2.ts";
import { parseArrayV3 } from "../array/parse-v3.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { rootPath } from "../store/node-path.ts";
import type { Store } from "../store/store.ts";

type Recorded = { readonly path: string; readonly format: 2 | 3; readonly sha256?: string };

const root = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");

describe.skipIf(!existsSync(root))("other people's suites, read with zarrita too", () => {
  test("each disagreement is documented with who is right", async () => {
    const text = await readFile(resolve("e2e/fixtures/suite-arrays.json"), "utf8");
    const arrays: readonly Recorded[] = JSON.parse(text).arrays;
    const comparisons: Comparison[] = [];
    for (const { path, format, sha256 } of arrays) {
      const store = onlyFormat(new DirectoryStore(join(root, path)), format);
      const isReference =
        sha256 === undefined
          ? undefined
          : (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex") === sha256;
      const ours = await readWhole(store);
      const theirs = await readWithZarrita(store, format);
      comparisons.push({ name: `${path} v${format}`, ours, theirs, isReference });
    }
    const words = differencesInWords(comparisons);
    expect(await documentedPart("suites", words)).toBe(words);
  });
});

/** An array of one chunk as a store. */
function matrixStore({ form, metadata, chunk }: MatrixCase): Store {
  const document = new TextEncoder().encode(JSON.stringify(metadata));
  const source = { path: rootPath };
  const parsed =
    form === "v2" ? parseArrayV2(metadata, {}, source) : parseArrayV3(metadata, source);
  const key = chunkKey(
    parsed.metadata,
    parsed.metadata.shape.map(() => 0),
  );
  const name = form === "v2" ? ".zarray" : "zarr.json";
  return new MemoryStore(
    "matrix",
    new Map([
      [name, document],
      [key, chunk],
    ]),
  );
}

test("every codec's arrays are read with zarrita too, and the same is written down", async () => {
  const comparisons: Comparison[] = [];
  const { cases } = readCodecMatrix();
  for (const each of cases) {
    const { codec, dataType, form, expected } = each;
    // What float16 decodes to is float32 there.
    const reference = dataType === "float16" || each.lossy ? undefined : expected;
    const name = `${codec}, ${form}`;
    comparisons.push(await compared(name, matrixStore(each), reference));
  }
  const text = differencesInWords(comparisons);
  expect(await documentedPart("codecs", text)).toBe(text);
}, 60_000);
