import { describe, expect, test } from "vitest";
import { readArrayCases } from "../../../e2e/fixtures/read-array-cases.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { rootPath } from "../store/node-path.ts";
import { readRegion } from "./read-region.ts";

/** Every array that reference implementations wrote is read, byte by byte, as they read it (e2e/fixtures/make_arrays.py). */
describe("arrays written by others", () => {
  test.each(readArrayCases())("$name, by $writer", async (each) => {
    const store = new MemoryStore(each.name, each.entries);
    const node = await openHierarchy(store).node(rootPath);
    if (node?.kind !== "array") throw new Error(`There is no array, but ${node?.kind}.`);
    const { metadata } = node;
    const whole = metadata.shape.map((stop) => ({ start: 0, stop }));
    const region = await readRegion({ store, metadata }, whole);
    expect(region.shape).toEqual(each.shape);
    expect(region.numpyType).toEqual(each.numpyType);
    expect(Buffer.from(region.bytes).equals(each.expected)).toBe(true);
  });
});
