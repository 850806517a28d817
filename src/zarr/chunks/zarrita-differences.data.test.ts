import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { onlyFormat, readWhole } from "../../../e2e/store/array-reading.ts";
import { documentedPart } from "../../../e2e/store/differences-document.ts";
import { type Comparison, differencesInWords } from "../../../e2e/store/zarrita-differences.ts";
import { readWithZarrita } from "../../../e2e/store/zarrita-reading.ts";
import { DirectoryStore } from "../store/directory-store.ts";

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
