import { elementCount, storedItemBytes } from "../array/data-type.ts";
import { bloscCodec } from "./blosc/blosc.ts";
import { bytesCodec } from "./bytes.ts";
import type { ChunkSpec } from "./codec.ts";
import type { CodecDefinition } from "./codec-definition.ts";
import { crc32cCodec } from "./crc32c.ts";
import type { DecodedLength } from "./decoded-length.ts";
import { gzipCodec } from "./deflate/gzip.ts";
import { castSpec, packedBits, storedAs, unchanged } from "./filters/encoded-specs.ts";
import { lazyArray, lazyArrayBytes, lazyBytes, lazySpecifiedArray } from "./lazy-codec.ts";
import { lz4Codec } from "./lz4/lz4.ts";
import { shardingCodec } from "./sharding/sharding-codec.ts";
import { transposeCodec } from "./transpose.ts";
import { zstdCodec } from "./zstd/zstd.ts";

const sameLength = { addedBytes: 0 };
const fourMore = { addedBytes: 4 };
/** Images and dictionary coders may double what is noise. */
const doubled = { maxExpansion: 2 };
const halved = { maxExpansion: 1 };

const elements = () => import("./filters/reshape.ts");
const cast = () => import("./filters/cast-type.ts");
const checksums = () => import("./checksums/decode-checksum.ts");
const predictors = () => import("./byte-filters/decode-predictor.ts");
const shuffled = () => import("./byte-filters/decode-shuffled.ts");
const runs = () => import("./byte-filters/decode-run-lengths.ts");
const shortFloats = () => import("./byte-filters/decode-short-floats.ts");
const packedIntegers = () => import("./byte-filters/decode-packed-integers.ts");

/**
 * Every codec that is read, by each name that metadata gives it; v2 ids are lifted to "numcodecs.…". A new codec is one
 * file and one line here.
 */
export const codecTable: ReadonlyMap<string, CodecDefinition> = new Map<string, CodecDefinition>([
  // Array → array
  ...named(transposeCodec, "transpose"),
  ...named(
    lazyArray(unchanged, elements),
    "bitround",
    "numcodecs.bitround",
    "imagecodecs_quantize",
  ),
  ...named(
    lazySpecifiedArray(unchanged, async () => (await elements()).reshapeDecoder),
    "reshape",
  ),
  ...named(
    lazySpecifiedArray(unchanged, async () => (await elements()).squeezeDecoder),
    "zarrs.squeeze",
  ),
  ...named(
    lazySpecifiedArray(castSpec, () => import("./filters/cast-value.ts")),
    "cast_value",
  ),
  ...named(
    lazySpecifiedArray(unchanged, () => import("./filters/scale-offset.ts")),
    "scale_offset",
  ),
  ...named(lazyArray(storedAs("encode_dtype", "decode_dtype")("astype"), cast), "numcodecs.astype"),
  ...named(lazyArray(storedAs("astype", "dtype")("quantize"), cast), "numcodecs.quantize"),
  ...named(
    lazyArray(storedAs("astype", "dtype")("delta"), () => import("./filters/delta.ts")),
    "numcodecs.delta",
  ),
  ...named(
    lazyArray(
      storedAs("astype", "dtype")("fixedscaleoffset"),
      () => import("./filters/fixed-scale-offset.ts"),
    ),
    "numcodecs.fixedscaleoffset",
  ),
  ...named(
    lazyArray(packedBits, () => import("./filters/unpack-bits.ts")),
    "numcodecs.packbits",
  ),

  // Array → bytes
  ...named(bytesCodec, "bytes", "endian"),
  ...named(shardingCodec, "sharding_indexed"),
  ...named(
    // Bits left out make it shorter, a count of padding bits longer.
    lazyArrayBytes(atMost(1, 1), () => import("./filters/packed-components.ts")),
    "packbits",
  ),
  ...named(
    // Mode and sizes come before the data.
    lazyArrayBytes(atMost(2, 4096), () => import("./n5-default.ts")),
    "n5_default",
  ),

  // Bytes → bytes: compressors
  ...named(bloscCodec, "blosc", "numcodecs.blosc", "imagecodecs_blosc"),
  ...named(zstdCodec, "zstd", "numcodecs.zstd", "imagecodecs_zstd"),
  // One decoder for all: it goes by the stream's own header, since writers mislabel them (ZA-05).
  ...named(gzipCodec, "gzip", "numcodecs.gzip", "numcodecs.zlib", "numcodecs.deflate"),
  ...named(
    gzipCodec,
    "imagecodecs_zlib",
    "imagecodecs_zlibng",
    "imagecodecs_deflate",
    "imagecodecs_zopfli",
  ),
  ...named(lz4Codec, "numcodecs.lz4"),
  ...named(
    lazyBytes(() => import("./lz4/decode-bare-lz4.ts")),
    "imagecodecs_lz4",
  ),
  ...named(
    lazyBytes(() => import("./lz4/decode-lz4-frame.ts")),
    "imagecodecs_lz4f",
  ),
  ...named(
    lazyBytes(() => import("./lz4/decode-lz4-blocks.ts")),
    "imagecodecs_lz4h5",
  ),
  ...named(
    lazyBytes(() => import("./bz2/decode-bz2.ts")),
    "bz2",
    "numcodecs.bz2",
    "imagecodecs_bz2",
  ),
  ...named(
    lazyBytes(() => import("./lzma/decode-lzma.ts")),
    "numcodecs.lzma",
    "imagecodecs_lzma",
  ),
  ...named(
    lazyBytes(() => import("./byte-filters/decode-lzf.ts")),
    "imagecodecs_lzf",
  ),
  ...named(
    lazyBytes(() => import("./byte-filters/decode-snappy-stream.ts"), doubled),
    "imagecodecs_snappy",
  ),
  ...named(
    lazyBytes(() => import("./byte-filters/decode-lzw.ts"), doubled),
    "imagecodecs_lzw",
  ),
  ...named(lazyBytes(runs), "imagecodecs_packbits"),
  ...named(
    lazyBytes(async () => (await runs()).dicomDecoder),
    "imagecodecs_dicomrle",
  ),
  ...named(
    lazyBytes(() => import("./conditional.ts"), doubled),
    "conditional",
  ),

  // Bytes → bytes: checksums
  ...named(crc32cCodec, "crc32c", "numcodecs.crc32c"),
  ...named(
    lazyBytes(async () => (await checksums()).crc32Decoder, fourMore),
    "numcodecs.crc32",
  ),
  ...named(
    lazyBytes(async () => (await checksums()).adler32Decoder, fourMore),
    "numcodecs.adler32",
  ),
  ...named(
    lazyBytes(async () => (await checksums()).fletcher32Decoder, fourMore),
    "numcodecs.fletcher32",
  ),
  ...named(
    lazyBytes(async () => (await checksums()).lookup3Decoder, fourMore),
    "numcodecs.jenkins_lookup3",
  ),
  ...named(
    lazyBytes(async () => (await checksums()).imagecodecsDecoder, fourMore),
    "imagecodecs_checksum",
  ),

  // Bytes → bytes: filters
  ...named(lazyBytes(shuffled, sameLength), "numcodecs.shuffle"),
  ...named(
    lazyBytes(async () => (await shuffled()).bitshuffleDecoder, sameLength),
    "imagecodecs_bitshuffle",
  ),
  ...named(
    lazyBytes(async () => (await predictors()).byteshuffleDecoder, sameLength),
    "imagecodecs_byteshuffle",
  ),
  ...named(
    lazyBytes(async () => (await predictors()).deltaDecoder, sameLength),
    "imagecodecs_delta",
  ),
  ...named(
    lazyBytes(async () => (await predictors()).xorDecoder, sameLength),
    "imagecodecs_xor",
  ),
  ...named(
    lazyBytes(async () => (await predictors()).floatPredictorDecoder, sameLength),
    "imagecodecs_floatpred",
  ),
  ...named(
    lazyBytes(async () => (await packedIntegers()).bitorderDecoder, sameLength),
    "imagecodecs_bitorder",
  ),
  ...named(
    lazyBytes(async () => (await packedIntegers()).packedIntegersDecoder, halved),
    "imagecodecs_packints",
  ),
  ...named(
    lazyBytes(async () => (await shortFloats()).float24Decoder, halved),
    "imagecodecs_float24",
  ),
  ...named(
    lazyBytes(async () => (await shortFloats()).bfloat16Decoder, halved),
    "imagecodecs_bfloat16",
  ),
  ...named(
    lazyBytes(() => import("./byte-filters/decode-base64.ts"), doubled),
    "numcodecs.base64",
  ),

  // Bytes → bytes: images
  ...named(
    lazyBytes(() => import("./image/decode-jpeg.ts"), doubled),
    "imagecodecs_jpeg",
    "numcodecs.jpeg",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-jpeg2k.ts"), doubled),
    "imagecodecs_jpeg2k",
    "numcodecs.jpeg2k",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-htj2k.ts"), doubled),
    "imagecodecs_htj2k",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-jpegls.ts"), doubled),
    "imagecodecs_jpegls",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-jpegxl.ts"), doubled),
    "imagecodecs_jpegxl",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-webp.ts"), doubled),
    "imagecodecs_webp",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-avif.ts"), doubled),
    "imagecodecs_avif",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-png.ts"), doubled),
    "imagecodecs_png",
    "imagecodecs_spng",
    "imagecodecs_apng",
  ),
  ...named(
    lazyBytes(() => import("./image/decode-lerc.ts"), doubled),
    "imagecodecs_lerc",
  ),
]);

/** Lengths of an array→bytes codec that is exact only in its own module. */
function atMost(factor: number, more: number) {
  return ({ shape, dataType }: ChunkSpec): DecodedLength => ({
    kind: "atMost",
    length: factor * elementCount(shape) * storedItemBytes[dataType] + more,
  });
}

function named(codec: CodecDefinition, ...names: string[]): [string, CodecDefinition][] {
  return names.map((name) => [name, codec]);
}
