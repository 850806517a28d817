import { storedItemBytes } from "../../array/data-type.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, requireLength } from "../decoded-length.ts";
import { parseNumpyType } from "../filters/numpy-type.ts";

/** Apple's PackBits (TIFF 6.0, section 9), imagecodecs' `packbits`. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const target = new Uint8Array(capacityOf(length));
  const end = unpackRuns(bytes, 0, bytes.length, target, 0, target.length, "packbits");
  requireLength("packbits", length, end);
  return target.subarray(0, end);
};

/** DICOM's RLE (PS3.5, annex G): a header of 64 bytes, then a PackBits segment for each byte of a sample, the highest first. */
export const dicomDecoder: { decode: BytesToBytesCodec["decode"] } = {
  async decode(bytes, length, { dtype }) {
    const type = parseNumpyType(dtype);
    if (type === undefined) {
      throw new UnsupportedCodecError(
        "imagecodecs_dicomrle",
        `The codec "imagecodecs_dicomrle" has the data type ${JSON.stringify(dtype) ?? "nothing"}.`,
      );
    }
    if (bytes.length < 64) throw new CorruptChunkError("dicomrle: too short to hold a header.");
    const itemBytes = storedItemBytes[type.dataType];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const segments = view.getUint32(0, true);
    if (segments === 0 || segments > 15 || segments % itemBytes !== 0) {
      throw new CorruptChunkError("dicomrle: its segments do not fit its data type.");
    }
    const starts = Array.from({ length: segments }, (_, i) => view.getUint32(4 + 4 * i, true));
    const capacity = capacityOf(length);
    const planeBytes = Math.floor(capacity / segments);
    const target = new Uint8Array(planeBytes * segments);
    const plane = new Uint8Array(planeBytes);
    const samples = segments / itemBytes;
    let decoded = 0;
    for (const [segment, start] of starts.entries()) {
      const end = starts[segment + 1] ?? bytes.length;
      if (start < 64 || end < start || end > bytes.length)
        throw new CorruptChunkError("dicomrle: a segment lies outside.");
      const count = unpackRuns(bytes, start, end, plane, 0, planeBytes, "dicomrle", true);
      if (segment > 0 && count !== decoded)
        throw new CorruptChunkError("dicomrle: its segments differ in length.");
      decoded = count;
      // Planes of samples, each value little-endian in its place.
      const sample = Math.floor(segment / itemBytes);
      const byte = itemBytes - 1 - (segment % itemBytes);
      for (let i = 0; i < count; i++) target[(sample * count + i) * itemBytes + byte] = plane[i]!;
    }
    requireLength("dicomrle", length, decoded * itemBytes * samples);
    return target.subarray(0, decoded * itemBytes * samples);
  },
};

function unpackRuns(
  source: Uint8Array,
  from: number,
  fromEnd: number,
  target: Uint8Array,
  to: number,
  toEnd: number,
  name: string,
  padded = false,
): number {
  let s = from;
  let d = to;
  while (s < fromEnd) {
    // DICOM pads a segment to an even length.
    if (padded && d === toEnd) break;
    const control = source[s++]!;
    if (control === 128) continue;
    const count = control < 128 ? control + 1 : 257 - control;
    if (count > toEnd - d) throw new CorruptChunkError(`${name}: more bytes than were expected.`);
    if (control < 128) {
      if (count > fromEnd - s) throw new CorruptChunkError(`${name}: literals are cut off.`);
      target.set(source.subarray(s, s + count), d);
      s += count;
    } else {
      if (s >= fromEnd) throw new CorruptChunkError(`${name}: a run is cut off.`);
      target.fill(source[s++]!, d, d + count);
    }
    d += count;
  }
  return d;
}
