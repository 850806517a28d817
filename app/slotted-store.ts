import type { ReleaseSlot, SlotUrgency } from "../src/zarr/chunks/slot-table.ts";
import type { NodePath } from "../src/zarr/store/node-path.ts";
import type { Store } from "../src/zarr/store/store.ts";

/** The same store, whose requests wait for one of the slots that the chunks of its origin have. */
export function slottedStore(
  store: Store,
  slot: (origin: string, urgency: SlotUrgency) => Promise<ReleaseSlot>,
  urgencyOf: (path: NodePath) => SlotUrgency,
): Store {
  async function inSlot<T>(
    path: NodePath,
    request: () => Promise<T>,
    protocolOf?: (answer: T) => string | undefined,
  ): Promise<T> {
    const release = await slot(store.origin, urgencyOf(path));
    let protocol: string | undefined;
    try {
      const answer = await request();
      protocol = protocolOf?.(answer);
      return answer;
    } finally {
      release(protocol);
    }
  }
  return {
    spec: store.spec,
    origin: store.origin,
    get: (path, options) =>
      inSlot(
        path,
        () => store.get(path, options),
        (object) => object?.protocol,
      ),
    size: (path, options) => inSlot(path, () => store.size(path, options)),
  };
}
