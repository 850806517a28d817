import { deflateSync } from "node:zlib";
import { LZ4, Zstd } from "numcodecs";

/** Inner codecs by the code in bits 5–7 of the container's flags. */
const innerCodecs = { lz4: 1, zlib: 3, zstd: 4 } as const;
export type BloscInner = keyof typeof innerCodecs;

/** A block is compressed alone, in one stream ("don't split" set), so its size is a free choice. */
const targetBlockBytes = 1 << 17;

async function compressBlock(inner: BloscInner, block: Uint8Array): Promise<Uint8Array> {
  switch (inner) {
    case "lz4":
      // numcodecs' LZ4 puts the decoded length, 4 bytes, before the block.
      return (await LZ4.fromConfig({ id: "lz4" }).encode(block)).subarray(4);
    case "zstd":
      return Zstd.fromConfig({ id: "zstd", level: 1 }).encode(block);
    case "zlib":
      return deflateSync(block, { level: 1 });
  }
}

/** Byte shuffle: all first bytes, then all second bytes, …; what does not fill an element stays at the end. */
function shuffle(block: Uint8Array, typeSize: number): Uint8Array {
  const count = Math.floor(block.length / typeSize);
  const shuffled = block.slice();
  for (let byte = 0; byte < typeSize; byte++) {
    for (let i = 0; i < count; i++) shuffled[byte * count + i] = block[i * typeSize + byte]!;
  }
  return shuffled;
}

/** A Blosc 1 container (format 2) with byte shuffle; made here since numcodecs.js always says a type size of 4. */
export async function encodeBlosc(
  bytes: Uint8Array,
  inner: BloscInner,
  typeSize: number,
): Promise<Uint8Array> {
  const isShuffled = typeSize > 1;
  const blockBytes = Math.min(bytes.length, targetBlockBytes - (targetBlockBytes % typeSize));
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const raw = bytes.subarray(start, Math.min(bytes.length, start + blockBytes));
    const block = isShuffled ? shuffle(raw, typeSize) : raw;
    const compressed = await compressBlock(inner, block);
    // A block as long as its decoded form is stored as it is.
    blocks.push(compressed.length < block.length ? compressed : block);
  }

  const tableEnd = 16 + 4 * blocks.length;
  const total = blocks.reduce((sum, block) => sum + 4 + block.length, tableEnd);
  const container = new Uint8Array(total);
  const view = new DataView(container.buffer);
  const dontSplit = 0x10;
  container.set([2, 1, (innerCodecs[inner] << 5) | dontSplit | (isShuffled ? 1 : 0), typeSize]);
  view.setUint32(4, bytes.length, true);
  view.setUint32(8, blockBytes, true);
  view.setUint32(12, total, true);
  let offset = tableEnd;
  for (const [i, block] of blocks.entries()) {
    view.setUint32(16 + 4 * i, offset, true);
    view.setUint32(offset, block.length, true);
    container.set(block, offset + 4);
    offset += 4 + block.length;
  }
  return container;
}
