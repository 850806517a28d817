/** Requests are those for shard indexes and chunks, retries and aborted ones included. */
export type ChunkStatistics = {
  readonly requests: number;
  readonly bytes: number;
  readonly decodedChunks: number;
  readonly cacheBytes: number;
  readonly queued: number;
  readonly running: number;
  readonly workers: number;
};
