import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withPngTexts } from "./png-text.ts";

type Chunk = { readonly type: string; readonly data: Buffer };

/** Chunks as PNG, third edition, 5.3 lays them out; checks lengths and CRCs with zlib's. */
function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const typed = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(typed));
    chunks.push({ type: typed.subarray(0, 4).toString("latin1"), data: typed.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

function chunkBytes(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, crc]);
}

/** One red pixel. */
const png = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunkBytes("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
  chunkBytes("IDAT", deflateSync(Buffer.from([0, 255, 0, 0]))),
  chunkBytes("IEND", Buffer.alloc(0)),
]);

/** Keyword, null, compression flag and method, language, null, translated keyword, null, text (11.3.3.4). */
function readText({ data }: Chunk): { keyword: string; text: string } {
  const end = data.indexOf(0);
  expect([...data.subarray(end, end + 5)]).toEqual([0, 0, 0, 0, 0]);
  return {
    keyword: data.subarray(0, end).toString("latin1"),
    text: data.subarray(end + 5).toString("utf8"),
  };
}

describe("texts in a PNG", () => {
  it("stand behind the header, in order, and nothing else differs", () => {
    const texts = [
      { keyword: "Software", text: "Zarrscope" },
      { keyword: "URL", text: "https://h.org/?source=µ#v=1" },
    ];
    const chunks = chunksOf(withPngTexts(png, texts));
    expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "iTXt", "iTXt", "IDAT", "IEND"]);
    expect(chunks.slice(1, 3).map(readText)).toEqual(texts);
    const others = chunks.filter(({ type }) => type !== "iTXt");
    expect(others).toEqual(chunksOf(png));
  });

  it("hold any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const read = chunksOf(withPngTexts(png, [{ keyword: "Title", text }]))
          .filter(({ type }) => type === "iTXt")
          .map(readText);
        expect(read).toEqual([{ keyword: "Title", text: text.replaceAll("\0", "") }]);
      }),
    );
  });

  it("are refused for what is no PNG, and under what is no keyword", () => {
    expect(() => withPngTexts(new Uint8Array(100), [])).toThrow(TypeError);
    for (const keyword of ["", " Title", "a\0b", "x".repeat(80), "Größe"]) {
      expect(() => withPngTexts(png, [{ keyword, text: "" }])).toThrow(TypeError);
    }
  });
});
