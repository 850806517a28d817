import type { QueuedPlane } from "./chunk-queue.ts";
import type { ChunkState } from "./chunk-state.ts";
import type { ChunkFailure, ChunkOutcome } from "./worker-protocol.ts";

/** The state of a plane of a chunk that was never written. */
export function fillState({ record }: QueuedPlane): ChunkState {
  return { kind: "fill", value: record.handle.metadata.fillValue };
}

/** What an outcome says of one plane; undefined if it leaves it out. */
export function outcomeState(
  plane: QueuedPlane,
  outcome: Exclude<ChunkOutcome, { kind: "failed" }>,
): ChunkState | undefined {
  if (outcome.kind === "fill") return fillState(plane);
  const cut = outcome.planes.find(({ key }) => key === plane.ref.key);
  return cut && { kind: "data", plane: cut.plane };
}

/** For planes of which a job said nothing: it must not be started over and over. */
export const noOutcome: ChunkFailure = {
  kind: "error",
  code: "ZS-INTERNAL",
  reason: "A decoding worker left a chunk out.",
  retry: "later",
  retryAfterMs: undefined,
  throttled: false,
  status: undefined,
};
