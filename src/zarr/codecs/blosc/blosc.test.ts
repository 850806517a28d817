import fc from "fast-check";
import Blosc from "numcodecs/blosc";
import { describe, expect, test } from "vitest";
import { CorruptChunkError } from "../codec.ts";
import { bloscCodec } from "./blosc.ts";
import { decodeSnappy } from "./decode-snappy.ts";
import { unshuffleBits } from "./unshuffle-bits.ts";
import { unshuffleBytes } from "./unshuffle-bytes.ts";

const decode = (bytes: Uint8Array<ArrayBuffer>, length: number) =>
  bloscCodec.decode(bytes, { kind: "exact", lengths: [length] }, {});

describe("blosc against c-blosc (numcodecs)", () => {
  // numcodecs' Python no longer writes snappy, its JavaScript does.
  test.each(["blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"])("%s", async (cname) => {
    for (const shuffle of [0, 1, 2]) {
      for (const length of [1, 3, 127, 128, 4096, 70_001, 262_147]) {
        for (const blocksize of [0, 8192]) {
          const data = Uint8Array.from({ length }, (_, i) => (i % 251) * ((i >> 9) & 3) + (i & 1));
          const codec = Blosc.fromConfig({ id: "blosc", cname, clevel: 7, shuffle, blocksize });
          const encoded = new Uint8Array(await codec.encode(data));
          const decoded = await decode(encoded, length);
          expect(Buffer.compare(decoded, data), `${shuffle} ${length} ${blocksize}`).toBe(0);
        }
      }
    }
  });

  test("damaged snappy is of full length or corrupt", async () => {
    const data = Uint8Array.from({ length: 5000 }, (_, i) => i % (17 + (i >> 10)));
    const codec = Blosc.fromConfig({ id: "blosc", cname: "snappy", clevel: 5, shuffle: 1 });
    const encoded = new Uint8Array(await codec.encode(data));
    let corrupt = 0;
    for (let i = 0; i < 400; i++) {
      const damaged = encoded.slice();
      damaged[(i * 7919) % damaged.length]! ^= 1 << (i & 7);
      try {
        expect(await decode(damaged, data.length)).toHaveLength(data.length);
      } catch (error) {
        expect(error).toBeInstanceOf(CorruptChunkError);
        corrupt++;
      }
    }
    expect(corrupt).toBeGreaterThan(50);
  });

  test("a snappy stream of another length is corrupt", () => {
    const hello = Uint8Array.from([3, 8, 1, 2, 3]);
    const target = new Uint8Array(4);
    decodeSnappy(hello, 0, 5, target, 0, 3);
    expect([...target]).toEqual([1, 2, 3, 0]);
    expect(() => decodeSnappy(hello, 0, 5, target, 0, 4)).toThrow(CorruptChunkError);
    expect(() => decodeSnappy(hello, 0, 4, target, 0, 3)).toThrow(CorruptChunkError);
  });
});

describe("unshuffling", () => {
  const property = (
    unshuffle: typeof unshuffleBytes,
    shuffled: (bytes: Uint8Array, typeBytes: number) => number[],
  ) =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 9 }),
        (bytes, typeBytes, at) => {
          const source = Uint8Array.from(shuffled(bytes, typeBytes));
          const target = new Uint8Array(at + bytes.length + 2);
          unshuffle(source, target, at, bytes.length, typeBytes);
          expect([...target.subarray(at, at + bytes.length)]).toEqual([...bytes]);
          expect([...target.subarray(at + bytes.length)]).toEqual([0, 0]);
        },
      ),
    );

  test("bytes of every width, at every alignment", () => {
    property(unshuffleBytes, (bytes, typeBytes) => {
      const items = Math.floor(bytes.length / typeBytes);
      return [...bytes].map((byte, i) =>
        i < items * typeBytes ? bytes[(i % items) * typeBytes + Math.floor(i / items)]! : byte,
      );
    });
  });

  test("bits of every width", () => {
    property(unshuffleBits, (bytes, typeBytes) => {
      const items = Math.floor(bytes.length / typeBytes);
      if (items % 8 !== 0) return [...bytes];
      const bitOf = (item: number, bit: number) =>
        (bytes[item * typeBytes + (bit >> 3)]! >> (bit & 7)) & 1;
      return [...bytes].map((byte, i) => {
        if (i >= items * typeBytes) return byte;
        const bit = Math.floor(i / (items / 8));
        const group = i % (items / 8);
        let row = 0;
        for (let k = 0; k < 8; k++) row |= bitOf(8 * group + k, bit) << k;
        return row;
      });
    });
  });
});
