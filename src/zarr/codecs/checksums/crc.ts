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

/** The CRC of `bytes` by `crcTables`, eight bytes a step. */
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

const byPolynomial = new Map<number, Int32Array>();

function tablesOf(polynomial: number): Int32Array {
  const tables = byPolynomial.get(polynomial) ?? crcTables(polynomial);
  byPolynomial.set(polynomial, tables);
  return tables;
}

/** CRC-32C (Castagnoli, reflected 0x82f63b78). */
export function crc32c(bytes: Uint8Array): number {
  return crcOf(tablesOf(0x82f63b78), bytes);
}

/** CRC-32 of gzip, PNG and xz (reflected 0xedb88320). */
export function crc32(bytes: Uint8Array): number {
  return crcOf(tablesOf(0xedb88320), bytes);
}

/** HDF5's own CRC, which uses the polynomial without reflecting it. */
export function crcOfHdf5(bytes: Uint8Array): number {
  return crcOf(tablesOf(0x04c11db7), bytes);
}
