import { setMaxListeners } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStore, type TestStore } from "../../../e2e/store/test-store.ts";
import { DataError, UsageError } from "../exit-code.ts";
import { openSource } from "../source.ts";
import { digestOf, fixtures, npyCases, titleOf } from "../testing/npy-cases.ts";
import { findArray } from "./find-array.ts";
import { ProgressLine } from "./progress-line.ts";
import { readToFile } from "./read-to-file.ts";
import { parseSelection, resolveSelection } from "./selection.ts";

const folder = mkdtempSync(join(tmpdir(), "zarrscope-read-"));
let store: TestStore;
beforeAll(async () => {
  setMaxListeners(0);
  store = await startStore({ origins: 1 });
  store.defineFolder("data", fixtures);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  return store.close();
});

async function read(from: string, array: string | null, select: string, out: string) {
  const source = await openSource(from);
  const { metadata, axes } = await findArray(source, array ?? "");
  const selection = resolveSelection(parseSelection(select), axes);
  const progress = new ProgressLine({ write: () => undefined });
  const { signal } = new AbortController();
  await readToFile({ store: source.store, metadata }, selection, out, progress, signal);
}

describe("a NumPy file, byte for byte as zarr-python reads and NumPy writes", () => {
  it.each(npyCases.map((npyCase) => [titleOf(npyCase), npyCase] as const))(
    "%s",
    async (_, npyCase) => {
      const { source, array, select, bytes, sha256 } = npyCase;
      for (const place of [fixtures, store.url("data")]) {
        const out = join(folder, "x.npy");
        await read(`${place}/${source}`, array, select, out);
        expect([place, digestOf(out)]).toEqual([place, { bytes, sha256 }]);
      }
    },
  );

  it("names the type that a NumPy file cannot hold", async () => {
    const out = join(folder, "varying.npy");
    const reading = read(`${fixtures}/elements/v2.zarr`, "varying", "", out);
    await expect(reading).rejects.toThrow("whose length varies");
    await expect(reading).rejects.toBeInstanceOf(DataError);
    expect(existsSync(out)).toBe(false);
  });
});

describe("where a NumPy file is written", () => {
  const image = `${fixtures}/images/plain-v2.zarr`;

  it("takes the place of an older file, with nothing beside it", async () => {
    const out = join(folder, "older.npy");
    writeFileSync(out, "older");
    await read(image, null, "", out);
    expect(readFileSync(out).subarray(1, 6).toString()).toBe("NUMPY");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("is no folder, no device, and in a folder that is there", async () => {
    for (const out of [folder, "/dev/null", join(folder, "none/x.npy")]) {
      await expect(read(image, null, "", out)).rejects.toBeInstanceOf(UsageError);
    }
  });
});
