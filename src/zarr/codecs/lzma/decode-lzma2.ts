import { corrupt, type LzmaDecoder, lzmaProperties } from "./lzma-decoder.ts";

/**
 * One LZMA2 stream (xz's format): chunks that are copies or LZMA, each with its lengths, up to a zero byte. Returns
 * where it ended.
 *
 * @throws CorruptChunkError
 */
export function decodeLzma2(
  decoder: LzmaDecoder,
  source: Uint8Array,
  from: number,
  fromEnd: number,
): number {
  let s = from;
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    if (s >= fromEnd) throw corrupt("its end is cut off");
    const control = source[s++]!;
    if (control === 0) return s;
    if (control >= 0xe0 || control === 1) {
      needsDictionary = false;
      decoder.resetDictionary();
    } else if (needsDictionary) {
      throw corrupt("it starts without a dictionary");
    }
    if (control < 0x80) {
      if (control > 2) throw corrupt("a chunk is of no known kind");
      if (fromEnd - s < 2) throw corrupt("its end is cut off");
      const length = ((source[s]! << 8) | source[s + 1]!) + 1;
      s += 2;
      if (length > fromEnd - s) throw corrupt("its end is cut off");
      decoder.copy(source.subarray(s, s + length));
      s += length;
      continue;
    }
    if (fromEnd - s < 5) throw corrupt("its end is cut off");
    const decodedLength = (((control & 31) << 16) | (source[s]! << 8) | source[s + 1]!) + 1;
    const encodedLength = ((source[s + 2]! << 8) | source[s + 3]!) + 1;
    s += 4;
    const reset = (control >> 5) & 3;
    if (reset >= 2) {
      const properties = lzmaProperties(source[s++]!);
      if (properties.lc + properties.lp > 4) throw corrupt("its properties are out of range");
      needsProperties = false;
      decoder.resetState(properties);
    } else if (needsProperties) {
      throw corrupt("it starts without properties");
    } else if (reset === 1) {
      decoder.resetState(decoder.properties);
    }
    if (encodedLength > fromEnd - s) throw corrupt("its end is cut off");
    const targetEnd = decoder.end + decodedLength;
    const end = decoder.decode(source, s, s + encodedLength, targetEnd, false);
    if (end !== s + encodedLength || decoder.end !== targetEnd)
      throw corrupt("a chunk's lengths do not fit");
    s = end;
  }
}
