import { deflateSync } from "node:zlib";

// node:zlib has a crc32 only from Node 22 on.
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

function pngChunk(type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A PNG of indexed colours (W3C PNG 3): `palette` is a list of [r, g, b], at most 256; `indices` one byte per pixel. */
export function encodePng({ width, height, palette, indices }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("PLTE", Buffer.from(palette.flat())),
    pngChunk("IDAT", deflateSync(rows, { level: 9 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** At most `count` colours that stand for all of `rgb` (median cut), and which of them each pixel takes. */
export function reduceColors(rgb, count) {
  const pixels = rgb.length / 3;
  const order = Uint32Array.from({ length: pixels }, (_, i) => i);
  const boxes = [box(rgb, order)];
  while (boxes.length < count) {
    const widest = boxes.reduce((best, next) => (next.score > best.score ? next : best));
    if (widest.score === 0) break;
    const { members, axis } = widest;
    members.sort((a, b) => rgb[a * 3 + axis] - rgb[b * 3 + axis]);
    // Between the median and the middle of the range: rare bright colours get their share.
    const middle = widest.low + (widest.high - widest.low) / 2;
    const half = members.findIndex((i) => rgb[i * 3 + axis] > middle);
    const cut = Math.max(1, Math.min(members.length - 1, (half + (members.length >> 1)) >> 1));
    boxes.splice(
      boxes.indexOf(widest),
      1,
      box(rgb, members.subarray(0, cut)),
      box(rgb, members.subarray(cut)),
    );
  }
  const indices = new Uint8Array(pixels);
  const palette = boxes.map(({ members }, index) => {
    const sum = [0, 0, 0];
    for (const i of members) {
      indices[i] = index;
      for (let axis = 0; axis < 3; axis++) sum[axis] += rgb[i * 3 + axis];
    }
    return sum.map((value) => Math.round(value / members.length));
  });
  return { palette, indices };
}

function box(rgb, members) {
  let widest = { axis: 0, low: 0, high: 0, score: 0 };
  for (let axis = 0; axis < 3; axis++) {
    let low = 255;
    let high = 0;
    for (const i of members) {
      const value = rgb[i * 3 + axis];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const score = (high - low) * Math.sqrt(members.length);
    if (members.length > 1 && score > widest.score) widest = { axis, low, high, score };
  }
  return { ...widest, members };
}
