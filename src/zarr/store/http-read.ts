import {
  bodyLength,
  contentLength,
  contentRange,
  discardBody,
  isHtmlType,
  looksLikeHtml,
  readBody,
} from "./http-body.ts";
import type { ByteRange } from "./store.ts";
import { StoreError, type StoreErrorKind } from "./store-error.ts";

/** Bytes of a response that passed all checks; `totalBytes` as in `StoreObject`. */
export type HttpBytes = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly totalBytes: number | undefined;
};

/** A response and what goes with reading it. `url` is fit to be shown. */
export type HttpReading = {
  readonly response: Response;
  readonly url: string;
  readonly onProgress: () => void;
};

/** What a body that is too long means: over the caller's cap, or that a server without ranges cannot be made up for. */
export type LengthLimit = { readonly maxBytes: number; readonly kind: "too-large" | "range" };

/**
 * The body of a 200, whole.
 * @throws StoreError "html", "truncated", or `limit.kind`
 */
export async function readWhole(reading: HttpReading, limit: LengthLimit): Promise<HttpBytes> {
  const { response, url, onProgress } = reading;
  const { maxBytes } = limit;
  if (isHtmlType(response)) throw await htmlError(reading);
  if ((contentLength(response) ?? 0) > maxBytes) throw tooLongError(reading, limit);
  const promised = bodyLength(response);
  const body = await readBody(response, promised, maxBytes, onProgress);
  if (body.kind === "too-long") throw tooLongError(reading, limit);
  const { bytes } = body;
  if (looksLikeHtml(bytes)) throw await htmlError(reading, bytes);
  if (promised !== undefined && bytes.byteLength < promised) {
    const message = `Only ${bytes.byteLength} of ${promised} bytes arrived of ${url}.`;
    throw readError(reading, "truncated", message);
  }
  return { bytes, totalBytes: bytes.byteLength };
}

/**
 * The body of a 206. Content-Range is checked where it can be seen, the length always.
 * @throws StoreError "html", "truncated", "range", "too-large"
 */
export async function readRange(
  reading: HttpReading,
  range: ByteRange,
  maxBytes: number,
): Promise<HttpBytes> {
  const { response, url, onProgress } = reading;
  if (isHtmlType(response)) throw await htmlError(reading);
  const got = contentRange(response);
  if (got === "invalid" || (got !== undefined && !answers(got, range))) {
    const message = `The server sent other bytes than those that were asked for, of ${url}.`;
    throw readError(reading, "range", message);
  }
  const asked = "offset" in range ? range.length : range.suffixLength;
  const expected = got === undefined ? asked : got.end - got.start + 1;
  if (expected > maxBytes) throw tooLongError(reading, { maxBytes, kind: "too-large" });
  const body = await readBody(response, expected, expected, onProgress);
  if (body.kind === "too-long") {
    const message = `The server sent more than the ${expected} bytes that were asked for, of ${url}.`;
    throw readError(reading, "range", message);
  }
  const { bytes } = body;
  if (bytes.byteLength < expected) {
    const message = `Only ${bytes.byteLength} of ${expected} bytes arrived of ${url}.`;
    throw readError(reading, "truncated", message);
  }
  return { bytes, totalBytes: got?.total };
}

/**
 * Cuts a range out of a whole object. A suffix longer than the object is the object, as in HTTP.
 * @throws StoreError "range" beyond the end, "too-large"
 */
export function sliceRange(
  whole: Uint8Array<ArrayBuffer>,
  range: ByteRange,
  url: string,
  maxBytes: number,
): Uint8Array<ArrayBuffer> {
  const total = whole.byteLength;
  const start = "offset" in range ? range.offset : Math.max(0, total - range.suffixLength);
  const end = "offset" in range ? range.offset + range.length : total;
  if (start < 0 || end < start || end > total) {
    const message = `Bytes ${start} to ${end} were asked for, but ${url} has ${total}.`;
    throw new StoreError("range", message, { url });
  }
  if (end - start > maxBytes) {
    throw new StoreError("too-large", `More than ${maxBytes} bytes were asked for, of ${url}.`, {
      url,
    });
  }
  return whole.slice(start, end);
}

function answers(
  got: { start: number; end: number; total: number | undefined },
  range: ByteRange,
): boolean {
  if ("offset" in range) {
    return got.start === range.offset && got.end === range.offset + range.length - 1;
  }
  if (got.total === undefined) return got.end - got.start + 1 === range.suffixLength;
  return got.end === got.total - 1 && got.start === Math.max(0, got.total - range.suffixLength);
}

function readError({ response, url }: HttpReading, kind: StoreErrorKind, message: string) {
  return new StoreError(kind, message, { url, status: response.status });
}

/** @param start of the body, if it was read */
async function htmlError({ response, url }: HttpReading, start?: Uint8Array): Promise<StoreError> {
  // Rarely needed, so no part of every worker. A version that is gone from the server leaves the words out.
  const page = await import("./page-words.ts").catch(() => undefined);
  const words = page?.pageWords(start ?? (await page.startOf(response)));
  if (start === undefined && page === undefined) discardBody(response);
  const said = words === undefined ? "." : `: “${words}”`;
  const message = `There is a web page instead of data at ${url}${said}`;
  return new StoreError("html", message, { url, status: response.status, pageWords: words });
}

function tooLongError(reading: HttpReading, limit: LengthLimit): StoreError {
  const message =
    limit.kind === "range"
      ? `This server does not support byte ranges, and ${reading.url} is too long to be read whole.`
      : `There are more than the ${limit.maxBytes} bytes that may be at ${reading.url}.`;
  return readError(reading, limit.kind, message);
}
