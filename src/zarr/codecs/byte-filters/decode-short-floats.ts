import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

type Decoder = { readonly decode: BytesToBytesCodec["decode"] };

/** imagecodecs' `bfloat16`: the upper halves of float32 numbers. */
export const bfloat16Decoder: Decoder = {
  async decode(bytes, length, { byteorder }) {
    if (bytes.length % 2 !== 0)
      throw new CorruptChunkError("bfloat16: half a number is left over.");
    const count = bytes.length / 2;
    requireLength("bfloat16", length, 4 * count);
    const stored = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const target = new DataView(new ArrayBuffer(4 * count));
    const littleEndian = isLittleEndian("imagecodecs_bfloat16", byteorder);
    for (let i = 0; i < count; i++)
      target.setUint16(4 * i + 2, stored.getUint16(2 * i, littleEndian), true);
    return new Uint8Array(target.buffer);
  },
};

/** imagecodecs' `float24` (TIFF): a sign, 7 bits of exponent, 16 of fraction; widened to float32. */
export const float24Decoder: Decoder = {
  async decode(bytes, length, { byteorder }) {
    if (bytes.length % 3 !== 0)
      throw new CorruptChunkError("float24: part of a number is left over.");
    const count = bytes.length / 3;
    requireLength("float24", length, 4 * count);
    const littleEndian = isLittleEndian("imagecodecs_float24", byteorder);
    const target = new DataView(new ArrayBuffer(4 * count));
    for (let i = 0; i < count; i++) {
      const [first, middle, last] = [bytes[3 * i]!, bytes[3 * i + 1]!, bytes[3 * i + 2]!];
      const bits = littleEndian
        ? (last << 16) | (middle << 8) | first
        : (first << 16) | (middle << 8) | last;
      target.setFloat32(4 * i, floatOf(bits), true);
    }
    return new Uint8Array(target.buffer);
  },
};

function floatOf(bits: number): number {
  const sign = bits & 0x800000 ? -1 : 1;
  const exponent = (bits >>> 16) & 0x7f;
  const fraction = bits & 0xffff;
  if (exponent === 0x7f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -78;
  return sign * (1 + fraction / 65536) * 2 ** (exponent - 63);
}

/** "=" and nothing are the writer's own order, which is little-endian wherever imagecodecs runs. */
function isLittleEndian(codec: string, byteorder: unknown): boolean {
  if (byteorder === undefined || byteorder === null || byteorder === "=" || byteorder === "<")
    return true;
  if (byteorder === ">") return false;
  throw new UnsupportedCodecError(
    codec,
    `The codec "${codec}" has the byte order ${JSON.stringify(byteorder)}.`,
  );
}
