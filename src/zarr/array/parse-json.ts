import type { JsonValue } from "../json.ts";
import { MetadataError, type Problem } from "../problem.ts";
import { JsonReader, JsonSyntaxError, maxJsonDepth } from "./json-reader.ts";

/** A parsed document. Structured-clonable: large ones come from a worker. */
export type JsonParseResult = {
  /** Bare NaN and Infinity are such numbers here. */
  readonly value: JsonValue;
  /**
   * Integers that a number cannot hold, by JSON pointer (RFC 6901), e.g. "/fill_value"; in `value` they are rounded.
   */
  readonly exactIntegers: ReadonlyMap<string, bigint>;
  readonly problems: readonly Problem[];
};

/** Longer documents are refused unread. */
export const maxJsonBytes = 128 * 2 ** 20;

/**
 * Parses a metadata document. Tolerates what writers really produce: a byte order mark, bare NaN, Infinity and -Infinity (noted
 * as a problem). A key "__proto__" is a key like any other; it never becomes a prototype.
 *
 * @param where name of the document for messages, e.g. "0/.zarray"
 * @throws MetadataError if it is not JSON, nested too deeply, too long, or not UTF-8
 */
export function parseJson(bytes: Uint8Array, where = ""): JsonParseResult {
  if (bytes.byteLength > maxJsonBytes) {
    throw refused(where, `at most ${maxJsonBytes} bytes`, `${bytes.byteLength} bytes`);
  }
  const text = decodeUtf8(bytes, where);
  return parseNatively(text) ?? parseTolerantly(text, where);
}

/** An integer of 16 digits or more, maybe inside a string. */
const longInteger = /[\s:,[-]\d{16,}(?![\d.eE])/;

/** Most documents are plain JSON without large integers; the platform's parser is several times faster than ours. */
function parseNatively(text: string): JsonParseResult | undefined {
  if (longInteger.test(text)) return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    if (depthOf(value, maxJsonDepth) > maxJsonDepth) return undefined;
    return { value, exactIntegers: new Map(), problems: [] };
  } catch {
    return undefined;
  }
}

function parseTolerantly(text: string, where: string): JsonParseResult {
  const reader = new JsonReader(text);
  try {
    const value = reader.read();
    const [first] = reader.bareNumbers;
    if (first === undefined) return { value, exactIntegers: reader.exactIntegers, problems: [] };
    const problem: Problem = {
      code: "Z2-10",
      severity: "info",
      path: `${where}#${first}`,
      expected: "JSON, which has no NaN and no Infinity",
      received: `${reader.bareNumbers.length} of them; read as numbers`,
    };
    return { value, exactIntegers: reader.exactIntegers, problems: [problem] };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw refused(where, error.expected, error.received, error);
  }
}

function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    // Drops a byte order mark.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused(where, "text in UTF-8", "other bytes", cause);
  }
}

function depthOf(value: JsonValue, limit: number): number {
  if (value === null || typeof value !== "object") return 0;
  if (limit < 0) return 1;
  let deepest = 0;
  for (const child of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(child, limit - 1));
  }
  return deepest + 1;
}

function refused(where: string, expected: string, received: string, cause?: unknown) {
  return new MetadataError(
    { code: "ZS-JSON", severity: "error", path: `${where}#`, expected, received },
    `The document "${where}" is not JSON that can be read: expected ${expected}, found ${received}.`,
    cause === undefined ? undefined : { cause },
  );
}
