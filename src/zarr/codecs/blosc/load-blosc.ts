import { decoderChoice } from "../decoder-choice.ts";
import { loadDecoder, once } from "../load-decoder.ts";
import { numcodecsDecoder } from "../numcodecs-decoder.ts";
import type { BloscHeader, BloscInner } from "./blosc-header.ts";
import { type DecodeBlock, decodeBlosc, decodeBloscAsync } from "./decode-blosc.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** Below this, starting the platform's stream costs more than it saves. */
const smallBlockBytes = 16_384;

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
    if (inner === "zlib") return zlibDecoder();
    const decodeBlock = await blockDecoder(inner);
    return async (bytes, header) => decodeBlosc(bytes, header, decodeBlock);
  };
  return loadDecoder(`blosc (${inner})`, decoderChoice[`blosc/${inner}`], {
    own,
    zstddec: own,
    numcodecs: loadNumcodecs,
  });
}

/** The platform inflates several times faster than TypeScript does, where a stream is long enough to be worth the asking. */
async function zlibDecoder(): Promise<DecodeBlosc> {
  const { decodeZlibStream } = await import("../deflate/decode-deflate.ts");
  const { decodeZlibBlock } = await import("../deflate/deflate-container.ts");
  return async (bytes, header) =>
    header.blockBytes < smallBlockBytes
      ? decodeBlosc(bytes, header, decodeZlibBlock)
      : decodeBloscAsync(bytes, header, decodeZlibStream);
}

async function blockDecoder(inner: Exclude<BloscInner, "zlib">): Promise<DecodeBlock> {
  switch (inner) {
    case "blosclz":
      return (await import("./decode-blosclz.ts")).decodeBlosclz;
    case "lz4":
      return (await import("../lz4/decode-lz4-block.ts")).decodeLz4Block;
    case "snappy":
      return (await import("./decode-snappy.ts")).decodeSnappy;
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
