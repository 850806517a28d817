import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { HeaderReader } from "./image-size.ts";

const ratios: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** Reads the size header of a JPEG XL codestream, bare or in its container (ISO 18181-1, D.2; 18181-2, 9). @throws CorruptChunkError */
export function readJpegxlSize(bytes: Uint8Array<ArrayBuffer>): { width: number; height: number } {
  const start = codestreamStart(bytes);
  if (bytes[start] !== 0xff || bytes[start + 1] !== 0x0a)
    throw corrupt("no codestream begins here");
  let bit = (start + 2) * 8;
  const take = (count: number): number => {
    let value = 0;
    for (let k = 0; k < count; k++, bit++) {
      const byte = bytes[bit >> 3];
      if (byte === undefined) throw corrupt("its header is cut off");
      value += ((byte >> (bit & 7)) & 1) * 2 ** k;
    }
    return value;
  };
  const takeSize = () => 1 + take([9, 13, 18, 30][take(2)]!);
  const isSmall = take(1) === 1;
  const height = isSmall ? 8 * (take(5) + 1) : takeSize();
  const ratio = take(3);
  const [across, down] = ratios[ratio]!;
  const width =
    ratio > 0 ? Math.floor((height * across) / down) : isSmall ? 8 * (take(5) + 1) : takeSize();
  refuseFloats(take);
  return { width, height };
}

/** Where nothing out of the ordinary comes before it, the kind of samples is told from the image's metadata. */
function refuseFloats(take: (bits: number) => number): void {
  const isDefault = take(1) === 1;
  if (isDefault || take(1) === 1 || take(1) === 0) return;
  throw new UnsupportedCodecError(
    "imagecodecs_jpegxl",
    'The codec "imagecodecs_jpegxl" has floats as samples; 8 and 16 bits are read.',
  );
}

function codestreamStart(bytes: Uint8Array<ArrayBuffer>): number {
  if (bytes[0] !== 0) return 0;
  const reader = new HeaderReader("jpegxl", bytes);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const short = reader.uint32();
    const type = reader.uint32();
    const length = short === 1 ? reader.uint64() : short;
    if (type === 0x6a786c63) return reader.at;
    if (type === 0x6a786c70) return reader.at + 4;
    if (length < 8) break;
    reader.at = start + length;
  }
  throw corrupt("there is no codestream in its container");
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`jpegxl: ${reason}.`);
}
