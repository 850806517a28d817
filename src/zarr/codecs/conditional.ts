import type { JsonObject } from "../json.ts";
import { type CodecSpec, CorruptChunkError, UnsupportedCodecError } from "./codec.ts";
import type { BytesToBytesCodec } from "./codec-definition.ts";
import { type DecodedLength, encodedLengthBy } from "./decoded-length.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { bytesToBytesCodec } from "./registry.ts";

/** `conditional` (registered extension): a header of bits, lowest first, says which of the listed codecs were applied. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, configuration) => {
  const codecs = listedCodecs(configuration);
  const headerBytes = headerLength(configuration, codecs.length);
  if (bytes.length < headerBytes)
    throw new CorruptChunkError("conditional: its header is cut off.");
  for (let bit = codecs.length; bit < 8 * headerBytes; bit++) {
    if (isApplied(bytes, bit))
      throw new CorruptChunkError(`conditional: bit ${bit} is for no codec.`);
  }
  const applied = codecs.filter((_, bit) => isApplied(bytes, bit));
  let decoded: Uint8Array<ArrayBuffer> = bytes.slice(headerBytes);
  for (let i = applied.length - 1; i >= 0; i--) {
    const spec = applied[i]!;
    const definition = bytesToBytesCodec(spec);
    decoded = await definition.decode(
      decoded,
      lengthBefore(applied, i, length),
      spec.configuration,
    );
  }
  return decoded;
};

/** What codec `at` was given. */
function lengthBefore(
  applied: readonly CodecSpec[],
  at: number,
  length: DecodedLength,
): DecodedLength {
  return applied
    .slice(0, at)
    .reduce((before, spec) => encodedLengthBy(bytesToBytesCodec(spec), before), length);
}

function listedCodecs({ codecs }: JsonObject): readonly CodecSpec[] {
  if (!Array.isArray(codecs) || codecs.length === 0) throw unsupported("no list of codecs");
  // Read as a chain, so that names, aliases and order are judged as everywhere.
  return parseCodecChain(["bytes", ...codecs], "conditional/codecs").bytesToBytes;
}

function headerLength({ header_bits }: JsonObject, count: number): number {
  const bits = header_bits ?? Math.ceil(count / 8) * 8;
  if (typeof bits === "number" && bits % 8 === 0 && bits >= count && bits <= 4096) return bits / 8;
  throw unsupported(`${JSON.stringify(header_bits)} header bits`);
}

function isApplied(bytes: Uint8Array, bit: number): boolean {
  return ((bytes[bit >> 3]! >> (bit & 7)) & 1) === 1;
}

function unsupported(what: string): UnsupportedCodecError {
  return new UnsupportedCodecError("conditional", `The codec "conditional" has ${what}.`);
}
