import { expect, test } from "vitest";
import { nodePath } from "../src/zarr/store/node-path.ts";
import type { Store, StoreObject } from "../src/zarr/store/store.ts";
import { datedStore } from "./dated-store.ts";

const openedAtMs = Date.parse("2026-01-01T12:00:00Z");

function storeOf(...modifiedMs: readonly (number | undefined)[]): Store {
  const left = [...modifiedMs];
  return {
    spec: { kind: "http", root: "https://h.org/a/", search: "" },
    origin: "https://h.org",
    size: async () => undefined,
    get: async (): Promise<StoreObject> => {
      const version = { etag: undefined, modifiedMs: left.shift() };
      const bytes = new Uint8Array(1);
      return { bytes, totalBytes: 1, transferredBytes: 1, protocol: undefined, version };
    },
  };
}

test("N29 what is older than the opening says from when on nothing should change, once for all", async () => {
  const store = datedStore(storeOf(openedAtMs - 1_000, openedAtMs + 60_000), openedAtMs);
  expect(store.spec).not.toHaveProperty("unchangedSince");
  await store.get(nodePath("zarr.json"));
  expect(store.spec).toMatchObject({ unchangedSince: openedAtMs });
  // Metadata that are read later and are younger are no reason to believe anything else.
  await store.get(nodePath("labels/zarr.json"));
  expect(store.spec).toMatchObject({ unchangedSince: openedAtMs });
});

test("N29 dates that are none, or younger than the opening, say nothing", async () => {
  for (const modified of [undefined, openedAtMs + 1_000]) {
    const store = datedStore(storeOf(modified), openedAtMs);
    await store.get(nodePath("zarr.json"));
    expect(store.spec).not.toHaveProperty("unchangedSince");
  }
});
