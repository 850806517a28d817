import { expect, it } from "vitest";
import { SlotTable } from "../src/zarr/chunks/slot-table.ts";
import { MemoryStore } from "../src/zarr/store/memory-store.ts";
import { nodePath } from "../src/zarr/store/node-path.ts";
import type { Store } from "../src/zarr/store/store.ts";
import { slottedStore } from "./slotted-store.ts";

const text = new TextEncoder().encode("{}");
const inner = new MemoryStore("store", new Map([["zarr.json", text]]));

/** A store whose answers come by HTTP/2, or do not come at all. */
function overHttp2(fails: boolean): { readonly store: Store; readonly table: SlotTable } {
  const table: SlotTable = new SlotTable(() => table.serve("urgent"));
  const answering: Store = {
    spec: inner.spec,
    origin: inner.origin,
    size: (path) => inner.size(path),
    async get(path, options) {
      if (fails) throw new Error("no answer");
      const object = await inner.get(path, options);
      return object && { ...object, protocol: "h2" };
    },
  };
  const slot = (...asked: Parameters<SlotTable["wait"]>) => table.wait(...asked);
  return { store: slottedStore(answering, slot, () => "urgent"), table };
}

it("tells the slots by which protocol an answer came, and gives its own back", async () => {
  const { store, table } = overHttp2(false);
  await store.get(nodePath("missing.json"));
  expect(table.of(inner.origin).limit).toBe(12);
  await store.get(nodePath("zarr.json"));
  expect(table.of(inner.origin)).toMatchObject({ limit: 64, inFlight: 0 });
});

it("gives back the slot of a request that fails", async () => {
  const { store, table } = overHttp2(true);
  await expect(store.get(nodePath("zarr.json"))).rejects.toThrow("no answer");
  expect(table.of(inner.origin)).toMatchObject({ limit: 12, inFlight: 0 });
});
