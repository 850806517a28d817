import { CorruptChunkError } from "../codec.ts";
import { capacityOf, type DecodedLength } from "../decoded-length.ts";

/**
 * Refuses a first frame that claims more than what is expected (RFC 8878, 3.1.1), for decoders that allocate by that
 * claim. Further frames may follow, so less is not refused here.
 *
 * @throws CorruptChunkError
 */
export function checkFrameHeader(bytes: Uint8Array<ArrayBuffer>, length: DecodedLength): void {
  const size = firstContentSize(bytes);
  if (size !== undefined && size > capacityOf(length)) {
    throw new CorruptChunkError(`zstd: its frame claims ${size} bytes, not ${capacityOf(length)}.`);
  }
}

function firstContentSize(bytes: Uint8Array<ArrayBuffer>): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 5) throw new CorruptChunkError("zstd: too short to hold a frame.");
  const magic = view.getUint32(0, true);
  if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) return undefined;
  if (magic !== 0xfd2fb528) throw new CorruptChunkError("zstd: no frame begins here.");
  const descriptor = view.getUint8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >>> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const at = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  if (at + sizeBytes > bytes.length) throw new CorruptChunkError("zstd: its header is cut off.");
  switch (sizeBytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return Number(view.getBigUint64(at, true));
    default:
      return undefined;
  }
}
