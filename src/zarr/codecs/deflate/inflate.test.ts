import { constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adler32 } from "../checksums/adler32.ts";
import { CorruptChunkError } from "../codec.ts";
import { inflateContainer, sniffContainer } from "./deflate-container.ts";
import { inflate } from "./inflate.ts";

const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FIXED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
];

const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 60 })))
  .map((runs) => Buffer.concat(runs.flatMap(([run, times]) => new Array(times).fill(run))));

describe("inflate", () => {
  test("undoes zlib's deflate, every level and strategy, and tells where it ended", () => {
    fc.assert(
      fc.property(
        repetitive,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...strategies),
        (data, level, strategy) => {
          const stream = deflateRawSync(data, { level, strategy });
          const source = Buffer.concat([Buffer.from([1, 2]), stream, Buffer.from([0xff, 0xff, 3])]);
          const target = new Uint8Array(data.length + 5);
          const { sourceEnd, targetEnd } = inflate(
            source,
            2,
            source.length,
            target,
            3,
            data.length + 3,
          );
          expect(sourceEnd).toBe(2 + stream.length);
          expect(targetEnd).toBe(3 + data.length);
          expect(Buffer.compare(target.subarray(3, targetEnd), data)).toBe(0);
        },
      ),
    );
  });

  test("codes of up to 15 bits", () => {
    // Counts that grow like Fibonacci's numbers make Huffman's tree a list.
    const counts = [
      1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
    ];
    const data = Buffer.concat(counts.map((count, i) => Buffer.alloc(count, i * 11)));
    const stream = deflateRawSync(data, { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 });
    const target = new Uint8Array(data.length);
    inflate(stream, 0, stream.length, target, 0, target.length);
    expect(Buffer.compare(target, data)).toBe(0);
  });

  test("one byte too many, or any byte missing, is corrupt", () => {
    const data = Buffer.from("a deflate stream, a deflate stream");
    const stream = deflateRawSync(data);
    const into = (length: number, end = stream.length) =>
      inflate(stream, 0, end, new Uint8Array(length), 0, length);
    expect(into(data.length).targetEnd).toBe(data.length);
    expect(() => into(data.length - 1)).toThrow(CorruptChunkError);
    for (let end = 0; end < stream.length; end++) {
      expect(() => into(data.length, end)).toThrow(CorruptChunkError);
    }
  });
});

describe("containers (ZA-05)", () => {
  const data = Buffer.from("the quick brown fox ".repeat(20));

  test("are known by their headers", () => {
    expect(sniffContainer(gzipSync(data))).toBe("gzip");
    for (const level of [0, 1, 6, 9]) {
      expect(sniffContainer(deflateSync(data, { level }))).toBe("deflate");
      expect(sniffContainer(deflateRawSync(data, { level }))).toBe("deflate-raw");
    }
  });

  test("are taken whole, with every checksum", () => {
    const target = new Uint8Array(data.length);
    const members = Buffer.concat([gzipSync(data.subarray(0, 100)), gzipSync(data.subarray(100))]);
    expect(inflateContainer("gzip", members, target)).toBe(data.length);
    expect(Buffer.compare(target, data)).toBe(0);
    for (const [container, stream] of [
      ["gzip", gzipSync(data)],
      ["deflate", deflateSync(data)],
    ] as const) {
      for (let at = stream.length - 8; at < stream.length; at++) {
        const damaged = Buffer.from(stream);
        damaged[at]! ^= 16;
        expect(() => inflateContainer(container, damaged, target)).toThrow(CorruptChunkError);
      }
      const longer = Buffer.concat([stream, Buffer.from([0])]);
      expect(() => inflateContainer(container, longer, target)).toThrow(CorruptChunkError);
    }
  });

  test("Adler-32 of RFC 1950's example and of a long run", () => {
    const wiki = Buffer.from("Wikipedia");
    expect(adler32(wiki, 0, wiki.length)).toBe(0x11e60398);
    const ones = new Uint8Array(1_000_000).fill(255);
    const stream = deflateSync(ones);
    expect(adler32(ones, 0, ones.length)).toBe(stream.readUInt32BE(stream.length - 4));
  });
});
