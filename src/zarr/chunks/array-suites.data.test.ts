import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { onlyFormat, readWhole } from "../../../e2e/store/array-reading.ts";
import type { NumpyType } from "../array/stored-item.ts";
import { DirectoryStore } from "../store/directory-store.ts";

/**
 * Every array of other people's test suites has the elements that zarr-python or tensorstore read (`make_suite_expected.py`), or gives the
 * error that names why it cannot be read.
 */
type Recorded = { readonly path: string; readonly format: 2 | 3 } & (
  | {
      readonly reader: string;
      readonly shape: readonly number[];
      readonly dtype: NumpyType;
      readonly sha256: string;
    }
  | { readonly unread: string }
);
type Suites = { readonly arrays: readonly Recorded[]; readonly zips: readonly string[] };

const root = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");
const suites: Suites = JSON.parse(
  await readFile(resolve("e2e/fixtures/suite-arrays.json"), "utf8"),
);
const names = [...new Set(suites.arrays.map(({ path }) => path.split("/")[0]!))];
const counts = new Map<string, number>();
const count = (outcome: string) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1);

/** What may not be read, by the words of its error. */
const refusals: readonly (readonly [words: RegExp, outcome: string])[] = [
  [/"numcodecs\.(pcodec|zfpy)" is not supported/, "named error: a codec that no package decodes"],
  [/of type (string|\|O), have no fixed length/, "named error: text or objects"],
  [/of type variable_length_bytes, have no fixed length/, "named error: bytes of varying length"],
  [/needs a storage transformer/, "named error: storage transformer"],
  [/data type "optional"/, "named error: data type optional"],
];

describe.skipIf(!existsSync(root))("arrays of other people's suites", () => {
  test("each array and zip of the suites is in the list", async () => {
    const found = (await Promise.all(names.map((name) => arraysBelow(join(root, name))))).flat();
    const listed = suites.arrays.map(({ path, format }) => `${path} v${format}`);
    expect(found.sort()).toEqual([...listed, ...suites.zips].sort());
    for (const zip of suites.zips) {
      count("zip: not a directory store");
      console.log(`passed over: ${zip}, a zip is not a directory store`);
    }
  });

  test.each(suites.arrays)("$path, v$format", async (recorded) => {
    const store = onlyFormat(new DirectoryStore(join(root, recorded.path)), recorded.format);
    const whole = await readWhole(store);
    if (whole.kind === "refused") {
      const known = refusals.find(([words]) => words.test(whole.error.message));
      expect(known, whole.error.message).toBeDefined();
      // What the reference can read may only be refused for want of a decoder.
      if ("reader" in recorded) expect(known?.[1]).toContain("codec");
      count(known![1]);
      return;
    }
    if (!("reader" in recorded)) {
      throw new Error(`It is read here, but was not by the reference: ${recorded.unread}`);
    }
    const { region, metadata } = whole;
    const sha256 = createHash("sha256").update(region.bytes).digest("hex");
    const { shape, numpyType: dtype } = region;
    expect({ shape, dtype, sha256 }).toEqual({
      shape: recorded.shape,
      dtype: recorded.dtype,
      sha256: recorded.sha256,
    });
    expect(metadata.zarrFormat).toBe(recorded.format);
    count("equal");
  });

  afterAll(() => {
    const lines = [...counts].map(([outcome, n]) => `${n} ${outcome}`);
    console.log(`${suites.arrays.length} arrays of ${names.join(", ")}:\n  ${lines.join("\n  ")}`);
  });
});

/** Arrays with their format, and zips, as the list names them. */
async function arraysBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const found: string[] = [];
  for (const { parentPath, name } of entries) {
    const path = relative(root, parentPath);
    if (name === ".zarray") found.push(`${path} v2`);
    if (name.endsWith(".zip")) found.push(join(path, name));
    if (name !== "zarr.json") continue;
    const document = JSON.parse(await readFile(join(parentPath, name), "utf8"));
    if (document.node_type === "array") found.push(`${path} v3`);
  }
  return found;
}
