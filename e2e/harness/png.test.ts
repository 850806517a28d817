import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { decodePng } from "./png.ts";

function chunk(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write(type, 4);
  return Buffer.concat([head, content, Buffer.alloc(4)]); // the checksum is not read
}

function encode(width: number, height: number, colorType: 2 | 6, rows: number[][]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, colorType, 0, 0, 0], 8);
  const data = deflateSync(Uint8Array.from(rows.flat()));
  const half = data.length >> 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", data.subarray(0, half)),
    chunk("IDAT", data.subarray(half)),
    chunk("IEND", new Uint8Array()),
  ]);
}

it("undoes all five row filters, data in several chunks", () => {
  // Every row decodes to 10,20,30 then 40,50,60; the last (Paeth, left of it 0, above 40 …) likewise.
  const png = encode(2, 5, 2, [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 30, 30, 30],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 5, 10, 15, 15, 15, 15],
    [4, 0, 0, 0, 0, 0, 0],
  ]);
  const { width, height, data } = decodePng(png);
  expect([width, height]).toEqual([2, 5]);
  const row = [10, 20, 30, 255, 40, 50, 60, 255];
  expect([...data]).toEqual([...row, ...row, ...row, ...row, ...row]);
});

it("keeps alpha, and refuses what browsers do not write", () => {
  expect([...decodePng(encode(1, 1, 6, [[0, 1, 2, 3, 4]])).data]).toEqual([1, 2, 3, 4]);
  expect(() => decodePng(new Uint8Array(40))).toThrow("Not a PNG");
});
