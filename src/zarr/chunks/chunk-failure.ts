import {
  ChecksumMismatchError,
  CorruptChunkError,
  UnsupportedCodecError,
} from "../codecs/codec.ts";
import { isOutOfMemory, OutOfMemoryError } from "../codecs/out-of-memory.ts";
import { StoreError } from "../store/store-error.ts";
import { checksumCode } from "./chunk-state.ts";
import type { ChunkFailure, ChunkJob } from "./worker-protocol.ts";

/** True for the error that an aborted signal causes; aborts are never shown as failures. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** The browser gave no memory for a chunk of a permitted size. */
export const memoryCode = "ZS-MEMORY";

/** Of another version than what was opened: the picture would be a mixture. */
export const changedCode = "ZS-CHANGED";

/** Sorts whatever reading or decoding a chunk threw into one tile state, with a sentence that names the chunk. */
export function chunkFailure(error: unknown, chunkName: string): ChunkFailure {
  if (error instanceof ChecksumMismatchError) {
    return failure("corrupt", checksumCode, `${chunkName}: ${error.message}`, "reload");
  }
  if (error instanceof CorruptChunkError) {
    return failure("corrupt", "ZS-CORRUPT", `${chunkName}: ${error.message}`, "reload");
  }
  if (error instanceof UnsupportedCodecError) {
    return failure("error", "ZS-CODEC", `${chunkName}: ${error.message}`, "no");
  }
  if (error instanceof OutOfMemoryError || isOutOfMemory(error)) {
    const reason = `${chunkName}: the browser has no memory left for it.`;
    return failure("error", memoryCode, reason, "later");
  }
  if (error instanceof StoreError) return storeFailure(error, chunkName);
  // An abort that nobody here asked for: somebody else's, or the browser's. Nothing is known of the chunk.
  if (isAbort(error)) return failure("error", "ZS-NETWORK", `${chunkName}: broken off.`, "later");
  const message = error instanceof Error ? error.message : String(error);
  return failure("error", "ZS-INTERNAL", `${chunkName}: ${message}`, "no");
}

function storeFailure(error: StoreError, chunkName: string): ChunkFailure {
  return { ...storeFailureKind(error, chunkName), status: error.status };
}

function storeFailureKind(error: StoreError, chunkName: string): ChunkFailure {
  const reason = `${chunkName}: ${error.message}`;
  const throttled = error.status === 429 || error.status === 503;
  const later = error.retryable ? "later" : "no";
  switch (error.kind) {
    case "denied":
      return failure("denied", "ZS-DENIED", reason, "no");
    case "html":
      return failure("corrupt", "ZS-HTML", reason, "reload");
    case "cors":
      return failure("unverifiable", "ZS-CORS", reason, "no");
    case "range":
      return failure("error", "ZS-RANGE", reason, "no");
    case "too-large":
      return failure("corrupt", "ZS-TOOLARGE", reason, "reload");
    case "changed":
      return failure("error", changedCode, reason, "no");
    case "disk":
      return failure("error", "ZS-DISK", reason, "no");
    case "truncated":
      return failure("error", "ZS-TRUNCATED", reason, later);
    case "timeout":
      return failure("error", "ZS-TIMEOUT", reason, later);
    case "mixed-content":
    case "local-network":
      return failure("error", "ZS-BLOCKED", reason, "no");
    case "offline":
    case "network":
      return failure("error", "ZS-NETWORK", reason, later);
    case "status":
      return {
        ...failure("error", `ZS-HTTP-${error.status}`, reason, later),
        retryAfterMs: error.retryAfterMs,
        throttled,
      };
  }
}

function failure(
  kind: ChunkFailure["kind"],
  code: string,
  reason: string,
  retry: ChunkFailure["retry"],
): ChunkFailure {
  return {
    kind,
    code,
    reason,
    retry,
    retryAfterMs: undefined,
    throttled: false,
    status: undefined,
  };
}

/** "Chunk (0, 1) of "0"": for messages. */
export function chunkName(word: "Chunk" | "Shard", arrayPath: string, coords: readonly number[]) {
  return `${word} (${coords.join(", ")})${arrayPath === "" ? "" : ` of "${arrayPath}"`}`;
}

export function jobName(arrayPath: string, job: ChunkJob): string {
  return job.kind === "chunk"
    ? chunkName("Chunk", arrayPath, job.item.chunk)
    : chunkName("Shard", arrayPath, job.shard);
}
