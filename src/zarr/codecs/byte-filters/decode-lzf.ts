import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { copyMatch } from "../lz4/decode-lz4-block.ts";

/** imagecodecs' `lzf`: LibLZF's stream, after the decoded length in 4 little-endian bytes unless `header` is false. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, { header = true }) => {
  let s = 0;
  if (header !== false) {
    if (bytes.length < 4) throw corrupt("too short to hold a header");
    requireLength(
      "lzf",
      length,
      new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true),
    );
    s = 4;
  }
  const target = new Uint8Array(capacityOf(length));
  let d = 0;
  while (s < bytes.length) {
    const control = bytes[s++]!;
    if (control < 32) {
      const count = control + 1;
      if (count > bytes.length - s) throw corrupt("literals are cut off");
      if (count > target.length - d) throw corrupt("more bytes than were expected");
      target.set(bytes.subarray(s, s + count), d);
      s += count;
      d += count;
      continue;
    }
    let count = (control >>> 5) + 2;
    if (count === 9) count += bytes[s++] ?? 0;
    if (s >= bytes.length) throw corrupt("a distance is cut off");
    const distance = ((control & 31) << 8) + bytes[s++]! + 1;
    if (distance > d) throw corrupt("a distance leaves the data");
    if (count > target.length - d) throw corrupt("more bytes than were expected");
    d = copyMatch(target, d, distance, count);
  }
  requireLength("lzf", length, d);
  return target.subarray(0, d);
};

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`lzf: ${reason}.`);
}
