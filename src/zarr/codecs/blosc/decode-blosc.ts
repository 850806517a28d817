import type { BlockEngine, DecodeBlock, Unshuffle } from "../wasm/block-engine.ts";
import { type BloscHeader, bloscHeaderBytes, corrupt } from "./blosc-header.ts";

/** As in c-blosc: a block is split into one stream per byte of the type where that is possible and worth while. */
const maxSplits = 16;
const minStreamBytes = 128;

/** A Blosc 1 chunk, not `memcpyed`, whose header was checked, by `engine` and `decodeBlock`. @throws CorruptChunkError */
export function decodeBlosc(
  bytes: Uint8Array<ArrayBuffer>,
  header: BloscHeader,
  decodeBlock: DecodeBlock,
  engine: BlockEngine,
): Uint8Array<ArrayBuffer> {
  const unshuffle = unshuffler(header, engine);
  const { source, target, scratch } = engine.place(
    bytes,
    header.decodedBytes,
    unshuffle ? header.blockBytes : 0,
  );
  for (const { at, length, streams } of blocksOf(source, header)) {
    const [block, start] = unshuffle ? [scratch, 0] : [target, at];
    for (const { from, fromEnd, to, toEnd } of streams) {
      const isPlain = fromEnd - from === toEnd - to;
      if (isPlain) block.set(source.subarray(from, fromEnd), start + to);
      else decodeBlock(source, from, fromEnd, block, start + to, start + toEnd);
    }
    unshuffle?.(scratch, target, at, length, header.typeBytes);
  }
  return engine.take(target);
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

function unshuffler(
  { shuffle, typeBytes }: BloscHeader,
  engine: BlockEngine,
): Unshuffle | undefined {
  if (shuffle === "bits") return engine.unshuffleBits;
  return shuffle === "bytes" && typeBytes > 1 ? engine.unshuffle : undefined;
}
