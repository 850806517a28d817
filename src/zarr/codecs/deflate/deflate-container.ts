import { ChecksumMismatchError, CorruptChunkError } from "../codec.ts";
import type { BlockEngine } from "../wasm/block-engine.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Names as `DecompressionStream` has them: zlib is "deflate" there. */
export type DeflateContainer = "gzip" | "deflate" | "deflate-raw";

/** By the stream's own header, since gzip, zlib and raw deflate are mislabelled in the wild (ZA-05). */
export function sniffContainer(bytes: Uint8Array): DeflateContainer {
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return "gzip";
  const isZlib = (first & 15) === 8 && first >>> 4 <= 7 && ((first << 8) | second) % 31 === 0;
  return isZlib ? "deflate" : "deflate-raw";
}

/**
 * Decodes into `target` up to its end, checks every checksum and takes every byte of `bytes`: gzip in any number of
 * members (RFC 1952), zlib (RFC 1950) or a raw stream. Returns the decoded length.
 *
 * @throws CorruptChunkError
 */
export function inflateContainer(
  container: DeflateContainer,
  bytes: Bytes,
  target: Bytes,
  engine: BlockEngine,
): number {
  switch (container) {
    case "gzip":
      return inflateGzip(bytes, target, engine);
    case "deflate":
      return inflateZlib(bytes, 0, bytes.length, target, 0, target.length, engine);
    case "deflate-raw": {
      const end = bytes.length;
      const { sourceEnd, targetEnd } = engine.inflate(bytes, 0, end, target, 0, target.length);
      if (sourceEnd !== end) throw corrupt("deflate", "bytes are left over");
      return targetEnd;
    }
  }
}

/** One zlib stream in `src[from, fromEnd)`; returns the end of what was written to `dst` from `to` on. @throws CorruptChunkError */
export function inflateZlib(
  src: Bytes,
  from: number,
  fromEnd: number,
  dst: Bytes,
  to: number,
  toEnd: number,
  engine: BlockEngine,
): number {
  if (fromEnd - from < 6) throw corrupt("zlib", "too short");
  if (sniffContainer(src.subarray(from, fromEnd)) !== "deflate") throw corrupt("zlib", "no header");
  if (src[from + 1]! & 0x20) throw corrupt("zlib", "it needs a dictionary");
  const { sourceEnd, targetEnd } = engine.inflate(src, from + 2, fromEnd - 4, dst, to, toEnd);
  if (sourceEnd !== fromEnd - 4) throw corrupt("zlib", "bytes are left over");
  const stored =
    ((src[sourceEnd]! << 24) |
      (src[sourceEnd + 1]! << 16) |
      (src[sourceEnd + 2]! << 8) |
      src[sourceEnd + 3]!) >>>
    0;
  if (engine.adler32(dst, to, targetEnd) !== stored) {
    throw new ChecksumMismatchError("zlib: its checksum does not fit.", dst.slice(to, targetEnd));
  }
  return targetEnd;
}

/** `inflateZlib` that must fill `dst[to, toEnd)` exactly: a block of Blosc. @throws CorruptChunkError */
export function decodeZlibBlock(
  src: Bytes,
  from: number,
  fromEnd: number,
  dst: Bytes,
  to: number,
  toEnd: number,
  engine: BlockEngine,
): void {
  let end: number;
  try {
    end = inflateZlib(src, from, fromEnd, dst, to, toEnd, engine);
  } catch (error) {
    // What a block says is not what the chunk says: it is not shown on demand either.
    throw error instanceof ChecksumMismatchError
      ? corrupt("zlib", "a checksum does not fit")
      : error;
  }
  if (end !== toEnd) throw corrupt("zlib", `${end - to} bytes where ${toEnd - to} were expected`);
}

function inflateGzip(bytes: Bytes, target: Bytes, engine: BlockEngine): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let s = 0;
  let t = 0;
  let fits = true;
  do {
    s = gzipHeaderEnd(bytes, s);
    // Distances may not reach back into an earlier member.
    const { sourceEnd, targetEnd } = engine.inflate(
      bytes,
      s,
      bytes.length,
      target,
      t,
      target.length,
    );
    if (bytes.length - sourceEnd < 8) throw corrupt("gzip", "its trailer is cut off");
    if ((targetEnd - t) % 2 ** 32 !== view.getUint32(sourceEnd + 4, true)) {
      throw corrupt("gzip", "its length does not fit");
    }
    if (engine.crc32(target, t, targetEnd) !== view.getUint32(sourceEnd, true)) fits = false;
    s = sourceEnd + 8;
    t = targetEnd;
  } while (s < bytes.length);
  if (!fits) {
    throw new ChecksumMismatchError("gzip: its checksum does not fit.", target.slice(0, t));
  }
  return t;
}

function gzipHeaderEnd(bytes: Uint8Array, start: number): number {
  if (bytes.length - start < 18) throw corrupt("gzip", "too short");
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8)
    throw corrupt("gzip", "bytes that are no member");
  const flags = bytes[start + 3]!;
  if (flags & 0xe0) throw corrupt("gzip", "a reserved flag is set");
  let s = start + 10;
  if (flags & 4) s += 2 + (bytes[s]! | (bytes[s + 1]! << 8));
  for (let texts = (flags & 8 ? 1 : 0) + (flags & 16 ? 1 : 0); texts > 0; texts--) {
    const end = s < bytes.length ? bytes.indexOf(0, s) : -1;
    if (end < 0) throw corrupt("gzip", "its header is cut off");
    s = end + 1;
  }
  if (flags & 2) s += 2;
  if (s > bytes.length) throw corrupt("gzip", "its header is cut off");
  return s;
}

function corrupt(codec: string, reason: string): CorruptChunkError {
  return new CorruptChunkError(`${codec}: ${reason}.`);
}
