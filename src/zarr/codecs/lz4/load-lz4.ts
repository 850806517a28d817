import { decoderChoice } from "../decoder-choice.ts";
import { loadDecoder, once } from "../load-decoder.ts";
import { numcodecsDecoder } from "../numcodecs-decoder.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** Decodes a length-prefixed LZ4 block to exactly `decodedBytes`. @throws CorruptChunkError */
type DecodeLz4 = (bytes: Bytes, decodedBytes: number) => Promise<Bytes>;

export const lz4Decoder: () => Promise<DecodeLz4> = once(() =>
  loadDecoder("lz4", decoderChoice.lz4, { own: loadOwn, numcodecs: loadNumcodecs }),
);

async function loadOwn(): Promise<DecodeLz4> {
  const { blockEngine } = await import("../wasm/load-block-engine.ts");
  return async (bytes, decodedBytes) => {
    const engine = await blockEngine(bytes.length, decodedBytes);
    const { source, target } = engine.place(bytes, decodedBytes, 0);
    engine.decodeLz4(source, 4, source.length, target, 0, decodedBytes);
    return engine.take(target);
  };
}

async function loadNumcodecs(): Promise<DecodeLz4> {
  const { default: Lz4 } = await import("numcodecs/lz4");
  return numcodecsDecoder("lz4", Lz4.fromConfig({ id: "lz4" }));
}
