import { storedItemBytes } from "../../array/data-type.ts";
import type { JsonObject } from "../../json.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { parseNumpyType } from "../filters/numpy-type.ts";

type Decoder = { readonly decode: BytesToBytesCodec["decode"] };

/** imagecodecs' `packints`: unsigned integers of 1 to 32 bits; each run of `runlen` begins with a byte of its own. */
export const packedIntegersDecoder: Decoder = {
  async decode(bytes, length, configuration) {
    const { bits, itemBytes, runLength, lowestFirst } = packing(configuration);
    const capacity = Math.floor(capacityOf(length) / itemBytes);
    const runItems = runLength === 0 ? capacity : runLength;
    const target = new DataView(new ArrayBuffer(capacity * itemBytes));
    let count = 0;
    let s = 0;
    while (count < capacity && s < bytes.length) {
      const items = Math.min(
        runItems,
        capacity - count,
        Math.floor(((bytes.length - s) * 8) / bits),
      );
      if (items === 0) break;
      for (let item = 0, bit = 0; item < items; item++, count++, bit += bits) {
        store(target, count, itemBytes, takeBits(bytes, s, bit, bits, lowestFirst));
      }
      s += Math.ceil((items * bits) / 8);
    }
    if (s !== bytes.length) throw new CorruptChunkError("packints: bytes are left over.");
    requireLength("packints", length, count * itemBytes);
    return new Uint8Array(target.buffer, 0, count * itemBytes);
  },
};

/** imagecodecs' `bitorder`: the bits of each byte were reversed. */
export const bitorderDecoder: Decoder = {
  async decode(bytes, length) {
    requireLength("bitorder", length, bytes.length);
    return bytes.map((byte) => {
      const pairs = ((byte & 0x55) << 1) | ((byte >> 1) & 0x55);
      const fours = ((pairs & 0x33) << 2) | ((pairs >> 2) & 0x33);
      return ((fours & 15) << 4) | (fours >> 4);
    });
  },
};

function takeBits(
  bytes: Uint8Array,
  start: number,
  bit: number,
  bits: number,
  lowestFirst: boolean,
): number {
  let value = 0;
  for (let k = 0; k < bits; k++) {
    const at = bit + k;
    const byte = bytes[start + (at >> 3)]!;
    if (lowestFirst) value += ((byte >> (at & 7)) & 1) * 2 ** k;
    else value = value * 2 + ((byte >> (7 - (at & 7))) & 1);
  }
  return value;
}

function store(target: DataView, index: number, itemBytes: number, value: number): void {
  if (itemBytes === 1) target.setUint8(index, value);
  else if (itemBytes === 2) target.setUint16(2 * index, value, true);
  else target.setUint32(4 * index, value, true);
}

function packing({ dtype, bitspersample, bitorder, runlen = 0 }: JsonObject) {
  const type = parseNumpyType(dtype);
  const itemBytes = type ? storedItemBytes[type.dataType] : 0;
  const valid =
    type?.endian !== "big" &&
    itemBytes > 0 &&
    itemBytes <= 4 &&
    typeof bitspersample === "number" &&
    Number.isInteger(bitspersample) &&
    bitspersample > 0 &&
    bitspersample <= 8 * itemBytes &&
    typeof runlen === "number" &&
    Number.isSafeInteger(runlen) &&
    runlen >= 0;
  if (!valid) {
    throw new UnsupportedCodecError(
      "imagecodecs_packints",
      `The codec "imagecodecs_packints" has ${JSON.stringify(bitspersample)} bits of ${JSON.stringify(dtype)}.`,
    );
  }
  return { bits: bitspersample, itemBytes, runLength: runlen, lowestFirst: bitorder === "<" };
}
