import { ByteLru } from "./byte-lru.ts";
import type { ChunkState } from "./chunk-state.ts";

/** Bookkeeping counted per state, so that fills and failures are bounded too. */
const stateBytes = 256;

/** Final states of planes by key, within a budget of bytes; what is wanted now is never evicted. */
export class PlaneStates {
  readonly #states: ByteLru<ChunkState>;

  constructor(budgetBytes: number, isWanted: (key: string) => boolean) {
    this.#states = new ByteLru(budgetBytes, isWanted);
  }

  get bytes(): number {
    return this.#states.bytes;
  }

  /** Marks the plane as recently used. */
  get(key: string): ChunkState | undefined {
    return this.#states.get(key);
  }

  has(key: string): boolean {
    return this.#states.peek(key) !== undefined;
  }

  /** Marks nothing. */
  peek(key: string): ChunkState | undefined {
    return this.#states.peek(key);
  }

  settle(key: string, state: ChunkState): void {
    const planeBytes = state.kind === "data" ? state.plane.byteLength : 0;
    this.#states.set(key, state, stateBytes + planeBytes);
  }

  delete(key: string): void {
    this.#states.delete(key);
  }

  forgetArrays(ids: ReadonlySet<number>): void {
    this.#states.deleteArrays(ids);
  }

  /** Evicts what is over the budget; to be called when fewer planes are wanted. */
  trim(): void {
    this.#states.trim();
  }
}
