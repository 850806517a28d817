import Zstd from "numcodecs/zstd";

const compressor = new Zstd(7);
const blockBytes = 1 << 18;

/** All first bytes of the elements, then all second bytes, …: alike stands beside alike. */
function shuffle(block, itemBytes) {
  const count = block.length / itemBytes;
  const shuffled = new Uint8Array(block.length);
  for (let byte = 0; byte < itemBytes; byte++) {
    for (let i = 0; i < count; i++) shuffled[byte * count + i] = block[i * itemBytes + byte];
  }
  return shuffled;
}

/**
 * Elements as a Blosc 1 container: zstd, byte shuffle, one stream per block. Made here, since numcodecs' own encoder takes every
 * element for one of 4 bytes, which spoils the shuffle.
 */
export async function encodeBlosc(elements) {
  const itemBytes = elements.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  const blocks = [];
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const raw = bytes.subarray(start, Math.min(bytes.length, start + blockBytes));
    const block = itemBytes > 1 ? shuffle(raw, itemBytes) : raw;
    const compressed = await compressor.encode(block);
    blocks.push(Buffer.from(compressed.length < block.length ? compressed : block));
  }
  const table = 16 + 4 * blocks.length;
  const total = blocks.reduce((sum, block) => sum + 4 + block.length, table);
  const container = Buffer.alloc(total);
  // Version, zstd's version, flags (zstd in bits 5–7, "not split", shuffled), bytes per element.
  container.set([2, 1, 0x80 | 0x10 | (itemBytes > 1 ? 1 : 0), itemBytes]);
  container.writeUInt32LE(bytes.length, 4);
  container.writeUInt32LE(Math.min(bytes.length, blockBytes), 8);
  container.writeUInt32LE(total, 12);
  let offset = table;
  for (const [i, block] of blocks.entries()) {
    container.writeUInt32LE(offset, 16 + 4 * i);
    container.writeUInt32LE(block.length, offset);
    block.copy(container, offset + 4);
    offset += 4 + block.length;
  }
  return container;
}
