import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { DirectoryStore } from "./directory-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { nodePath } from "./node-path.ts";
import { StoreError } from "./store-error.ts";

// Root may read everything: the refusal is played.
vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>();
  const refused = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  return {
    ...actual,
    open: (...args: Parameters<typeof actual.open>) =>
      String(args[0]).endsWith("locked") ? Promise.reject(refused) : actual.open(...args),
  };
});

const outside = mkdtempSync(join(tmpdir(), "zarrscope-directory-"));
afterAll(() => rmSync(outside, { recursive: true, force: true }));
const root = join(outside, "image.zarr");
const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);
mkdirSync(join(root, "c/0"), { recursive: true });
writeFileSync(join(root, "c/0/0"), bytes);
writeFileSync(join(root, "empty"), "");
writeFileSync(join(root, "50%25 #?"), "literal");
writeFileSync(join(outside, "secret"), "secret");
symlinkSync(join(outside, "secret"), join(root, "out"));
symlinkSync(outside, join(root, "up"));
symlinkSync(join(root, "c"), join(root, "within"));
symlinkSync(join(root, "loop"), join(root, "loop"));

const store = new DirectoryStore(root);
const errorOf = (read: Promise<unknown>) =>
  read.then(
    () => undefined,
    (error: unknown) => (error instanceof StoreError ? error : undefined),
  );

describe("a folder as a store", () => {
  it("reads whole files and says how long they are", async () => {
    const stored = await store.get(nodePath("c/0/0"));
    expect(stored).toEqual({
      bytes,
      totalBytes: 10,
      transferredBytes: 10,
      protocol: undefined,
    });
    expect(await store.size(nodePath("c/0/0"))).toBe(10);
    expect((await store.get(nodePath("empty")))?.bytes.byteLength).toBe(0);
  });

  it("takes names literally", async () => {
    const stored = await store.get(nodePath("50%25 #?"));
    expect(new TextDecoder().decode(stored?.bytes)).toBe("literal");
  });

  it("has nothing where no file is: absent, a folder, below a file, too long a name, no root", async () => {
    const absent = ["nothing", "c", "c/0/0/0", "x".repeat(5000)].map((text) => nodePath(text));
    for (const path of absent) {
      expect(await store.get(path)).toBeUndefined();
      expect(await store.size(path)).toBeUndefined();
    }
    const nowhere = new DirectoryStore(join(outside, "nowhere"));
    expect(await nowhere.get(nodePath("zarr.json"))).toBeUndefined();
  });

  it("answers ranges as a memory store does, also beyond the end", async () => {
    const path = nodePath("c/0/0");
    const memory = new MemoryStore("same", new Map([["c/0/0", bytes]]));
    const integer = fc.integer({ min: 0, max: 14 });
    const range = fc.oneof(
      fc.record({ offset: integer, length: integer }),
      fc.record({ suffixLength: integer }),
    );
    await fc.assert(
      fc.asyncProperty(range, integer, async (range, maxBytes) => {
        const outcome = (read: ReturnType<typeof store.get>) =>
          read.then(
            (stored) => [...(stored?.bytes ?? [])],
            (error: unknown) => (error instanceof StoreError ? error.kind : error),
          );
        const [got, expected] = await Promise.all([
          outcome(store.get(path, { range, maxBytes })),
          outcome(memory.get(path, { range, maxBytes })),
        ]);
        expect(got).toEqual(expected);
      }),
    );
  });

  it("refuses what is longer than the caller allows", async () => {
    const error = await errorOf(store.get(nodePath("c/0/0"), { maxBytes: 9 }));
    expect(error?.kind).toBe("too-large");
    expect(error?.retryable).toBe(false);
  });

  it("follows links inside the folder, never out of it", async () => {
    expect((await store.get(nodePath("within/0/0")))?.bytes).toEqual(bytes);
    for (const path of ["out", "up/secret", "up/image.zarr/out"]) {
      const error = await errorOf(store.get(nodePath(path)));
      expect([path, error?.kind]).toEqual([path, "denied"]);
    }
    // Out and in again: where it ends is what counts.
    expect((await store.get(nodePath("up/image.zarr/c/0/0")))?.bytes).toEqual(bytes);
    expect((await errorOf(store.get(nodePath("loop"))))?.kind).toBe("denied");
  });

  it("lists the folders in a folder, none of another one", async () => {
    expect(await store.folders(nodePath(""))).toEqual(["c", "loop", "out", "up", "within"]);
    expect(await store.folders(nodePath("c"))).toEqual(["0"]);
    expect(await store.folders(nodePath("within"))).toEqual(["0"]);
    for (const path of ["up", "nothing", "empty"]) {
      expect(await store.folders(nodePath(path))).toEqual([]);
    }
  });

  it("tells denied from missing", async () => {
    const path = join(root, "locked");
    writeFileSync(path, "x");
    const error = await errorOf(store.get(nodePath("locked")));
    expect(error?.kind).toBe("denied");
    expect(error?.url).toBe(pathToFileURL(path).href);
  });

  it("stops when it is aborted", async () => {
    const signal = AbortSignal.abort();
    await expect(store.get(nodePath("c/0/0"), { signal })).rejects.toThrow("aborted");
  });
});
