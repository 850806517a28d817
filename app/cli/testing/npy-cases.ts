import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** One read, and the NumPy file that zarr-python and `numpy.save` make of the same (e2e/fixtures/make_npy.py). */
export type NpyCase = {
  /** Below `fixtures`, e.g. "images/plain-v2.zarr". */
  readonly source: string;
  readonly array: string | null;
  readonly select: string;
  readonly bytes: number;
  readonly sha256: string;
};

export const fixtures: string = fileURLToPath(
  new URL("../../../e2e/fixtures/data", import.meta.url),
);

export const npyCases: readonly NpyCase[] = JSON.parse(
  readFileSync(`${fixtures}/elements/expected-npy.json`, "utf8"),
);

/** Length and hash of a file, to be compared with a case. */
export function digestOf(path: string): Pick<NpyCase, "bytes" | "sha256"> {
  const data = readFileSync(path);
  return { bytes: data.byteLength, sha256: createHash("sha256").update(data).digest("hex") };
}

/** For test names. */
export function titleOf({ source, array, select }: NpyCase): string {
  return [source, array, select].filter((part) => part !== null && part !== "").join(" ");
}
