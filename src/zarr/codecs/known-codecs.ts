import type { CodecDefinition } from "./codec-definition.ts";

type CodecKind = CodecDefinition["kind"];

/**
 * Kinds of codecs that are registered or written in the wild, but not read here. Knowing the kind lets a chain be
 * put in order, so that the message names the codec that is missing instead of a broken order.
 */
export const kindOfUnreadCodec: ReadonlyMap<string, CodecKind> = new Map<string, CodecKind>([
  ...kind("array-to-array", ["bitround", "cast_value", "reshape", "scale_offset", "zarrs.squeeze"]),
  ...kind("array-to-array", ["numcodecs.astype", "numcodecs.bitround", "numcodecs.delta"]),
  ...kind("array-to-array", ["numcodecs.fixedscaleoffset", "numcodecs.packbits"]),
  ...kind("array-to-array", ["numcodecs.quantize"]),
  ...kind("array-to-bytes", ["packbits", "vlen-bytes", "vlen-utf8", "zfp", "zarrs.vlen"]),
  ...kind("array-to-bytes", ["n5_default", "numcodecs.pcodec", "numcodecs.zfpy"]),
  ...kind("bytes-to-bytes", ["bz2", "numcodecs.bz2", "numcodecs.lzma", "numcodecs.shuffle"]),
  ...kind("bytes-to-bytes", ["numcodecs.adler32", "numcodecs.crc32", "numcodecs.fletcher32"]),
  ...kind("bytes-to-bytes", ["numcodecs.jenkins_lookup3", "conditional", "zarrs.gdeflate"]),
]);

function kind(codecKind: CodecKind, names: readonly string[]): [string, CodecKind][] {
  return names.map((name) => [name, codecKind]);
}
