import { CorruptChunkError } from "../codec.ts";
import { blockDecoders } from "./block-decoders.generated.ts";
import type { BlockEngine } from "./block-engine.ts";
import { type BlockExports, blockExports } from "./block-exports.ts";

/** What the loops may read and write beyond each range (assembly/). */
const slack = 128;
const pageBytes = 65536;
/** A memory never shrinks: a larger one is let go of after use. */
const maxKeptBytes = 1 << 25;

/** By the code that assembly/failure.ts has for it. */
const reasons: readonly string[] = [
  "",
  "its end is cut off",
  "a code is not in its table, or codes overlap",
  "a block's type or length is damaged",
  "a distance leaves the data",
  "more bytes than were expected",
  "literals leave the block",
  "fewer bytes than were expected",
];

/** The loops of assembly/, by WebAssembly with SIMD. @throws where a page or its browser refuses that */
export async function startWasmEngine(): Promise<BlockEngine> {
  const binary = Uint8Array.from(atob(blockDecoders), (letter) => letter.charCodeAt(0));
  return wasmEngine(await WebAssembly.compile(binary));
}

function wasmEngine(module: WebAssembly.Module): BlockEngine {
  let running: BlockExports | undefined;
  /** The instance in whose memory the last `place` laid its arrays. */
  const loops = () => (running ??= blockExports(new WebAssembly.Instance(module)));
  return {
    place(bytes, targetBytes, scratchBytes) {
      // What was decoded last may have failed, or been looked at without `take`.
      if (running && running.memory.buffer.byteLength > maxKeptBytes) running = undefined;
      const { memory, heapBase } = loops();
      const source = aligned(heapBase());
      const target = aligned(source + bytes.length + slack);
      const scratch = aligned(target + targetBytes + slack);
      // Undoing a bit shuffle takes the scratch's size once more.
      const end = between(scratch, scratchBytes) + scratchBytes + slack;
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      const { buffer } = memory;
      const placed = new Uint8Array(buffer, source, bytes.length);
      placed.set(bytes);
      return {
        source: placed,
        target: new Uint8Array(buffer, target, targetBytes),
        scratch: new Uint8Array(buffer, scratch, scratchBytes),
      };
    },
    take(target) {
      const taken = target.slice();
      if (target.buffer.byteLength > maxKeptBytes) running = undefined;
      return taken;
    },
    inflate(src, from, fromEnd, dst, to, toEnd) {
      const { inflate, inflatedSourceEnd, inflatedTargetEnd } = loops();
      const [s, d] = [src.byteOffset, dst.byteOffset];
      const failure = inflate(s + from, s + fromEnd, d + to, d + toEnd);
      if (failure) throw new CorruptChunkError(`deflate: ${reasons[failure]}.`);
      return { sourceEnd: inflatedSourceEnd() - s, targetEnd: inflatedTargetEnd() - d };
    },
    decodeLz4(src, from, fromEnd, dst, to, toEnd) {
      const [s, d] = [src.byteOffset, dst.byteOffset];
      const failure = loops().lz4(s + from, s + fromEnd, d + to, d + toEnd);
      if (failure) throw new CorruptChunkError(`lz4: ${reasons[failure]}.`);
    },
    decodeBlosclz(src, from, fromEnd, dst, to, toEnd) {
      const [s, d] = [src.byteOffset, dst.byteOffset];
      const failure = loops().blosclz(s + from, s + fromEnd, d + to, d + toEnd);
      if (failure) throw new CorruptChunkError(`blosclz: ${reasons[failure]}.`);
    },
    unshuffle(source, target, at, length, typeBytes) {
      const items = Math.floor(length / typeBytes);
      loops().unshuffle(source.byteOffset, target.byteOffset + at, items, typeBytes);
      copyRest(source, target, at, items * typeBytes, length);
    },
    unshuffleBits(source, target, at, length, typeBytes) {
      const items = Math.floor(length / typeBytes);
      // As in c-blosc, such a block was not shuffled.
      const isPlain = items % 8 !== 0;
      if (!isPlain) {
        const { byteOffset } = source;
        const room = between(byteOffset, source.length);
        loops().unshuffleBits(byteOffset, target.byteOffset + at, items, typeBytes, room);
      }
      copyRest(source, target, at, isPlain ? 0 : items * typeBytes, length);
    },
    crc32: ({ byteOffset }, from, end) => loops().crc32(byteOffset + from, byteOffset + end) >>> 0,
    adler32: ({ byteOffset }, from, end) =>
      loops().adler32(byteOffset + from, byteOffset + end) >>> 0,
  };
}

function aligned(address: number): number {
  return (address + 15) & ~15;
}

function between(scratch: number, scratchBytes: number): number {
  return aligned(scratch + scratchBytes + slack);
}

/** What lies behind the last whole item was not shuffled. */
function copyRest(
  source: Uint8Array,
  target: Uint8Array,
  at: number,
  from: number,
  length: number,
): void {
  if (from < length) target.set(source.subarray(from, length), at + from);
}
