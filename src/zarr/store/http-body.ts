/** The body of a response, or that it was longer than allowed. */
export type BodyRead =
  | { readonly kind: "read"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "too-long" };

/** A Content-Range header (RFC 9110, 14.4). `total` is undefined for "*". */
export type ContentRange = {
  readonly start: number;
  readonly end: number;
  readonly total: number | undefined;
};

const trustedAllocationBytes = 64 * 2 ** 20;

/**
 * Reads a body to its end, but no further than `maxBytes`; then it is cancelled.
 * @param expectedBytes length that is promised; only saves copies
 * @param onProgress called after each piece
 * @throws whatever the stream throws, e.g. if the connection breaks
 */
export async function readBody(
  response: Response,
  expectedBytes: number | undefined,
  maxBytes: number,
  onProgress: () => void,
): Promise<BodyRead> {
  if (response.body === null) return { kind: "read", bytes: new Uint8Array(0) };
  const reader = response.body.getReader();
  // A header's promise may be a lie: it never makes us allocate more than a little.
  let buffer = new Uint8Array(
    Math.min(expectedBytes ?? 64 * 1024, maxBytes, trustedAllocationBytes),
  );
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    onProgress();
    if (length + value.byteLength > maxBytes) {
      void reader.cancel().catch(() => undefined);
      return { kind: "too-long" };
    }
    if (length + value.byteLength > buffer.byteLength) {
      const capacity = Math.max(
        length + value.byteLength,
        Math.min(2 * buffer.byteLength, maxBytes),
      );
      const grown = new Uint8Array(capacity);
      grown.set(buffer.subarray(0, length));
      buffer = grown;
    }
    buffer.set(value, length);
    length += value.byteLength;
  }
  return { kind: "read", bytes: length === buffer.byteLength ? buffer : buffer.slice(0, length) };
}

/** Lets go of a body that nobody wants: a short one is read, so that an HTTP/1.1 connection stays usable. */
export function discardBody(response: Response): void {
  const length = contentLength(response);
  const done =
    length !== undefined && length <= 64 * 1024 ? response.arrayBuffer() : response.body?.cancel();
  done?.catch(() => undefined);
}

/** Content-Length as it was sent: the length on the wire, which is not the body's if that is compressed. */
export function contentLength(response: Response): number | undefined {
  const text = response.headers.get("content-length");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/**
 * Length of the body where it is told for sure. Across origins Content-Encoding is invisible, so that Content-Length may be
 * that of compressed bytes; there the browser itself notices a body that was cut.
 */
export function bodyLength(response: Response): number | undefined {
  return response.type === "cors" || isEncoded(response) ? undefined : contentLength(response);
}

/** Length of an object as the answer to HEAD tells it; a visible encoding makes it worthless. */
export function headLength(response: Response): number | undefined {
  return isEncoded(response) ? undefined : contentLength(response);
}

function isEncoded(response: Response): boolean {
  return !/^(identity)?$/i.test(response.headers.get("content-encoding") ?? "");
}

/** Undefined if the header is absent or not exposed, "invalid" if it is not one range of bytes. */
export function contentRange(response: Response): ContentRange | "invalid" | undefined {
  const text = response.headers.get("content-range");
  if (text === null) return undefined;
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text.trim());
  if (match === null) return "invalid";
  const [, start, end, total] = match;
  return {
    start: Number(start),
    end: Number(end),
    total: total === "*" ? undefined : Number(total),
  };
}

/** True for a web page by its type. */
export function isHtmlType(response: Response): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(
    response.headers.get("content-type") ?? "",
  );
}

/** True for bytes that begin like a web page; no chunk of numbers and no JSON document does. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  return /^(ï»¿)?\s*<(!doctype|html)/i.test(head);
}

/** Milliseconds to wait as an exposed Retry-After says: seconds, or a date. */
export function retryAfterMs(response: Response, now: number): number | undefined {
  const text = response.headers.get("retry-after")?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
