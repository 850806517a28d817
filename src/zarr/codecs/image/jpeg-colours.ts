import type { JsonValue } from "../../json.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Adobe's APP14 segment, which decides over the colours of three components: 0 as they are, 1 YCbCr. */
function adobeSegment(transform: 0 | 1): Bytes {
  return Uint8Array.of(
    0xff,
    0xee,
    0,
    14,
    ...[..."Adobe"].map((letter) => letter.charCodeAt(0)),
    0,
    100,
    0,
    0,
    0,
    0,
    transform,
  );
}

/** libjpeg's numbers and imagecodecs' words for colour spaces. */
const names: ReadonlyMap<string, "gray" | "rgb" | "ycbcr"> = new Map([
  ["1", "gray"],
  ["GRAYSCALE", "gray"],
  ["MINISBLACK", "gray"],
  ["2", "rgb"],
  ["RGB", "rgb"],
  ["3", "ycbcr"],
  ["YCBCR", "ycbcr"],
]);

/**
 * Where the configuration says what the three components are, and the image need not: a segment that says so, put
 * behind the image's first marker. Colours are changed from YCbCr to RGB, or not at all.
 *
 * @throws UnsupportedCodecError for other conversions
 */
export function withColours(
  bytes: Bytes,
  stored: JsonValue | undefined,
  wanted: JsonValue | undefined,
): Bytes {
  const from = colourSpace(stored);
  const to = colourSpace(wanted);
  if (from === undefined || from === "gray") return bytes;
  const isPlain = to === from || (to === undefined && from === "rgb");
  if (!isPlain && !(from === "ycbcr" && (to === "rgb" || to === undefined)))
    throw unsupported(stored, wanted);
  return insertBehindStart(bytes, adobeSegment(isPlain ? 0 : 1));
}

/** Tables that TIFF keeps apart (`tables`, an image without data), and a header that was cut off (`header`), in base64. */
export function withTables(
  bytes: Bytes,
  tables: JsonValue | undefined,
  header: JsonValue | undefined,
): Bytes {
  let image = bytes;
  if (typeof header === "string")
    image = concat([fromBase64(header), image, Uint8Array.of(0xff, 0xd9)]);
  if (typeof tables !== "string") return image;
  const stored = fromBase64(tables);
  const end = stored.length;
  if (stored[0] !== 0xff || stored[1] !== 0xd8) throw unsupported(tables, undefined);
  const body =
    stored[end - 2] === 0xff && stored[end - 1] === 0xd9
      ? stored.subarray(2, end - 2)
      : stored.subarray(2);
  return insertBehindStart(image, body);
}

function insertBehindStart(bytes: Bytes, segment: Bytes): Bytes {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8)
    throw new CorruptChunkError("jpeg: no image begins here.");
  return concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]);
}

function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromBase64(text: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw unsupported("tables that are no base64", undefined);
  }
}

function colourSpace(value: JsonValue | undefined) {
  if (value === undefined || value === null) return undefined;
  const name = names.get(String(value).toUpperCase());
  if (name === undefined) throw unsupported(value, undefined);
  return name;
}

function unsupported(
  from: JsonValue | undefined,
  to: JsonValue | undefined,
): UnsupportedCodecError {
  const shown = [from, to]
    .map((value) => (JSON.stringify(value) ?? "default").slice(0, 40))
    .join(" to ");
  return new UnsupportedCodecError(
    "imagecodecs_jpeg",
    `The codec "imagecodecs_jpeg" has the colours ${shown}, which are not read.`,
  );
}
