import type { JsonObject, JsonValue } from "../../json.ts";
import { ChecksumMismatchError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { acceptsLength, capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import { decodeLzma2 } from "./decode-lzma2.ts";
import { decodeXz, isXz } from "./decode-xz.ts";
import { corrupt, LzmaDecoder, type LzmaProperties, lzmaProperties } from "./lzma-decoder.ts";
import { undoByteDelta } from "./undo-delta.ts";

/** Python's `lzma.FORMAT_RAW`: no header at all, the filters are in the configuration. */
const rawFormat = 3;
const deltaId = 3;
const lzma2Id = 0x21;
/** 0x4000000000000001, as near as a number gets. */
const lzma1Id = 2 ** 62;

/** numcodecs' `lzma`: xz, "alone" (.lzma) or raw streams (ZA-03). @throws CorruptChunkError, UnsupportedCodecError */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, configuration) => {
  const target = new Uint8Array(capacityOf(length));
  if (configuration.format === rawFormat) {
    const end = decodeRaw(bytes, target, configuration);
    requireLength("lzma", length, end);
    return target.subarray(0, end);
  }
  if (!isXz(bytes)) {
    const end = decodeAlone(bytes, target, length);
    requireLength("lzma", length, end);
    return target.subarray(0, end);
  }
  const { end, fits } = decodeXz(bytes, target);
  requireLength("lzma", length, end);
  const decoded = target.subarray(0, end);
  if (!fits) throw new ChecksumMismatchError("lzma: a checksum does not fit.", decoded);
  return decoded;
};

/** A header of 13 bytes: properties, dictionary size (the output is the dictionary), decoded length or −1. */
function decodeAlone(bytes: Uint8Array, target: Uint8Array, length: DecodedLength): number {
  if (bytes.length < 18) throw corrupt("too short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = view.getBigInt64(5, true);
  if (size !== -1n && !acceptsLength(length, Number(size)))
    throw corrupt(`it claims ${size} bytes`);
  const decoder = new LzmaDecoder(target, 0);
  decoder.resetState(lzmaProperties(bytes[0]!));
  const targetEnd = size === -1n ? target.length : Number(size);
  const end = decoder.decode(bytes, 13, bytes.length, targetEnd, true);
  if (end !== bytes.length) throw corrupt("bytes are left over");
  return decoder.end;
}

function decodeRaw(bytes: Uint8Array, target: Uint8Array, { filters }: JsonObject): number {
  const list = Array.isArray(filters) ? filters.map(filterOf) : [];
  const last = list.pop();
  if (last === undefined) throw unsupported(filters);
  const decoder = new LzmaDecoder(target, 0);
  let end: number;
  if (last.id === lzma2Id) {
    end = decodeLzma2(decoder, bytes, 0, bytes.length);
  } else if (last.id === lzma1Id) {
    decoder.resetState(propertiesOf(last));
    end = decoder.decode(bytes, 0, bytes.length, target.length, true);
  } else {
    throw unsupported(filters);
  }
  if (end !== bytes.length) throw corrupt("bytes are left over");
  for (const { id, dist = 1 } of list.reverse()) {
    if (id !== deltaId || typeof dist !== "number" || dist < 1 || dist > 256)
      throw unsupported(filters);
    undoByteDelta(target.subarray(0, decoder.end), dist);
  }
  return decoder.end;
}

/** Python's defaults, of every preset. */
function propertiesOf({ lc = 3, lp = 0, pb = 2 }: JsonObject): LzmaProperties {
  const inRange = (value: JsonValue, most: number): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
  if (inRange(lc, 8) && inRange(lp, 4) && inRange(pb, 4)) return { lc, lp, pb };
  throw unsupported([lc, lp, pb]);
}

function filterOf(filter: JsonValue): JsonObject {
  if (typeof filter === "object" && filter !== null && !Array.isArray(filter)) return filter;
  throw unsupported(filter);
}

function unsupported(filters: JsonValue | undefined): UnsupportedCodecError {
  const shown = (JSON.stringify(filters) ?? "none").slice(0, 80);
  return new UnsupportedCodecError(
    "lzma",
    `The codec "lzma" has the filters ${shown}, which are not read.`,
  );
}
