import { constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CorruptChunkError } from "../codec.ts";
import { plainEngine } from "../wasm/block-engine.ts";
import { blockEngine } from "../wasm/load-block-engine.ts";
import { type DeflateContainer, inflateContainer, sniffContainer } from "./deflate-container.ts";

const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FIXED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
];

const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 60 })))
  .map((runs) => Buffer.concat(runs.flatMap(([run, times]) => new Array(times).fill(run))));

const engines = [
  ["TypeScript", plainEngine],
  ["WebAssembly", await blockEngine(0, 0)],
] as const;

describe.each(engines)("inflate in %s", (_, engine) => {
  test("undoes zlib's deflate, every level and strategy, and tells where it ended", () => {
    fc.assert(
      fc.property(
        repetitive,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...strategies),
        (data, level, strategy) => {
          const stream = deflateRawSync(data, { level, strategy });
          const source = Buffer.concat([Buffer.from([1, 2]), stream, Buffer.from([0xff, 0xff, 3])]);
          const { source: src, target } = engine.place(source, data.length + 5, 0);
          const end = data.length + 3;
          const { sourceEnd, targetEnd } = engine.inflate(src, 2, src.length, target, 3, end);
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
    const { source, target } = engine.place(stream, data.length, 0);
    engine.inflate(source, 0, source.length, target, 0, target.length);
    expect(Buffer.compare(target, data)).toBe(0);
  });

  test("one byte too many, or any byte missing, is corrupt", () => {
    const data = Buffer.from("a deflate stream, a deflate stream");
    const stream = deflateRawSync(data);
    const into = (length: number, end = stream.length) => {
      const { source, target } = engine.place(stream, length, 0);
      return engine.inflate(source, 0, end, target, 0, length);
    };
    expect(into(data.length).targetEnd).toBe(data.length);
    expect(() => into(data.length - 1)).toThrow(CorruptChunkError);
    for (let end = 0; end < stream.length; end++) {
      expect(() => into(data.length, end)).toThrow(CorruptChunkError);
    }
  });
});

describe.each(engines)("containers (ZA-05) in %s", (_, engine) => {
  const data = Buffer.from("the quick brown fox ".repeat(20));

  test("are known by their headers", () => {
    expect(sniffContainer(gzipSync(data))).toBe("gzip");
    for (const level of [0, 1, 6, 9]) {
      expect(sniffContainer(deflateSync(data, { level }))).toBe("deflate");
      expect(sniffContainer(deflateRawSync(data, { level }))).toBe("deflate-raw");
    }
  });

  test("are taken whole, with every checksum", () => {
    const decode = (container: DeflateContainer, bytes: Uint8Array<ArrayBuffer>) => {
      const { source, target } = engine.place(bytes, data.length, 0);
      return target.slice(0, inflateContainer(container, source, target, engine));
    };
    const members = Buffer.concat([gzipSync(data.subarray(0, 100)), gzipSync(data.subarray(100))]);
    expect(Buffer.compare(decode("gzip", members), data)).toBe(0);
    for (const [container, stream] of [
      ["gzip", gzipSync(data)],
      ["deflate", deflateSync(data)],
    ] as const) {
      for (let at = stream.length - 8; at < stream.length; at++) {
        const damaged = Buffer.from(stream);
        damaged[at]! ^= 16;
        expect(() => decode(container, damaged)).toThrow(CorruptChunkError);
      }
      const longer = Buffer.concat([stream, Buffer.from([0])]);
      expect(() => decode(container, longer)).toThrow(CorruptChunkError);
    }
  });

  test("Adler-32 of RFC 1950's example and of a long run, CRC-32 of RFC 1952's", () => {
    const wiki = engine.place(Buffer.from("-Wikipedia-"), 0, 0).source;
    expect(engine.adler32(wiki, 1, 10)).toBe(0x11e60398);
    const digits = engine.place(Buffer.from("123456789"), 0, 0).source;
    expect(engine.crc32(digits, 0, 9)).toBe(0xcbf43926);
    const ones = engine.place(new Uint8Array(1_000_003).fill(255), 0, 0).source;
    const [zlib, gzip] = [deflateSync(ones), gzipSync(ones)];
    expect(engine.adler32(ones, 0, ones.length)).toBe(zlib.readUInt32BE(zlib.length - 4));
    expect(engine.crc32(ones, 0, ones.length)).toBe(gzip.readUInt32LE(gzip.length - 8));
  });
});
