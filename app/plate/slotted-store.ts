import type { SlotUrgency } from "../../src/zarr/chunks/slot-table.ts";
import type { NodePath } from "../../src/zarr/store/node-path.ts";
import type { Store } from "../../src/zarr/store/store.ts";

/** The same store, whose requests wait for one of the slots that the chunks of its origin have. */
export function slottedStore(
  store: Store,
  slot: (origin: string, urgency: SlotUrgency) => Promise<() => void>,
  urgencyOf: (path: NodePath) => SlotUrgency,
): Store {
  async function inSlot<T>(path: NodePath, request: () => Promise<T>): Promise<T> {
    const release = await slot(store.origin, urgencyOf(path));
    try {
      return await request();
    } finally {
      release();
    }
  }
  return {
    spec: store.spec,
    origin: store.origin,
    get: (path, options) => inSlot(path, () => store.get(path, options)),
    size: (path, options) => inSlot(path, () => store.size(path, options)),
  };
}
