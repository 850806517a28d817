import { decoderChoice } from "../decoder-choice.ts";
import { loadDecoder, once } from "../load-decoder.ts";
import { numcodecsDecoder } from "../numcodecs-decoder.ts";
import type { BlockEngine, DecodeBlock } from "../wasm/block-engine.ts";
import { blockEngine } from "../wasm/load-block-engine.ts";
import type { BloscHeader, BloscInner } from "./blosc-header.ts";
import { decodeBlosc } from "./decode-blosc.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Decodes a chunk whose header was checked. @throws CorruptChunkError */
type DecodeBlosc = (bytes: Bytes, header: BloscHeader) => Promise<Bytes>;

/** The decoder for chunks whose blocks were compressed by `inner`. */
export function bloscDecoder(inner: BloscInner): Promise<DecodeBlosc> {
  return decoders[inner]();
}

const decoders: Readonly<Record<BloscInner, () => Promise<DecodeBlosc>>> = {
  blosclz: once(() => load("blosclz")),
  lz4: once(() => load("lz4")),
  snappy: once(() => load("snappy")),
  zlib: once(() => load("zlib")),
  zstd: once(() => load("zstd")),
};

function load(inner: BloscInner): Promise<DecodeBlosc> {
  const own = async (): Promise<DecodeBlosc> => {
    const blockDecoder = await blockDecoders[inner]();
    return async (bytes, header) => {
      const engine = await blockEngine(bytes.length, header.decodedBytes);
      return decodeBlosc(bytes, header, blockDecoder(engine), engine);
    };
  };
  return loadDecoder(`blosc (${inner})`, decoderChoice[`blosc/${inner}`], {
    own,
    zstddec: own,
    numcodecs: loadNumcodecs,
  });
}

/** What decodes one block, by the engine where it has a loop for that. */
const blockDecoders: Readonly<
  Record<BloscInner, () => Promise<(engine: BlockEngine) => DecodeBlock>>
> = {
  blosclz: async () => (engine) => engine.decodeBlosclz,
  lz4: async () => (engine) => engine.decodeLz4,
  async snappy() {
    const { decodeSnappy } = await import("./decode-snappy.ts");
    return () => decodeSnappy;
  },
  async zlib() {
    const { decodeZlibBlock } = await import("../deflate/deflate-container.ts");
    return (engine) => (src, from, fromEnd, dst, to, toEnd) =>
      decodeZlibBlock(src, from, fromEnd, dst, to, toEnd, engine);
  },
  async zstd() {
    const { zstddec } = await import("../zstd/load-zstd.ts");
    const { decodeBlock } = await zstddec();
    return () => decodeBlock;
  },
};

const loadNumcodecs = once(async (): Promise<DecodeBlosc> => {
  const { default: Blosc } = await import("numcodecs/blosc");
  return numcodecsDecoder("blosc", Blosc.fromConfig({ id: "blosc" }));
});
