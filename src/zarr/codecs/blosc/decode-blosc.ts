import { type BloscHeader, bloscHeaderBytes, corrupt } from "./blosc-header.ts";
import { unshuffleBits } from "./unshuffle-bits.ts";
import { unshuffleBytes } from "./unshuffle-bytes.ts";

/**
 * Decompresses `src[from, fromEnd)` into `dst[to, toEnd)`, which it must fill exactly.
 *
 * @throws CorruptChunkError
 */
export type DecodeBlock = (
  src: Uint8Array,
  from: number,
  fromEnd: number,
  dst: Uint8Array<ArrayBuffer>,
  to: number,
  toEnd: number,
) => void;

/** As in c-blosc: a block is split into one stream per byte of the type where that is possible and worth while. */
const maxSplits = 16;
const minStreamBytes = 128;

/** c-blosc makes blocks of up to 4 MB; only one chunk is decoded at a time, since nothing awaits in between. */
const maxKeptBytes = 1 << 22;

/** A Blosc 1 chunk, not `memcpyed`, whose header was checked, in plain TypeScript but for `decodeBlock`. @throws CorruptChunkError */
export function decodeBlosc(
  bytes: Uint8Array<ArrayBuffer>,
  header: BloscHeader,
  decodeBlock: DecodeBlock,
): Uint8Array<ArrayBuffer> {
  const { decodedBytes, blockBytes, typeBytes, shuffle } = header;
  const decoded = new Uint8Array(decodedBytes);
  const blocks = decodedBytes === 0 ? 0 : Math.ceil(decodedBytes / blockBytes);
  const bodyStart = bloscHeaderBytes + 4 * blocks;
  if (bodyStart > bytes.length) throw corrupt("its table of blocks is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const unshuffle = unshuffler(shuffle, typeBytes);
  const scratch = unshuffle ? scratchOf(blockBytes) : decoded;
  for (let block = 0; block < blocks; block++) {
    const start = view.getInt32(bloscHeaderBytes + 4 * block, true);
    if (start < bodyStart || start > bytes.length) throw corrupt("a block lies outside");
    const at = block * blockBytes;
    const length = Math.min(blockBytes, decodedBytes - at);
    const splits =
      header.dontSplit ||
      typeBytes > maxSplits ||
      length < blockBytes ||
      Math.floor(blockBytes / typeBytes) < minStreamBytes
        ? 1
        : typeBytes;
    const target = unshuffle ? 0 : at;
    decodeStreams(bytes, view, start, splits, scratch, target, length, decodeBlock);
    unshuffle?.(scratch, decoded, at, length);
  }
  return decoded;
}

let kept = new Uint8Array(0);

/** One buffer for the shuffled block, kept from chunk to chunk: clearing a new one costs as much as unshuffling it. */
function scratchOf(bytes: number): Uint8Array<ArrayBuffer> {
  if (bytes > maxKeptBytes) return new Uint8Array(bytes);
  if (kept.length < bytes) kept = new Uint8Array(bytes);
  return kept;
}

/** The streams of one block, each after its length in 4 bytes. One that is as long as what it holds is a plain copy. */
function decodeStreams(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  splits: number,
  target: Uint8Array<ArrayBuffer>,
  targetStart: number,
  blockLength: number,
  decodeBlock: DecodeBlock,
): void {
  const streamLength = Math.floor(blockLength / splits);
  if (streamLength * splits !== blockLength) throw corrupt("a block does not divide into streams");
  let s = start;
  let t = targetStart;
  for (let split = 0; split < splits; split++, t += streamLength) {
    if (bytes.length - s < 4) throw corrupt("a stream's length is cut off");
    const length = view.getInt32(s, true);
    s += 4;
    if (length < 0 || length > bytes.length - s) throw corrupt("a stream is cut off");
    if (length === streamLength) target.set(bytes.subarray(s, s + length), t);
    else decodeBlock(bytes, s, s + length, target, t, t + streamLength);
    s += length;
  }
}

type Unshuffle = (
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  targetStart: number,
  length: number,
) => void;

function unshuffler(shuffle: BloscHeader["shuffle"], typeBytes: number): Unshuffle | undefined {
  if (shuffle === "bits") {
    return (source, target, at, length) => unshuffleBits(source, target, at, length, typeBytes);
  }
  if (shuffle === "bytes" && typeBytes > 1) {
    return (source, target, at, length) => unshuffleBytes(source, target, at, length, typeBytes);
  }
  return undefined;
}
