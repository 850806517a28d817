import { type DataType, type ElementArray, storedItemBytes } from "../array/data-type.ts";

const nativeIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Stored bytes → decoded elements in native order; `bytes.length` is a multiple of the item's size.
 * The result owns a buffer of exactly its length, so that it can be transferred: the buffer of `bytes` itself
 * where nothing had to be changed.
 */
export function elementsFromBytes(
  bytes: Uint8Array<ArrayBuffer>,
  dataType: DataType,
  littleEndian: boolean,
): ElementArray {
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  const swap = littleEndian !== nativeIsLittleEndian && storedItemBytes[dataType] > 1;
  const own = swap ? swapped(bytes, storedItemBytes[dataType]) : whole ? bytes : bytes.slice();
  const { buffer } = own;
  switch (dataType) {
    case "bool":
      return zeroOrOne(own);
    case "uint8":
      return own;
    case "int8":
      return new Int8Array(buffer);
    case "int16":
      return new Int16Array(buffer);
    case "uint16":
      return new Uint16Array(buffer);
    case "int32":
      return new Int32Array(buffer);
    case "uint32":
      return new Uint32Array(buffer);
    case "int64":
      return new BigInt64Array(buffer);
    case "uint64":
      return new BigUint64Array(buffer);
    case "float16":
      return widenFloat16(new Uint16Array(buffer));
    case "float32":
      return new Float32Array(buffer);
    case "float64":
      return new Float64Array(buffer);
  }
}

/** A copy with the bytes of each item reversed; `bytes` stays as it is. */
function swapped(bytes: Uint8Array<ArrayBuffer>, itemBytes: number): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes.slice();
  if (itemBytes === 2) {
    const items = new Uint16Array(buffer);
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!;
      items[i] = (item << 8) | (item >>> 8);
    }
    return new Uint8Array(buffer);
  }
  const words = new Uint32Array(buffer);
  for (let i = 0; i < words.length; i++) words[i] = reverseWord(words[i]!);
  if (itemBytes === 8) {
    for (let i = 0; i < words.length; i += 2) {
      const word = words[i]!;
      words[i] = words[i + 1]!;
      words[i + 1] = word;
    }
  }
  return new Uint8Array(buffer);
}

function reverseWord(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

/** Writers store true as any non-zero byte (Z3-10). */
function zeroOrOne(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.every((byte) => byte <= 1) ? bytes : bytes.map((byte) => (byte === 0 ? 0 : 1));
}

let float32FromFloat16: Float32Array | undefined;

/** Exact: every half is a float32. By table, since 65536 entries cost less than the bit work per element. */
function widenFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  float32FromFloat16 ??= float16Table();
  const table = float32FromFloat16;
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = table[halves[i]!]!;
  return floats;
}

function float16Table(): Float32Array {
  return Float32Array.from({ length: 65536 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
