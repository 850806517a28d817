import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteLru } from "./byte-lru.ts";

test("evicts the least recently used entries until the budget holds", () => {
  const lru = new ByteLru<string>(10);
  lru.set("a", "A", 4);
  lru.set("b", "B", 4);
  lru.get("a");
  lru.set("c", "C", 4);
  expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual(["A", undefined, "C"]);
  expect(lru.bytes).toBe(8);
});

test("never evicts what is pinned, and returns below the budget when it is let go", () => {
  const pinned = new Set(["a", "b"]);
  const lru = new ByteLru<string>(5, (key) => pinned.has(key));
  lru.set("a", "A", 4);
  lru.set("b", "B", 4);
  expect(lru.bytes).toBe(8);
  pinned.delete("a");
  lru.trim();
  expect([lru.peek("a"), lru.peek("b")]).toEqual([undefined, "B"]);
});

test("replacing an entry counts its bytes once", () => {
  const lru = new ByteLru<string>(10);
  lru.set("a", "1", 6);
  lru.set("a", "2", 3);
  expect([lru.get("a"), lru.bytes, lru.size]).toEqual(["2", 3, 1]);
});

test("deletes by prefix", () => {
  const lru = new ByteLru<number>(100);
  for (const key of ["1/a", "1/b", "11/a"]) lru.set(key, 0, 1);
  lru.deletePrefix("1/");
  expect([lru.peek("1/a"), lru.peek("11/a"), lru.bytes]).toEqual([undefined, 0, 1]);
});

test("property: bytes is the sum of what is kept, and within the budget when nothing is pinned", () => {
  const operation = fc.record({ key: fc.integer({ min: 0, max: 9 }), bytes: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      const lru = new ByteLru<number>(100);
      const sizes = new Map<string, number>();
      for (const { key, bytes } of operations) {
        lru.set(String(key), bytes, bytes);
        sizes.set(String(key), bytes);
      }
      let kept = 0;
      for (const key of sizes.keys()) kept += lru.peek(key) ?? 0;
      expect(lru.bytes).toBe(kept);
      expect(lru.bytes).toBeLessThanOrEqual(100);
    }),
  );
});
