import { decodeBlosclz } from "../blosc/decode-blosclz.ts";
import { unshuffleBits } from "../blosc/unshuffle-bits.ts";
import { unshuffleBytes } from "../blosc/unshuffle-bytes.ts";
import { adler32 } from "../checksums/adler32.ts";
import { crc32 } from "../checksums/crc.ts";
import { type Inflated, inflate } from "../deflate/inflate.ts";
import { decodeLz4Block } from "../lz4/decode-lz4-block.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a chunk is decoded: its stored bytes, room for what comes out, and room for one block in between. */
export type Workplace = {
  readonly source: Bytes;
  readonly target: Bytes;
  readonly scratch: Bytes;
};

/** Decompresses `src[from, fromEnd)` into `dst[to, toEnd)`, which it must fill exactly. @throws CorruptChunkError */
export type DecodeBlock = (
  src: Bytes,
  from: number,
  fromEnd: number,
  dst: Bytes,
  to: number,
  toEnd: number,
) => void;

/** Undoes a shuffle of one block of `length` bytes into `target` from `at` on. */
export type Unshuffle = (
  source: Bytes,
  target: Bytes,
  at: number,
  length: number,
  typeBytes: number,
) => void;

/**
 * The inner loops of Blosc, LZ4, gzip and zlib. They work on the arrays of the last `place` alone; nothing may be awaited
 * between it and `take`, or the last look at them. A loop may spoil what lies up to 128 bytes behind its target range, so
 * ranges are filled in order.
 */
export type BlockEngine = {
  place(bytes: Bytes, targetBytes: number, scratchBytes: number): Workplace;
  /** A part of the target that the caller may keep and transfer. */
  take(target: Bytes): Bytes;
  /** As `inflate` of deflate/inflate.ts. @throws CorruptChunkError */
  inflate(...range: Parameters<DecodeBlock>): Inflated;
  /** As `decodeLz4Block`. @throws CorruptChunkError */
  readonly decodeLz4: DecodeBlock;
  /** As `decodeBlosclz`. @throws CorruptChunkError */
  readonly decodeBlosclz: DecodeBlock;
  /** As `unshuffleBytes`. `source` is the scratch of `place`. */
  readonly unshuffle: Unshuffle;
  /** As `unshuffleBits`. `source` is the scratch of `place`. */
  readonly unshuffleBits: Unshuffle;
  crc32(bytes: Bytes, from: number, end: number): number;
  adler32(bytes: Bytes, from: number, end: number): number;
};

/** c-blosc makes blocks of up to 4 MB. */
const maxKeptBytes = 1 << 22;
let kept = new Uint8Array(0);

/** One buffer for the shuffled block, kept from chunk to chunk: clearing a new one costs as much as unshuffling it. */
function scratchOf(bytes: number): Bytes {
  if (bytes > maxKeptBytes) return new Uint8Array(bytes);
  if (kept.length < bytes) kept = new Uint8Array(bytes);
  return kept;
}

/** In TypeScript: where a page refuses WebAssembly, or a chunk is too large to be copied there and back. */
export const plainEngine: BlockEngine = {
  place: (bytes, targetBytes, scratchBytes) => ({
    source: bytes,
    target: new Uint8Array(targetBytes),
    scratch: scratchOf(scratchBytes),
  }),
  take: (target) => target,
  inflate,
  decodeLz4: decodeLz4Block,
  decodeBlosclz,
  unshuffle: unshuffleBytes,
  unshuffleBits,
  crc32: (bytes, from, end) => crc32(bytes.subarray(from, end)),
  adler32,
};
