import { inflateSync } from "node:zlib";

/** Pixels row by row from the top left, 4 bytes each. */
export type RgbaImage = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - upLeft),
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** Decodes what browsers write: 8 bits per sample, RGB or RGBA, not interlaced. */
export function decodePng(png: Uint8Array): RgbaImage {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (view.getUint32(0) !== 0x89504e47) throw new Error("Not a PNG.");
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colorType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const channels = colorType === 6 ? 4 : colorType === 2 ? 3 : 0;
  if (depth !== 8 || channels === 0 || interlace !== 0) throw new Error("Not a browser's PNG.");

  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const filtered = inflateSync(Buffer.concat(parts));
  const rowBytes = width * channels;
  const data = new Uint8Array(width * height * 4).fill(255);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1);
    const filter = filtered[start];
    const row = new Uint8Array(filtered.subarray(start + 1, start + 1 + rowBytes));
    for (let i = 0; i < rowBytes; i++) {
      const left = i < channels ? 0 : row[i - channels]!;
      const up = above[i]!;
      const upLeft = i < channels ? 0 : above[i - channels]!;
      if (filter === 1) row[i]! += left;
      else if (filter === 2) row[i]! += up;
      else if (filter === 3) row[i]! += (left + up) >> 1;
      else if (filter === 4) row[i]! += paeth(left, up, upLeft);
    }
    for (let x = 0; x < width; x++) {
      data.set(row.subarray(x * channels, (x + 1) * channels), (y * width + x) * 4);
    }
    above = row;
  }
  return { width, height, data };
}
