import { CorruptChunkError } from "./codec.ts";
import type { BytesToBytesCodec } from "./codec-definition.ts";
import { requireLength } from "./decoded-length.ts";

/** `crc32c` (Zarr v3 core): the bytes, then their CRC-32C in 4 bytes, little-endian; numcodecs may put it first. */
export const crc32cCodec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  addedBytes: 4,
  async decode(bytes, length, configuration) {
    const count = bytes.length - 4;
    requireLength("crc32c", length, count);
    if (count < 0) throw new CorruptChunkError("crc32c: too short to hold a checksum.");
    const start = configuration.location === "start" ? 4 : 0;
    const payload = bytes.subarray(start, start + count);
    const at = start === 0 ? count : 0;
    const stored = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
    const counted = crc32c(payload);
    if (stored !== counted) {
      throw new CorruptChunkError(
        `crc32c: the checksum is ${hex(counted)} where ${hex(stored)} is stored.`,
      );
    }
    return payload;
  },
};

/** CRC-32C (Castagnoli, reflected 0x82f63b78) of `bytes`, eight bytes a step. */
export function crc32c(bytes: Uint8Array): number {
  tables ??= crcTables(0x82f63b78);
  return crcOf(tables, bytes);
}

let tables: Int32Array | undefined;

/** Eight tables of 256 for a reflected CRC-32: table k advances a byte over k further zero bytes. */
export function crcTables(polynomial: number): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    table[byte] = crc;
  }
  for (let i = 256; i < table.length; i++) {
    const previous = table[i - 256]!;
    table[i] = (previous >>> 8) ^ table[previous & 255]!;
  }
  return table;
}

/** The CRC of `bytes` by `crcTables`. */
export function crcOf(t: Int32Array, bytes: Uint8Array): number {
  const end = bytes.length;
  const end8 = end - 7;
  let crc = -1;
  let i = 0;
  for (; i < end8; i += 8) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    crc =
      t[1792 + (crc & 255)]! ^
      t[1536 + ((crc >>> 8) & 255)]! ^
      t[1280 + ((crc >>> 16) & 255)]! ^
      t[1024 + (crc >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!;
  }
  for (; i < end; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]!) & 255]!;
  return ~crc >>> 0;
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
