import { promisify } from "node:util";
import { deflate, gzip } from "node:zlib";
import { LZ4, Zstd } from "numcodecs";
import { storedItemBytes } from "../../src/zarr/array/data-type.ts";
import { encodeBlosc } from "./blosc-container.ts";
import { withChecksum } from "./crc32c.ts";
import {
  fillElement,
  levelSampler,
  levelShape,
  type VirtualChunk,
  type VirtualCodec,
  type VirtualImage,
} from "./virtual-image.ts";

const gzipAsync = promisify(gzip);
const deflateAsync = promisify(deflate);

/** Half-precision bits of an integer within ±2048, which are exact. */
function float16Bits(value: number): number {
  if (value === 0) return 0;
  const magnitude = Math.abs(value);
  const exponent = Math.floor(Math.log2(magnitude));
  const mantissa = Math.round((magnitude / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | mantissa;
}

type ElementWriter = (view: DataView, offset: number, value: number | bigint) => void;

function elementWriter(image: VirtualImage): ElementWriter {
  const little = image.endian !== "big";
  switch (image.dataType) {
    case "bool":
    case "uint8":
      return (view, at, value) => view.setUint8(at, Number(value));
    case "int8":
      return (view, at, value) => view.setInt8(at, Number(value));
    case "uint16":
      return (view, at, value) => view.setUint16(at, Number(value), little);
    case "int16":
      return (view, at, value) => view.setInt16(at, Number(value), little);
    case "uint32":
      return (view, at, value) => view.setUint32(at, Number(value), little);
    case "int32":
      return (view, at, value) => view.setInt32(at, Number(value), little);
    case "uint64":
      return (view, at, value) => view.setBigUint64(at, BigInt(value), little);
    case "int64":
      return (view, at, value) => view.setBigInt64(at, BigInt(value), little);
    case "float16":
      return (view, at, value) => view.setUint16(at, float16Bits(Number(value)), little);
    case "float32":
      return (view, at, value) => view.setFloat32(at, Number(value), little);
    case "float64":
      return (view, at, value) => view.setFloat64(at, Number(value), little);
  }
}

/** Elements of one read chunk in stored byte and axis order; outside the array they are the fill value. */
export function chunkElements(image: VirtualImage, chunk: VirtualChunk): Uint8Array {
  const { chunks } = image;
  const rank = chunks.length;
  const shape = levelShape(image, chunk.level);
  const sample = levelSampler(image, chunk.level);
  const fill = fillElement(image);
  const write = elementWriter(image);
  const itemBytes = storedItemBytes[image.dataType];

  // Bytes to step per axis: the last axis is dense in C order, the first in F order.
  const strides = new Array<number>(rank).fill(itemBytes);
  if (image.order === "F") {
    for (let d = 1; d < rank; d++) strides[d] = strides[d - 1]! * chunks[d - 1]!;
  } else {
    for (let d = rank - 2; d >= 0; d--) strides[d] = strides[d + 1]! * chunks[d + 1]!;
  }
  const count = chunks.reduce((product, size) => product * size, 1);
  const bytes = new Uint8Array(count * itemBytes);
  const view = new DataView(bytes.buffer);
  const origin = chunk.coords.map((coord, d) => coord * chunks[d]!);
  const index = origin.slice();

  const visit = (d: number, offset: number, inside: boolean): void => {
    const size = chunks[d]!;
    const stride = strides[d]!;
    for (let i = 0; i < size; i++) {
      index[d] = origin[d]! + i;
      const isInside = inside && index[d]! < shape[d]!;
      const at = offset + i * stride;
      if (d === rank - 1) write(view, at, isInside ? sample(index) : fill);
      else visit(d + 1, at, isInside);
    }
  };
  if (rank === 0) write(view, 0, sample([]));
  else visit(0, 0, true);
  return bytes;
}

async function compress(
  codec: VirtualCodec,
  bytes: Uint8Array,
  typeSize: number,
): Promise<Uint8Array> {
  switch (codec) {
    case "none":
      return bytes;
    case "gzip":
      return gzipAsync(bytes, { level: 1 });
    case "zlib":
      return deflateAsync(bytes, { level: 1 });
    case "zstd":
      return Zstd.fromConfig({ id: "zstd", level: 1 }).encode(bytes);
    case "lz4":
      return LZ4.fromConfig({ id: "lz4" }).encode(bytes);
    case "blosc-lz4":
      return encodeBlosc(bytes, "lz4", typeSize);
    case "blosc-zstd":
      return encodeBlosc(bytes, "zstd", typeSize);
    case "blosc-zlib":
      return encodeBlosc(bytes, "zlib", typeSize);
  }
}

/** One read chunk as it is stored. */
export async function chunkBytes(image: VirtualImage, chunk: VirtualChunk): Promise<Uint8Array> {
  const elements = chunkElements(image, chunk);
  const typeSize = storedItemBytes[image.dataType];
  const compressed = await compress(image.codec ?? "none", elements, typeSize);
  return image.checksum === true ? withChecksum(compressed) : compressed;
}
