import wasmUrl from "lerc/lerc-wasm.wasm?url";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf, type DecodedLength, requireLength } from "../decoded-length.ts";
import { pathInNode } from "../wasm/compile-wasm.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of LERC's pixel types, in the order of their numbers. */
const pixelBytes = [1, 1, 2, 2, 4, 4, 4, 8];

let loading: Promise<typeof import("lerc")> | undefined;

async function library(): Promise<typeof import("lerc")> {
  const lerc = await import("lerc");
  await lerc.load({ locateFile: () => pathInNode("lerc/lerc-wasm.wasm") ?? wasmUrl });
  return lerc;
}

/** LERC 1 and 2, by Esri's decoder; depths interleaved, bands one after the other, as imagecodecs has them. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length, { compression }) => {
  loading ??= library().catch((failure) => {
    loading = undefined;
    throw failure;
  });
  const lerc = await loading;
  const blob = await uncompressed(bytes, length, compression);
  try {
    const header = lerc.getBlobInfo(blob);
    const { width, height, depthCount, bandCount, dataType } = header;
    const bandBytes = width * height * depthCount * (pixelBytes[dataType] ?? Number.NaN);
    requireLength("lerc", length, bandBytes * bandCount);
    const { pixels } = lerc.decode(blob, { returnInterleaved: true });
    const decoded = new Uint8Array(bandBytes * bandCount);
    if (pixels.length !== bandCount)
      throw new CorruptChunkError("lerc: its bands do not fit its header.");
    for (const [band, samples] of pixels.entries()) {
      if (samples.byteLength !== bandBytes)
        throw new CorruptChunkError("lerc: a band does not fit its header.");
      decoded.set(new Uint8Array(samples.buffer, samples.byteOffset, bandBytes), band * bandBytes);
    }
    return decoded;
  } catch (cause) {
    if (cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError("lerc: the image cannot be decoded.", { cause });
  }
};

/** imagecodecs may compress the whole once more. */
async function uncompressed(
  bytes: Bytes,
  length: DecodedLength,
  compression: unknown,
): Promise<Bytes> {
  if (compression === undefined || compression === null) return bytes;
  const inner: DecodedLength = { kind: "atMost", length: 2 * capacityOf(length) + 4096 };
  if (compression === "zstd") {
    const { zstdCodec } = await import("../zstd/zstd.ts");
    return zstdCodec.decode(bytes, inner, {});
  }
  if (compression === "deflate") {
    const { decodeDeflate } = await import("../deflate/decode-deflate.ts");
    return decodeDeflate(bytes, inner);
  }
  throw new UnsupportedCodecError(
    "imagecodecs_lerc",
    `The codec "imagecodecs_lerc" is compressed by ${JSON.stringify(compression)}.`,
  );
}
