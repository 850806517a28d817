import type { ChunkRequest, PlaneRef, Tier } from "./chunk-request.ts";

/** A plane that at least one client wants, with the best of their priorities. */
export type WantedPlane = { readonly ref: PlaneRef; order: number };

const tierBase: Readonly<Record<Tier, number>> = { fallback: 0, visible: 1e9, prefetch: 2e9 };

/** One number to sort by: tier first, then rank. Lower is sooner. */
export function requestOrder(priority: ChunkRequest["priority"]): number {
  return tierBase[priority.tier] + Math.min(priority.rank, 1e9 - 1);
}

/** Whether a plane in this place of the order is of the coarse picture that comes before all else. */
export function isFallback(order: number): boolean {
  return order < tierBase.visible;
}

/**
 * What all clients want together. Each client declares its whole set; the union with the lowest order per plane is kept.
 */
export class WantedSet {
  readonly #clients = new Map<string, readonly ChunkRequest[]>();
  #planes = new Map<string, WantedPlane>();

  get(key: string): WantedPlane | undefined {
    return this.#planes.get(key);
  }

  has(key: string): boolean {
    return this.#planes.has(key);
  }

  values(): IterableIterator<WantedPlane> {
    return this.#planes.values();
  }

  get size(): number {
    return this.#planes.size;
  }

  /** Nobody wants a plane of these arrays any more. */
  forgetArrays(ids: ReadonlySet<number>): void {
    for (const [client, requests] of this.#clients) {
      const left = requests.filter(({ ref }) => !ids.has(ref.array.id));
      if (left.length < requests.length) this.#clients.set(client, left);
    }
    for (const [key, { ref }] of this.#planes) if (ids.has(ref.array.id)) this.#planes.delete(key);
  }

  /** Replaces one client's set. Returns the planes that nobody wants any more. */
  declare(client: string, requests: readonly ChunkRequest[]): PlaneRef[] {
    if (requests.length === 0) this.#clients.delete(client);
    else this.#clients.set(client, requests);
    const planes = new Map<string, WantedPlane>();
    for (const declared of this.#clients.values()) {
      for (const { ref, priority } of declared) {
        const order = requestOrder(priority);
        const known = planes.get(ref.key);
        if (known === undefined) planes.set(ref.key, { ref, order });
        else if (order < known.order) known.order = order;
      }
    }
    const dropped: PlaneRef[] = [];
    for (const [key, { ref }] of this.#planes) if (!planes.has(key)) dropped.push(ref);
    this.#planes = planes;
    return dropped;
  }
}
