import { CorruptChunkError } from "../codec.ts";

/**
 * `vlen-bytes` (registered extension, numcodecs): a count in 4 bytes, then each item after its length in 4 bytes, all
 * little-endian. Items are views of `bytes`.
 *
 * @param count elements of the chunk
 * @throws CorruptChunkError
 */
export function decodeVlenBytes(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
): Uint8Array<ArrayBuffer>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 4) throw corrupt("too short to hold a count");
  const stored = view.getUint32(0, true);
  if (stored !== count) throw corrupt(`${stored} items where ${count} were expected`);
  const items: Uint8Array<ArrayBuffer>[] = [];
  let at = 4;
  for (let item = 0; item < count; item++) {
    if (bytes.length - at < 4) throw corrupt("an item's length is cut off");
    const length = view.getUint32(at, true);
    at += 4;
    if (length > bytes.length - at) throw corrupt("an item is cut off");
    items.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.length) throw corrupt("bytes are left over");
  return items;
}

/** `vlen-utf8`: the same, of text. @throws CorruptChunkError, for text that is no UTF-8 too */
export function decodeVlenUtf8(bytes: Uint8Array<ArrayBuffer>, count: number): string[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decodeVlenBytes(bytes, count).map((item) => decoder.decode(item));
  } catch (cause) {
    if (cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError("vlen-utf8: an item is no text.", { cause });
  }
}

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`vlen: ${reason}.`);
}
