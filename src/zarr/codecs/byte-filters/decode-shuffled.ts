import { unshuffleBits } from "../blosc/unshuffle-bits.ts";
import { unshuffleBytes } from "../blosc/unshuffle-bytes.ts";
import { UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

/** numcodecs' `shuffle` (HDF5's filter): all first bytes of the items, then all second bytes … */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, { elementsize = 4 }) => {
  requireLength("shuffle", length, bytes.length);
  const itemBytes = itemSize("shuffle", elementsize);
  if (itemBytes <= 1) return bytes;
  const target = new Uint8Array(bytes.length);
  unshuffleBytes(bytes, target, 0, bytes.length, itemBytes);
  return target;
};

/** What the bitshuffle library makes blocks of: about 8 KiB, of a multiple of 8 items, 128 at least. */
const blockTarget = 8192;

/** imagecodecs' `bitshuffle`: blocks of 8·n items, the last items that fill no eight are as they were. */
export const bitshuffleDecoder: { decode: BytesToBytesCodec["decode"] } = {
  async decode(bytes, length, { itemsize = 1, blocksize = 0 }) {
    requireLength("bitshuffle", length, bytes.length);
    const itemBytes = itemSize("imagecodecs_bitshuffle", itemsize);
    const wanted = itemSize("imagecodecs_bitshuffle", blocksize);
    const usual = Math.max(128, Math.floor(blockTarget / itemBytes / 8) * 8);
    const blockItems = wanted === 0 ? usual : wanted;
    if (blockItems % 8 !== 0 || itemBytes === 0) throw badSize("imagecodecs_bitshuffle", blocksize);
    const target = new Uint8Array(bytes.length);
    const blockBytes = blockItems * itemBytes;
    let at = 0;
    for (; at + blockBytes <= bytes.length; at += blockBytes) {
      unshuffleBits(bytes.subarray(at), target, at, blockBytes, itemBytes);
    }
    const lastBytes = Math.floor((bytes.length - at) / itemBytes / 8) * 8 * itemBytes;
    unshuffleBits(bytes.subarray(at), target, at, lastBytes, itemBytes);
    at += lastBytes;
    target.set(bytes.subarray(at), at);
    return target;
  },
};

function itemSize(codec: string, size: unknown): number {
  if (size === null) return 0;
  if (typeof size === "number" && Number.isSafeInteger(size) && size >= 0 && size <= 2 ** 20)
    return size;
  throw badSize(codec, size);
}

function badSize(codec: string, size: unknown): UnsupportedCodecError {
  return new UnsupportedCodecError(
    codec,
    `The codec "${codec}" has items of ${JSON.stringify(size)} bytes.`,
  );
}
