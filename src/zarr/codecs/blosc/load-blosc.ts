import { decoderChoice } from "../decoder-choice.ts";
import { loadDecoder, once } from "../load-decoder.ts";
import { numcodecsDecoder } from "../numcodecs-decoder.ts";
import type { BloscHeader, BloscInner } from "./blosc-header.ts";
import { type DecodeBlock, decodeBlosc } from "./decode-blosc.ts";

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
    const decodeBlock = await blockDecoder(inner);
    return async (bytes, header) => decodeBlosc(bytes, header, decodeBlock);
  };
  return loadDecoder(`blosc (${inner})`, decoderChoice[`blosc/${inner}`], {
    own,
    zstddec: own,
    numcodecs: loadNumcodecs,
  });
}

async function blockDecoder(inner: BloscInner): Promise<DecodeBlock> {
  switch (inner) {
    case "blosclz":
      return (await import("./decode-blosclz.ts")).decodeBlosclz;
    case "lz4":
      return (await import("../lz4/decode-lz4-block.ts")).decodeLz4Block;
    case "snappy":
      return (await import("./decode-snappy.ts")).decodeSnappy;
    case "zlib":
      return (await import("../deflate/deflate-container.ts")).decodeZlibBlock;
    case "zstd": {
      const { zstddec } = await import("../zstd/load-zstd.ts");
      return (await zstddec()).decodeBlock;
    }
  }
}

const loadNumcodecs = once(async (): Promise<DecodeBlosc> => {
  const { default: Blosc } = await import("numcodecs/blosc");
  return numcodecsDecoder("blosc", Blosc.fromConfig({ id: "blosc" }));
});
