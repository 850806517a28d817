import { describe, expect, test } from "vitest";
import { MemoryStore } from "./memory-store.ts";
import { nodePath } from "./node-path.ts";
import { openStore } from "./open-store.ts";

const bytes = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const store = openStore({ kind: "memory", name: "sample", entries: new Map([["0/c/0", bytes]]) });
const chunk = nodePath("0/c/0");

describe("MemoryStore", () => {
  test("a key that is missing is undefined", async () => {
    expect(store).toBeInstanceOf(MemoryStore);
    expect(store.origin).toBe("sample");
    expect(await store.get(nodePath("nothing"))).toBeUndefined();
    expect(await store.size(nodePath("nothing"))).toBeUndefined();
  });

  test("reads whole objects, as copies", async () => {
    const object = await store.get(chunk);
    expect(object).toMatchObject({ bytes, totalBytes: 10, transferredBytes: 0 });
    object!.bytes[0] = 255;
    expect((await store.get(chunk))!.bytes[0]).toBe(0);
    expect(await store.size(chunk)).toBe(10);
  });

  test("reads ranges and suffixes", async () => {
    const read = async (range: Parameters<typeof store.get>[1]) => [
      ...(await store.get(chunk, range))!.bytes,
    ];
    expect(await read({ range: { offset: 2, length: 3 } })).toEqual([2, 3, 4]);
    expect(await read({ range: { suffixLength: 2 } })).toEqual([8, 9]);
    expect(await read({ range: { suffixLength: 99 } })).toHaveLength(10);
    expect(await read({ range: { offset: 4, length: 0 } })).toEqual([]);
  });

  test("a range beyond the end, a cap and an abort end in their own errors", async () => {
    await expect(store.get(chunk, { range: { offset: 8, length: 3 } })).rejects.toMatchObject({
      kind: "range",
      retryable: false,
    });
    await expect(store.get(chunk, { maxBytes: 9 })).rejects.toMatchObject({ kind: "too-large" });
    const signal = AbortSignal.abort();
    await expect(store.get(chunk, { signal })).rejects.toMatchObject({ name: "AbortError" });
  });
});
