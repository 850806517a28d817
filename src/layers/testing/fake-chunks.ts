import type { ChunkClient, ChunkRequest, PlaneRef } from "../../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";

/** A chunk client whose states are whatever the test says; it keeps what it was told and what it gave. */
export class FakeChunks implements ChunkClient {
  /** State of a wanted plane; asked again after `change()` as long as it is pending. */
  answer: (ref: PlaneRef) => ChunkState;
  wanted: readonly ChunkRequest[] = [];
  readonly #refs = new Map<string, PlaneRef>();
  readonly #states = new Map<string, ChunkState>();
  readonly #listeners = new Set<() => void>();

  constructor(answer: (ref: PlaneRef) => ChunkState) {
    this.answer = answer;
  }

  setWanted(_client: string, requests: readonly ChunkRequest[]): void {
    this.wanted = requests;
    for (const { ref } of requests) this.#refs.set(ref.key, ref);
  }

  state(key: string): ChunkState | undefined {
    const known = this.#states.get(key);
    if (known) return known;
    const ref = this.#refs.get(key);
    if (!ref) return undefined;
    const state = this.answer(ref);
    if (state.kind !== "pending") this.#states.set(key, state);
    return state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the subscribers that states changed. */
  change(answer: (ref: PlaneRef) => ChunkState = this.answer): void {
    this.answer = answer;
    for (const listener of this.#listeners) listener();
  }
}
