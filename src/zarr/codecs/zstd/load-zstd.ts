import type { DecodedLength } from "../decoded-length.ts";
import { decoderChoice } from "../decoder-choice.ts";
import { loadDecoder, once } from "../load-decoder.ts";
import { numcodecsDecoder } from "../numcodecs-decoder.ts";
import type { ZstdDecoder } from "./decode-zstd.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** Decodes all frames of `bytes`. @throws CorruptChunkError */
type DecodeZstd = (bytes: Bytes, length: DecodedLength) => Promise<Bytes>;

export const zstdDecoder: () => Promise<DecodeZstd> = once(() =>
  loadDecoder("zstd", decoderChoice.zstd, { zstddec: loadZstddec, numcodecs: loadNumcodecs }),
);

/** The one zstddec instance of this realm; Blosc's zstd blocks use it too. @throws where WebAssembly is refused */
export const zstddec: () => Promise<ZstdDecoder> = once(async () => {
  const { zstddecDecoder } = await import("./decode-zstd.ts");
  const { loadZstdHeap } = await import("./zstddec-heap.ts");
  return zstddecDecoder(await loadZstdHeap());
});

async function loadZstddec(): Promise<DecodeZstd> {
  const { decode } = await zstddec();
  return async (bytes, length) => decode(bytes, length);
}

async function loadNumcodecs(): Promise<DecodeZstd> {
  const { default: Zstd } = await import("numcodecs/zstd");
  const { checkFrameHeader } = await import("./frame-header.ts");
  const decode = await numcodecsDecoder("zstd", Zstd.fromConfig({ id: "zstd" }));
  return (bytes, length) => {
    checkFrameHeader(bytes, length);
    return decode(bytes);
  };
}
