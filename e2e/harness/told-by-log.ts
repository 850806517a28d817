import type { LoggedRequest } from "../store/request-log.ts";

type Timed = Pick<LoggedRequest, "startMs" | "endMs">;

/** Round trips that had to wait for each other: requests in the longest chain in which each starts after another's end, of those that had ended by then. */
export function roundTrips(log: readonly Timed[], endedByMs = Number.POSITIVE_INFINITY): number {
  const latestFirst = log.toSorted((a, b) => b.startMs - a.startMs);
  let trips = 0;
  let byMs = endedByMs;
  for (const { startMs, endMs = Number.POSITIVE_INFINITY } of latestFirst) {
    if (endMs > byMs) continue;
    trips++;
    byMs = startMs;
  }
  return trips;
}

/** Whether a key holds pixels, and no metadata. */
export const isChunkKey = (key: string): boolean => !/(\.z[a-z]+|zarr\.json)$/.test(key);

/**
 * What was asked for until the last chunk had come. Wells' own metadata are read when the picture has stood for a
 * second: however late the log is looked at, they are not counted.
 */
export function untilLastChunk(log: readonly LoggedRequest[]): LoggedRequest[] {
  const ends = log.map(({ key, endMs }) => (isChunkKey(key) ? (endMs ?? 0) : 0));
  const lastMs = Math.max(0, ...ends);
  return log.filter(({ startMs }) => startMs < lastMs);
}
