import { maxAttempts } from "../store/retry-policy.ts";
import type { ArrayRecord, PlaneUnit } from "./array-record.ts";
import type { PlaneRef } from "./chunk-request.ts";
import type { Verdict } from "./diagnoses.ts";

/** A wanted plane that is in no job. */
export type QueuedPlane = PlaneUnit & {
  readonly ref: PlaneRef;
  readonly record: ArrayRecord;
  /** Failed tries so far. */
  readonly attempts: number;
  /** How often the server answered that there are too many requests; those are no failed tries. */
  readonly throttles: number;
  /** Not before this time (performance.now() clock). */
  readonly readyAtMs: number;
  /** Past the HTTP cache, after a checksum mismatch. */
  readonly reload: boolean;
  /** What a probe said after tries that got no answer. */
  readonly verdict: Verdict | undefined;
};

/** How often a plane was tried, and how it is tried next. */
export type Attempt = Pick<
  QueuedPlane,
  "attempts" | "throttles" | "readyAtMs" | "reload" | "verdict"
>;

export const firstAttempt: Attempt = {
  attempts: 0,
  throttles: 0,
  readyAtMs: 0,
  reload: false,
  verdict: undefined,
};

/** One try and no more, for a server that may be back. */
export const lastAttempt: Attempt = { ...firstAttempt, attempts: maxAttempts - 1 };

/** Planes that wait, by key and by the object they are read from. */
export class ChunkQueue {
  readonly #planes = new Map<string, QueuedPlane>();
  readonly #units = new Map<string, Set<QueuedPlane>>();
  /** Those that failed before. */
  readonly #retries = new Set<QueuedPlane>();
  #sorted: QueuedPlane[] | undefined;

  get size(): number {
    return this.#planes.size;
  }

  has(key: string): boolean {
    return this.#planes.has(key);
  }

  add(plane: QueuedPlane): void {
    this.remove(plane.ref.key);
    this.#planes.set(plane.ref.key, plane);
    if (plane.attempts + plane.throttles > 0) this.#retries.add(plane);
    const unit = this.#units.get(plane.unitKey);
    if (unit) unit.add(plane);
    else this.#units.set(plane.unitKey, new Set([plane]));
    this.#sorted = undefined;
  }

  remove(key: string): void {
    const plane = this.#planes.get(key);
    if (plane === undefined) return;
    this.#planes.delete(key);
    this.#retries.delete(plane);
    const unit = this.#units.get(plane.unitKey)!;
    unit.delete(plane);
    if (unit.size === 0) this.#units.delete(plane.unitKey);
  }

  forgetArrays(ids: ReadonlySet<number>): void {
    for (const [key, { ref }] of [...this.#planes]) if (ids.has(ref.array.id)) this.remove(key);
  }

  /** Planes that failed before and wait for their next try. */
  retries(): Iterable<QueuedPlane> {
    return this.#retries;
  }

  /** Priorities changed. */
  reorder(): void {
    this.#sorted = undefined;
  }

  /** All planes, the most urgent first; planes removed meanwhile may still be in it (ask `has`). */
  sorted(order: (key: string) => number): readonly QueuedPlane[] {
    this.#sorted ??= [...this.#planes.values()]
      .map((plane) => ({ plane, order: order(plane.ref.key) }))
      .sort((a, b) => a.order - b.order)
      .map(({ plane }) => plane);
    return this.#sorted;
  }

  /** Ready planes of one object. */
  readyInUnit(unitKey: string, nowMs: number): QueuedPlane[] {
    const unit = this.#units.get(unitKey);
    return unit ? [...unit].filter((plane) => plane.readyAtMs <= nowMs) : [];
  }

  /** When the next plane that waits for a retry becomes ready; undefined if none waits. */
  nextReadyMs(nowMs: number): number | undefined {
    let next: number | undefined;
    for (const { readyAtMs } of this.#retries) {
      if (readyAtMs > nowMs && (next === undefined || readyAtMs < next)) next = readyAtMs;
    }
    return next;
  }
}
