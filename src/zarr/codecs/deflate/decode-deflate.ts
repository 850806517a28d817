import { adler32 } from "../checksums/adler32.ts";
import { CorruptChunkError } from "../codec.ts";
import { acceptsLength, capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import {
  type DeflateContainer,
  decodeZlibBlock,
  inflateContainer,
  sniffContainer,
} from "./deflate-container.ts";

/**
 * The platform inflates all of what one `write` gave it before anyone may stop it, by up to 1032 bytes for each: these
 * pieces keep what a forged stream can allocate near 17 MB.
 */
const pieceBytes = 16384;

/**
 * Decodes gzip, zlib or raw deflate. The platform's `DecompressionStream` is the fast way; its result is taken where it
 * fits the length and the trailer at the very end of `bytes`. All else (several members, bytes behind the stream which
 * some platforms ignore, damage) is decided by the strict decoder.
 *
 * @throws CorruptChunkError
 */
export async function decodeDeflate(
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
): Promise<Uint8Array<ArrayBuffer>> {
  const container = sniffContainer(bytes);
  const target = new Uint8Array(capacityOf(length));
  const native = await inflateNative(container, bytes, length, target);
  if (native !== undefined) return target.subarray(0, native);
  const end = inflateContainer(container, bytes, target);
  requireLength(container === "deflate" ? "zlib" : "gzip", length, end);
  return target.subarray(0, end);
}

/** One zlib stream that must hold exactly `length` bytes: of a block of Blosc. @throws CorruptChunkError */
export async function decodeZlibStream(
  stream: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new Uint8Array(length);
  const exact: DecodedLength = { kind: "exact", lengths: [length] };
  const isZlib = sniffContainer(stream) === "deflate";
  const native = isZlib ? await inflateNative("deflate", stream, exact, target) : undefined;
  if (native === undefined) decodeZlibBlock(stream, 0, stream.length, target, 0, length);
  return target;
}

/** The decoded length, or undefined where the result cannot be vouched for. */
async function inflateNative(
  container: DeflateContainer,
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
  target: Uint8Array<ArrayBuffer>,
): Promise<number | undefined> {
  if (container === "deflate-raw" || bytes.length < 6) return undefined;
  const trailer = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // gzip ends with its decoded length: where that is not what we expect, no stream need be started.
  if (container === "gzip" && !acceptsLength(length, trailer.getUint32(bytes.length - 4, true))) {
    return undefined;
  }
  let end: number;
  try {
    end = await readThrough(new DecompressionStream(container), bytes, target);
  } catch {
    return undefined;
  }
  if (!acceptsLength(length, end)) return undefined;
  const fits =
    container === "gzip"
      ? trailer.getUint32(bytes.length - 4, true) === end
      : trailer.getUint32(bytes.length - 4) === adler32(target, 0, end);
  return fits ? end : undefined;
}

/** Writes `bytes` piecewise and collects what comes into `target`. @throws what the stream throws; CorruptChunkError when too much comes */
async function readThrough(
  stream: DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  target: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let stopped = false;
  const writing = (async () => {
    for (let at = 0; at < bytes.length && !stopped; at += pieceBytes) {
      await writer.write(bytes.subarray(at, at + pieceBytes));
    }
    if (!stopped) await writer.close();
  })();
  // The reader reports the same failure; this only keeps it from being reported twice.
  writing.catch(() => {});
  let end = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return end;
      if (value.length > target.length - end) {
        throw new CorruptChunkError(`deflate: more than ${target.length} bytes come out.`);
      }
      target.set(value, end);
      end += value.length;
    }
  } catch (cause) {
    stopped = true;
    writer.abort(cause).catch(() => {});
    reader.cancel(cause).catch(() => {});
    throw cause;
  }
}
