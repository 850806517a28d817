import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import type { ZstdHeap } from "./zstddec-heap.ts";

/** Decodes ranges by one zstddec instance, whose input and output buffers are kept from call to call. */
export type ZstdDecoder = {
  /** All frames of `bytes`. @throws CorruptChunkError */
  decode(bytes: Uint8Array<ArrayBuffer>, length: DecodedLength): Uint8Array<ArrayBuffer>;
  /** Fills `dst[to, toEnd)` exactly from the frames in `src[from, fromEnd)`. @throws CorruptChunkError */
  decodeBlock(
    src: Uint8Array,
    from: number,
    fromEnd: number,
    dst: Uint8Array,
    to: number,
    toEnd: number,
  ): void;
};

export function zstddecDecoder(heap: ZstdHeap): ZstdDecoder {
  const input = growingBuffer(heap);
  const output = growingBuffer(heap);

  /** The decoded bytes as a view of the heap, valid until the next call. */
  const run = (bytes: Uint8Array, length: DecodedLength): Uint8Array => {
    const capacity = capacityOf(length);
    // Both addresses first: growing the memory detaches every view of it.
    const from = input(bytes.length);
    const to = output(capacity);
    new Uint8Array(heap.memory.buffer, from, bytes.length).set(bytes);
    const claimed = heap.contentSize(from, bytes.length);
    if (claimed === -2n) throw new CorruptChunkError("zstd: its frames are damaged.");
    if (claimed >= 0n) requireLength("zstd", length, Number(claimed));
    const decoded = heap.decompress(to, capacity, from, bytes.length);
    if (heap.isError(decoded)) {
      throw new CorruptChunkError(`zstd: the frame cannot be decoded (error ${-(decoded | 0)}).`);
    }
    requireLength("zstd", length, decoded);
    return new Uint8Array(heap.memory.buffer, to, decoded);
  };

  return {
    decode: (bytes, length) => new Uint8Array(run(bytes, length)),
    decodeBlock(src, from, fromEnd, dst, to, toEnd) {
      const length: DecodedLength = { kind: "exact", lengths: [toEnd - to] };
      dst.set(run(src.subarray(from, fromEnd), length), to);
    },
  };
}

/** Address of a buffer of at least so many bytes; WebAssembly memory never shrinks, so the largest one is kept. */
function growingBuffer(heap: ZstdHeap): (bytes: number) => number {
  let address = 0;
  let size = 0;
  return (bytes) => {
    if (bytes <= size) return address;
    heap.free(address);
    address = 0;
    size = 0;
    const wanted = Math.max(bytes, 1 << 16);
    address = heap.malloc(wanted);
    if (address === 0) {
      throw new UnsupportedCodecError(
        "zstd",
        `A zstd chunk of ${bytes} bytes is more than can be decoded here.`,
      );
    }
    size = wanted;
    return address;
  };
}
