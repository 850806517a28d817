import type { CodecDefinition } from "./codec-definition.ts";

type CodecKind = CodecDefinition["kind"];

/**
 * Kinds of codecs that are registered or written in the wild, but not read here. Knowing the kind lets a chain be
 * put in order, so that the message names the codec that is missing instead of a broken order.
 */
export const kindOfUnreadCodec: ReadonlyMap<string, CodecKind> = new Map<string, CodecKind>([
  // Strings and objects: no pixels. Their values are read by `objects/`.
  ...kind("array-to-bytes", [
    "vlen-bytes",
    "vlen-utf8",
    "vlen-array",
    "zarrs.vlen",
    "zarrs.vlen_v2",
  ]),
  ...kind("array-to-bytes", [
    "numcodecs.vlen-bytes",
    "numcodecs.vlen-utf8",
    "numcodecs.vlen-array",
  ]),
  ...kind("array-to-bytes", ["numcodecs.json2", "numcodecs.json", "numcodecs.msgpack2"]),
  ...kind("array-to-bytes", ["numcodecs.categorize", "numcodecs.pickle"]),
  // No decoder on npm that could be used.
  ...kind("array-to-bytes", ["zfp", "numcodecs.zfpy", "numcodecs.pcodec", "imagecodecs_zfp"]),
  ...kind("array-to-bytes", ["imagecodecs_pcodec"]),
  ...kind("bytes-to-bytes", ["zarrs.gdeflate", "zarrs.optional"]),
]);

function kind(codecKind: CodecKind, names: readonly string[]): [string, CodecKind][] {
  return names.map((name) => [name, codecKind]);
}
