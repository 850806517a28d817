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

/** Decompresses one stream into exactly `length` bytes. @throws CorruptChunkError */
export type DecodeStream = (
  stream: Uint8Array<ArrayBuffer>,
  length: number,
) => Promise<Uint8Array<ArrayBuffer>>;

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
  const decoded = new Uint8Array(header.decodedBytes);
  const unshuffle = unshuffler(header);
  const scratch = unshuffle ? scratchOf(header.blockBytes) : decoded;
  for (const { at, length, streams } of blocksOf(bytes, header)) {
    const target = unshuffle ? 0 : at;
    for (const { from, fromEnd, to, toEnd } of streams) {
      if (fromEnd - from === toEnd - to) scratch.set(bytes.subarray(from, fromEnd), target + to);
      else decodeBlock(bytes, from, fromEnd, scratch, target + to, target + toEnd);
    }
    unshuffle?.(scratch, decoded, at, length);
  }
  return decoded;
}

/** The same with a decoder that has to be waited for, each stream into a buffer of its own. @throws CorruptChunkError */
export async function decodeBloscAsync(
  bytes: Uint8Array<ArrayBuffer>,
  header: BloscHeader,
  decodeStream: DecodeStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const decoded = new Uint8Array(header.decodedBytes);
  const unshuffle = unshuffler(header);
  for (const { at, length, streams } of [...blocksOf(bytes, header)]) {
    // One block after the other: what waits in the platform's decoder is then bounded by a block.
    const parts = await Promise.all(
      streams.map(({ from, fromEnd, to, toEnd }) => {
        const stream = bytes.subarray(from, fromEnd);
        return fromEnd - from === toEnd - to ? stream : decodeStream(stream, toEnd - to);
      }),
    );
    // No one else writes into the buffer that is kept: nothing is awaited from here on.
    const scratch = unshuffle ? scratchOf(header.blockBytes) : decoded;
    for (const [i, part] of parts.entries())
      scratch.set(part, (unshuffle ? 0 : at) + streams[i]!.to);
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

/** A stream's place in the chunk, and where in its block it belongs. One that is as long as what it holds is a plain copy. */
type BloscStream = {
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
};

/** A block's place in the decoded chunk, and its streams. */
type BloscBlock = {
  readonly at: number;
  readonly length: number;
  readonly streams: readonly BloscStream[];
};

/** Walks the blocks and checks that all of them lie in the chunk. @throws CorruptChunkError */
function* blocksOf(
  bytes: Uint8Array<ArrayBuffer>,
  { decodedBytes, blockBytes, typeBytes, dontSplit }: BloscHeader,
): Generator<BloscBlock> {
  const blocks = decodedBytes === 0 ? 0 : Math.ceil(decodedBytes / blockBytes);
  const bodyStart = bloscHeaderBytes + 4 * blocks;
  if (bodyStart > bytes.length) throw corrupt("its table of blocks is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let block = 0; block < blocks; block++) {
    const start = view.getInt32(bloscHeaderBytes + 4 * block, true);
    if (start < bodyStart || start > bytes.length) throw corrupt("a block lies outside");
    const at = block * blockBytes;
    const length = Math.min(blockBytes, decodedBytes - at);
    const isWhole =
      dontSplit ||
      typeBytes > maxSplits ||
      length < blockBytes ||
      Math.floor(blockBytes / typeBytes) < minStreamBytes;
    yield { at, length, streams: streamsOf(bytes, view, start, isWhole ? 1 : typeBytes, length) };
  }
}

/** The streams of one block, each after its length in 4 bytes. @throws CorruptChunkError */
function streamsOf(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  splits: number,
  blockLength: number,
): BloscStream[] {
  const streamLength = Math.floor(blockLength / splits);
  if (streamLength * splits !== blockLength) throw corrupt("a block does not divide into streams");
  const streams: BloscStream[] = [];
  let s = start;
  for (let to = 0; streams.length < splits; to += streamLength) {
    if (bytes.length - s < 4) throw corrupt("a stream's length is cut off");
    const length = view.getInt32(s, true);
    s += 4;
    if (length < 0 || length > bytes.length - s) throw corrupt("a stream is cut off");
    streams.push({ from: s, fromEnd: s + length, to, toEnd: to + streamLength });
    s += length;
  }
  return streams;
}

type Unshuffle = (
  source: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
  targetStart: number,
  length: number,
) => void;

function unshuffler({ shuffle, typeBytes }: BloscHeader): Unshuffle | undefined {
  if (shuffle === "bits") {
    return (source, target, at, length) => unshuffleBits(source, target, at, length, typeBytes);
  }
  if (shuffle === "bytes" && typeBytes > 1) {
    return (source, target, at, length) => unshuffleBytes(source, target, at, length, typeBytes);
  }
  return undefined;
}
