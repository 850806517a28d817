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
  const { decodeLz4Block } = await import("./decode-lz4-block.ts");
  return async (bytes, decodedBytes) => {
    const decoded = new Uint8Array(decodedBytes);
    decodeLz4Block(bytes, 4, bytes.length, decoded, 0, decodedBytes);
    return decoded;
  };
}

async function loadNumcodecs(): Promise<DecodeLz4> {
  const { default: Lz4 } = await import("numcodecs/lz4");
  return numcodecsDecoder("lz4", Lz4.fromConfig({ id: "lz4" }));
}
