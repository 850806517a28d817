import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import Blosc from "numcodecs/blosc";
import LZ4 from "numcodecs/lz4";
import { describe, expect, test } from "vitest";
import { damaged, seeded } from "../../../../e2e/fuzz/damaged.ts";
import { assemblyHash as hashOfSources } from "../../../../scripts/assembly-hash.mjs";
import { readBloscHeader } from "../blosc/blosc-header.ts";
import { decodeBlosc } from "../blosc/decode-blosc.ts";
import { CorruptChunkError } from "../codec.ts";
import { assemblyHash } from "./block-decoders.generated.ts";
import { type BlockEngine, plainEngine } from "./block-engine.ts";
import { blockEngine } from "./load-block-engine.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Loop = (engine: BlockEngine, stream: Bytes, length: number) => Bytes;

const wasm = await blockEngine(0, 0);

const inflated: Loop = (engine, stream, length) => {
  const { source, target } = engine.place(stream, length, 0);
  const { targetEnd } = engine.inflate(source, 0, source.length, target, 0, length);
  return target.slice(0, targetEnd);
};
const lz4Decoded: Loop = (engine, stream, length) => {
  const { source, target } = engine.place(stream, length, 0);
  engine.decodeLz4(source, 0, source.length, target, 0, length);
  return target.slice();
};
const bloscDecoded: Loop = (engine, chunk, length) => {
  const header = readBloscHeader(chunk, { kind: "exact", lengths: [length] });
  return header.memcpyed
    ? chunk.subarray(16)
    : decodeBlosc(chunk, header, engine.decodeBlosclz, engine);
};

/** What an engine makes of a stream: bytes, or that they are corrupt. */
function outcome(loop: Loop, engine: BlockEngine, stream: Bytes, length: number): string {
  try {
    return Buffer.from(loop(engine, stream, length)).toString("base64");
  } catch (error) {
    expect(error).toBeInstanceOf(CorruptChunkError);
    return "corrupt";
  }
}

/** Runs, repeats at every short distance, and noise. */
function picture(length: number, random: () => number): Bytes {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const distance = 1 + Math.floor(random() * 40);
    for (let end = Math.min(length, at + 1 + Math.floor(random() * 300)); at < end; at++) {
      bytes[at] = at < distance || random() < 0.1 ? random() * 256 : bytes[at - distance]!;
    }
  }
  return bytes;
}

describe("the engine in WebAssembly", () => {
  test("is what assembly/ was compiled to: npm run assembly after a change", () => {
    expect(assemblyHash).toBe(hashOfSources());
    expect(wasm).not.toBe(plainEngine);
  });

  test.each([
    ["inflates", inflated, async (raw: Bytes) => new Uint8Array(deflateRawSync(raw))],
    [
      "decodes LZ4",
      lz4Decoded,
      async (raw: Bytes) =>
        new Uint8Array((await LZ4.fromConfig({ id: "lz4" }).encode(raw)).slice(4)),
    ],
    [
      "decodes BloscLZ, shuffled by bits,",
      bloscDecoded,
      async (raw: Bytes) => {
        const options = { cname: "blosclz", clevel: 9, shuffle: 2, blocksize: 4096 } as const;
        return new Uint8Array(await Blosc.fromConfig({ id: "blosc", ...options }).encode(raw));
      },
    ],
  ] as const)("%s as TypeScript does, whole and damaged", async (_, loop, encode) => {
    const random = seeded(20261126);
    let corrupt = 0;
    for (let i = 0; i < 60; i++) {
      const raw = picture(Math.floor(random() * 20_000) + 1, random);
      const stream = await encode(raw);
      expect(Buffer.compare(loop(wasm, stream, raw.length), raw)).toBe(0);
      for (let k = 0; k < 20; k++) {
        const broken = damaged(stream, random);
        const expected = outcome(loop, plainEngine, broken, raw.length);
        expect(outcome(loop, wasm, broken, raw.length)).toBe(expected);
        if (expected === "corrupt") corrupt++;
      }
    }
    expect(corrupt).toBeGreaterThan(200);
  });

  test.each(["unshuffle", "unshuffleBits"] as const)(
    "%s of every width as in TypeScript",
    (name) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 700 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 0, max: 9 }),
          (bytes, typeBytes, at) => {
            const [plain, fast] = [plainEngine, wasm].map((engine) => {
              const { target, scratch } = engine.place(new Uint8Array(3), at + bytes.length, 700);
              scratch.set(bytes);
              target.fill(0);
              engine[name](scratch, target, at, bytes.length, typeBytes);
              return Buffer.from(engine.take(target)).toString("base64");
            });
            expect(fast).toBe(plain);
          },
        ),
      );
    },
  );

  test("lets go of a memory that has grown large, also after a failure", () => {
    const { buffer } = wasm.place(new Uint8Array(1), 40_000_000, 0).target;
    expect(wasm.place(new Uint8Array(1), 1000, 0).target.buffer.byteLength).toBeLessThan(1_000_000);
    expect(buffer.byteLength).toBeGreaterThan(40_000_000);
    const large = wasm.place(new Uint8Array(1), 40_000_000, 0).target;
    expect(wasm.take(large.subarray(0, 10)).buffer.byteLength).toBe(10);
    expect(wasm.place(new Uint8Array(1), 1000, 0).target.buffer).not.toBe(large.buffer);
  });

  test("a chunk too large to be copied there and back is decoded where it lies", async () => {
    expect(await blockEngine(1, 2 ** 27 + 1)).toBe(plainEngine);
    expect(await blockEngine(2 ** 20, 2 ** 26)).toBe(wasm);
  });
});
