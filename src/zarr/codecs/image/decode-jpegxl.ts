import wasmUrl from "jxl-oxide-wasm/module.wasm?url";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { capacityOf } from "../decoded-length.ts";
import { once } from "../load-decoder.ts";
import { compileWasm } from "../wasm/compile-wasm.ts";
import { startReplaceable } from "../wasm/replaceable-instance.ts";
import { decodePng } from "./decode-png.ts";
import { readJpegxlSize } from "./jpegxl-size.ts";

const file = { path: "jxl-oxide-wasm/jxl_oxide_wasm_bg.wasm", url: wasmUrl };

/** Its memory never shrinks: a larger one is given up after use. */
const maxKeptBytes = 1 << 26;

const started = once(async () => {
  const [library, module] = await Promise.all([import("jxl-oxide-wasm"), compileWasm(file)]);
  const instance = startReplaceable(() => library.initSync({ module }));
  return { JxlImage: library.JxlImage, instance };
});

/** JPEG XL of 8 and 16 bits, by jxl-oxide, which gives its picture as PNG: samples in the image's own colour space. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  const { width, height } = readJpegxlSize(bytes);
  if (width * height > capacityOf(length)) {
    throw new CorruptChunkError(
      `jpegxl: ${width} × ${height} pixels are more than ${capacityOf(length)} bytes.`,
    );
  }
  const { JxlImage, instance } = await started();
  const image = new JxlImage();
  let png: Uint8Array;
  let isDone = false;
  try {
    image.feedBytes(bytes);
    if (!image.tryInit() || image.width !== width || image.height !== height) {
      throw new CorruptChunkError("jpegxl: its header cannot be read.");
    }
    if (image.animated) {
      throw new UnsupportedCodecError(
        "imagecodecs_jpegxl",
        'The codec "imagecodecs_jpegxl" has several frames, which are not read.',
      );
    }
    if (!image.loaded) throw new CorruptChunkError("jpegxl: its end is cut off.");
    // Encoding consumes what was rendered, so that only the image is left to be freed.
    png = image.render().encodeToPng();
    isDone = true;
  } catch (cause) {
    if (cause instanceof UnsupportedCodecError || cause instanceof CorruptChunkError) throw cause;
    throw new CorruptChunkError("jpegxl: the image cannot be decoded.", { cause });
  } finally {
    if (isDone) image.free();
    else abandon(image);
    if (!isDone || instance.memoryBytes() > maxKeptBytes) instance.replace();
  }
  return decodePng("jpegxl", new Uint8Array(png), length);
};

/** A library that has failed may fail at this, too; its memory is given up in any case. */
function abandon(image: { free(): void }): void {
  try {
    image.free();
  } catch {
    // Its handle is spent.
  }
}
