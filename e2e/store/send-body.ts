import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { LoggedRequest } from "./request-log.ts";
import type { Effect } from "./scenario.ts";

const pieceBytes = 1 << 18;

/** Sends the head of a response whose body `sendBody` will send, with the framing that its fault needs. */
export function sendHead(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  bodyBytes: number,
  effect: Effect,
): void {
  const how = effect.cut?.how;
  if (how === "close") {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
  }
  // A 304 has no body, and says nothing of the length of the one that the reader has.
  const isUnframed = how === "close" || how === "chunked" || status === 304;
  const framing = isUnframed ? {} : { "Content-Length": bodyBytes };
  response.writeHead(status, { ...headers, ...framing });
}

/**
 * Sends a body whole, or as far as its fault lets it come. Returns when the last byte was handed over or the connection
 * is gone; a stalled body returns when the reader has given up.
 */
export async function sendBody(
  response: ServerResponse,
  body: Uint8Array,
  effect: Effect,
  entry: LoggedRequest,
): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  const { cut, stallAt, resetAt, bytesPerSecond } = effect;
  const stop = Math.min(body.length, cut?.at ?? Infinity, stallAt ?? Infinity, resetAt ?? Infinity);
  // Twenty pieces a second make a smooth trickle.
  const step =
    bytesPerSecond === undefined ? pieceBytes : Math.max(1, Math.floor(bytesPerSecond / 20));
  for (let at = 0; at < stop && !response.destroyed; at += step) {
    const piece = body.subarray(at, Math.min(stop, at + step));
    if (bytesPerSecond !== undefined) await delay((piece.length / bytesPerSecond) * 1000);
    entry.bytesSent += piece.length;
    if (response.write(piece)) continue;
    const drained = new Promise<void>((resolve) => response.once("drain", resolve));
    await Promise.race([drained, closed]);
  }
  if (response.destroyed) return;

  const isStopped = stop < body.length || cut?.at === stop || stallAt === stop || resetAt === stop;
  if (!isStopped || (cut !== undefined && cut.how === "close")) {
    response.end();
    return;
  }
  // Let what was written reach the reader before the connection goes.
  response.flushHeaders();
  await delay(5);
  if (stallAt === stop) await closed;
  else if (resetAt === stop) response.socket?.resetAndDestroy();
  else response.socket?.destroy();
}
