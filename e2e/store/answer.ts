import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { resolveRange } from "./byte-range.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Effect } from "./scenario.ts";
import { sendBody, sendHead } from "./send-body.ts";

const loginPage =
  "<!DOCTYPE html><html><head><title>Log in</title></head><body>Please log in to go on.</body></html>";

function contentType(key: string): string {
  if (/(^|\/)(zarr\.json|\.z(array|group|attrs|metadata))$/.test(key)) return "application/json";
  return "application/octet-stream";
}

function corsHeaders(effect: Effect, status: number): Record<string, string> {
  const isOff = effect.cors === "off" || (effect.cors === "off-on-errors" && status >= 400);
  if (isOff) return {};
  return {
    "Access-Control-Allow-Origin": "*",
    ...(effect.exposed === false
      ? {}
      : {
          "Access-Control-Expose-Headers":
            "Content-Range, Content-Length, Accept-Ranges, ETag, Retry-After",
        }),
  };
}

/** What is stored, changed as the effect says. */
function alter(stored: Uint8Array, effect: Effect): Uint8Array {
  if (effect.swap === "html") return new TextEncoder().encode(loginPage);
  if (effect.swap !== undefined) return effect.swap;
  if (effect.corruptAt === undefined) return stored;
  const at = effect.corruptAt < 0 ? stored.length + effect.corruptAt : effect.corruptAt;
  if (at < 0 || at >= stored.length) return stored;
  // Not slice(): that of a Buffer shares its memory, and the next reader would get the damage twice.
  const corrupt = new Uint8Array(stored);
  corrupt[at] = corrupt[at]! ^ 0xff;
  return corrupt;
}

/** What identifies a version of an object. */
function validatorsOf(
  object: Uint8Array,
  modifiedMs: number,
): Record<"ETag" | "Last-Modified", string> {
  // Not a CRC: those of chunks that carry their own are all the same.
  const tag = `"${createHash("sha1").update(object).digest("hex")}"`;
  return { ETag: tag, "Last-Modified": new Date(modifiedMs).toUTCString() };
}

/** Cuts out the range that the request and the effect ask for. */
function rangeAnswer(
  object: Uint8Array,
  header: string | undefined,
  effect: Effect,
): { status: number; body: Uint8Array; headers: Record<string, string> } {
  const total = object.length;
  const range = effect.ranges === "ignore" ? undefined : resolveRange(header, total);
  if (range === null || (effect.ranges === "refuse-suffix" && range?.isSuffix === true)) {
    return {
      status: 416,
      body: new Uint8Array(),
      headers: { "Content-Range": `bytes */${total}` },
    };
  }
  const acceptRanges: Record<string, string> =
    effect.ranges === "ignore" ? {} : { "Accept-Ranges": "bytes" };
  if (range === undefined) return { status: 200, body: object, headers: acceptRanges };

  const isShifted = effect.ranges === "shift" || effect.ranges === "shift-silently";
  const length = range.end - range.start;
  const start = isShifted ? Math.max(0, Math.min(range.start + 16, total - length)) : range.start;
  const end = Math.max(start, start + length - (effect.shortBy ?? 0));
  const label = effect.ranges === "shift" ? start : range.start;
  return {
    status: 206,
    body: object.subarray(start, end),
    headers: { ...acceptRanges, "Content-Range": `bytes ${label}-${label + length - 1}/${total}` },
  };
}

/** Answers one request. `read` gives the stored object, undefined where there is none; `modifiedMs` is when it was defined. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  entry: LoggedRequest,
  effect: Effect,
  read: () => Promise<Uint8Array | undefined>,
  modifiedMs = 0,
): Promise<void> {
  const isHead = request.method === "HEAD";
  const send = async (
    status: number,
    body: Uint8Array,
    headers: Record<string, string>,
  ): Promise<void> => {
    if (response.destroyed) return;
    entry.status = status;
    const timing = effect.timingAllowed === true ? { "Timing-Allow-Origin": "*" } : {};
    const all: Record<string, string> = {
      ...corsHeaders(effect, status),
      ...timing,
      ...headers,
      ...effect.headers,
    };
    for (const [name, value] of Object.entries(all)) if (value === "") delete all[name];
    sendHead(response, status, all, body.length, effect);
    if (isHead) response.end();
    else await sendBody(response, body, effect, entry);
  };
  const text = (status: number, message: string, headers: Record<string, string> = {}) =>
    send(status, new TextEncoder().encode(message), { "Content-Type": "text/plain", ...headers });

  if (effect.hang === true) {
    if (!response.destroyed) await new Promise((resolve) => response.once("close", resolve));
    return;
  }
  if (effect.latencyMs !== undefined) await delay(effect.latencyMs);
  if (response.destroyed) return;
  if (effect.resetAt === 0) {
    request.socket.resetAndDestroy();
    return;
  }
  if (request.method === "OPTIONS") {
    if (effect.preflight === "refuse") return text(403, "no preflight");
    return send(204, new Uint8Array(), {
      "Access-Control-Allow-Methods": "GET, HEAD",
      "Access-Control-Allow-Headers": "Range, Authorization",
    });
  }
  if (request.method !== "GET" && !isHead) return text(405, "GET or HEAD", { Allow: "GET, HEAD" });
  if (isHead && effect.head === "refuse") return text(405, "no HEAD", { Allow: "GET" });
  if (effect.redirect !== undefined) {
    const path = `/${entry.store}/${entry.key}`;
    return text(302, "", { Location: effect.redirect.replace("{path}", path) });
  }
  if (effect.status !== undefined) return text(effect.status, `status ${effect.status}`);

  const stored = await read();
  if (stored === undefined) return text(404, "nothing stored here");
  const object = alter(stored, effect);
  const isHtml = effect.swap === "html";
  const validators = effect.validators === true ? validatorsOf(object, modifiedMs) : undefined;
  if (validators && entry.headers["if-none-match"] === validators.ETag) {
    return send(304, new Uint8Array(), validators);
  }
  if (effect.encoding !== undefined && entry.range === undefined && !isHtml) {
    const body = effect.encoding === "gzip" ? new Uint8Array(gzipSync(object)) : object;
    const type = { "Content-Type": contentType(entry.key), "Content-Encoding": "gzip" };
    return send(200, body, { ...type, ...validators });
  }
  const cut = rangeAnswer(object, entry.range, effect);
  return send(isHtml ? 200 : cut.status, isHtml ? object : cut.body, {
    "Content-Type": isHtml ? "text/html; charset=utf-8" : contentType(entry.key),
    ...(isHtml ? {} : cut.headers),
    ...validators,
  });
}
