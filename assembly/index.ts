// The inner loops of Blosc, LZ4, gzip and zlib, in AssemblyScript. Callers lay out the memory from __heap_base on.
export { blosclz } from "./blosclz";
export { adler32, crc32 } from "./checksums";
export { inflate, inflatedSourceEnd, inflatedTargetEnd } from "./inflate";
export { lz4 } from "./lz4";
export { unshuffle } from "./unshuffle";
export { unshuffleBits } from "./unshuffle-bits";

/** Where the memory begins that callers lay out. */
export function heapBase(): usize {
  return __heap_base;
}
