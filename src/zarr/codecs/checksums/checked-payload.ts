import { ChecksumMismatchError, CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { type DecodedLength, requireLength } from "../decoded-length.ts";

/** Where the four bytes stand, and in which order. */
export type ChecksumPlace = { readonly atStart: boolean; readonly littleEndian: boolean };

/**
 * Strips and verifies a checksum of 4 bytes.
 *
 * @param name of the codec, for messages
 * @throws CorruptChunkError; ChecksumMismatchError where only the checksum is wrong
 */
export function checkedPayload(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
  { atStart, littleEndian }: ChecksumPlace,
  checksumOf: (payload: Uint8Array<ArrayBuffer>) => number,
): Uint8Array<ArrayBuffer> {
  const count = bytes.length - 4;
  if (count < 0) throw new CorruptChunkError(`${name}: too short to hold a checksum.`);
  requireLength(name, length, count);
  const payload = bytes.subarray(atStart ? 4 : 0, atStart ? bytes.length : count);
  const stored = new DataView(bytes.buffer, bytes.byteOffset + (atStart ? 0 : count), 4).getUint32(
    0,
    littleEndian,
  );
  const counted = checksumOf(payload);
  if (stored !== counted) {
    throw new ChecksumMismatchError(
      `${name}: the checksum is ${hex(counted)} where ${hex(stored)} is stored.`,
      payload,
    );
  }
  return payload;
}

/** numcodecs' `location`. @throws UnsupportedCodecError */
export function isAtStart(name: string, location: unknown, usual: "start" | "end"): boolean {
  const place = location ?? usual;
  if (place === "start" || place === "end") return place === "start";
  throw new UnsupportedCodecError(
    name,
    `The codec "${name}" has its checksum at ${JSON.stringify(location)}.`,
  );
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
