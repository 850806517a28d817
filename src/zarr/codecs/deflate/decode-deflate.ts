import { capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import { blockEngine } from "../wasm/load-block-engine.ts";
import { inflateContainer, sniffContainer } from "./deflate-container.ts";

/**
 * Decodes gzip, zlib or raw deflate, whichever the bytes are. Nothing is written beyond the longest accepted length,
 * whatever the stream goes on to; every checksum and length that it holds is checked.
 *
 * @throws CorruptChunkError
 */
export async function decodeDeflate(
  bytes: Uint8Array<ArrayBuffer>,
  length: DecodedLength,
): Promise<Uint8Array<ArrayBuffer>> {
  const container = sniffContainer(bytes);
  const capacity = capacityOf(length);
  const engine = await blockEngine(bytes.length, capacity);
  const { source, target } = engine.place(bytes, capacity, 0);
  const end = inflateContainer(container, source, target, engine);
  requireLength(container === "deflate" ? "zlib" : "gzip", length, end);
  return engine.take(target.subarray(0, end));
}
