/** A stored inner chunk of a shard: `[offset, offset + length)` in the shard object. */
export type LocatedChunk<T> = {
  readonly offset: number;
  readonly length: number;
  readonly item: T;
};

/** One range request that serves several inner chunks. */
export type JoinedRange<T> = {
  readonly offset: number;
  readonly length: number;
  readonly parts: readonly LocatedChunk<T>[];
};

/**
 * Joins neighbours into ranges: two parts are joined if the gap between them is at most `maxGapBytes` and the whole stays
 * within `maxJoinedBytes` (a single longer part stands alone). Overlapping and identical parts are legal in a shard. Every part is in
 * exactly one range; ranges come in order of offset.
 */
export function joinRanges<T>(
  parts: readonly LocatedChunk<T>[],
  limits: { readonly maxGapBytes: number; readonly maxJoinedBytes: number },
): JoinedRange<T>[] {
  const sorted = [...parts].sort((a, b) => a.offset - b.offset || a.length - b.length);
  const joined: JoinedRange<T>[] = [];
  let group: LocatedChunk<T>[] = [];
  let start = 0;
  let end = 0;
  const flush = () => {
    if (group.length > 0) joined.push({ offset: start, length: end - start, parts: group });
  };
  for (const part of sorted) {
    const partEnd = part.offset + part.length;
    const joinedEnd = Math.max(end, partEnd);
    const fits =
      group.length > 0 &&
      part.offset - end <= limits.maxGapBytes &&
      joinedEnd - start <= limits.maxJoinedBytes;
    if (fits) {
      group.push(part);
      end = joinedEnd;
      continue;
    }
    flush();
    group = [part];
    start = part.offset;
    end = partEnd;
  }
  flush();
  return joined;
}
