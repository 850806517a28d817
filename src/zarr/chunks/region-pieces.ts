import { type ChunkAxis, chunkIndexAt, chunkSpan } from "../array/chunk-axis.ts";

/** Indices start, start + step, … along one axis, `count` of them; index k of them goes to position `to` + k of the result. */
export type AxisRun = {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly to: number;
};

/** The part of a run that lies in one chunk; `start` counts from the chunk's first index. */
export type AxisPiece = AxisRun & { readonly chunk: number };

/** Cuts a run at the edges of chunks, in order. The run lies within the axis. */
export function axisPieces(axis: ChunkAxis, run: AxisRun): AxisPiece[] {
  const pieces: AxisPiece[] = [];
  let done = 0;
  while (done < run.count) {
    const position = run.start + done * run.step;
    const chunk = chunkIndexAt(axis, position);
    const { start, length } = chunkSpan(axis, chunk);
    const inChunk = Math.ceil((start + length - position) / run.step);
    const count = Math.min(run.count - done, inChunk);
    pieces.push({ chunk, start: position - start, step: run.step, count, to: run.to + done });
    done += count;
  }
  return pieces;
}

/** All combinations of one entry of each list, the last list fastest; one empty combination of no lists. */
export function* combinations<T>(lists: readonly (readonly T[])[]): Generator<readonly T[]> {
  if (lists.some((list) => list.length === 0)) return;
  const at = lists.map(() => 0);
  for (;;) {
    yield lists.map((list, dim) => list[at[dim]!]!);
    let dim = lists.length - 1;
    for (; dim >= 0; dim--) {
      if (++at[dim]! < lists[dim]!.length) break;
      at[dim] = 0;
    }
    if (dim < 0) return;
  }
}

/** Bytes of C-ordered elements of `itemBytes` each. */
export type ElementBlock = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly shape: readonly number[];
};

/** Copies what the pieces name of a chunk to their places in the result. */
export function copyPieces(
  chunk: ElementBlock,
  result: ElementBlock,
  pieces: readonly AxisPiece[],
  itemBytes: number,
): void {
  const chunkStrides = stridesOf(chunk.shape, itemBytes);
  const resultStrides = stridesOf(result.shape, itemBytes);
  const last = pieces.at(-1);
  const outer = pieces.slice(0, -1);
  const isRun = last === undefined || last.step === 1;
  const runItems = last?.count ?? 1;
  for (const at of combinations(
    outer.map(({ count }) => Array.from({ length: count }, (_, k) => k)),
  )) {
    let from = (last?.start ?? 0) * itemBytes;
    let to = (last?.to ?? 0) * itemBytes;
    for (const [dim, piece] of outer.entries()) {
      from += (piece.start + at[dim]! * piece.step) * chunkStrides[dim]!;
      to += (piece.to + at[dim]!) * resultStrides[dim]!;
    }
    if (isRun) {
      result.bytes.set(chunk.bytes.subarray(from, from + runItems * itemBytes), to);
      continue;
    }
    for (let item = 0; item < runItems; item++) {
      const source = from + item * last.step * itemBytes;
      result.bytes.set(chunk.bytes.subarray(source, source + itemBytes), to + item * itemBytes);
    }
  }
}

function stridesOf(shape: readonly number[], itemBytes: number): number[] {
  const strides = new Array<number>(shape.length);
  let stride = itemBytes;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    strides[dim] = stride;
    stride *= shape[dim]!;
  }
  return strides;
}
