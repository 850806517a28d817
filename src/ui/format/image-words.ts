import { finestPixel } from "../../layers/tiles/plane-affine.ts";
import { largestChunkShape } from "../../zarr/array/chunk-grid.ts";
import { elementCount } from "../../zarr/array/data-type.ts";
import { elementParts } from "../../zarr/array/element-part.ts";
import { innermostChain, readChunkShape } from "../../zarr/array/read-grid.ts";
import { dataTypeName, itemBytes } from "../../zarr/array/stored-item.ts";
import type { CodecSpec } from "../../zarr/codecs/codec.ts";
import type { Axis, ImageModel, PyramidLevel } from "../../zarr/image/image-model.ts";
import { unitSymbol } from "../../zarr/image/units.ts";

function counted(axis: Axis): string {
  const plural = axis.size === 1 ? "" : "s";
  switch (axis.role) {
    case "t":
      return `${axis.size} time point${plural}`;
    case "z":
      return `${axis.size} plane${plural}`;
    case "c":
      return `${axis.size} channel${plural}`;
    default:
      return `${axis.size} along ${axis.name}`;
  }
}

/** Two or three digits are what a pixel size is known to. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Size of a pixel of the finest level, "0.22 µm/px" or "0.24 × 0.36 µm/px"; undefined without units. */
export function pixelSize({ axes, levels }: ImageModel): string | undefined {
  const [x, y] = [axes.axes[axes.xDim], axes.axes[axes.yDim]];
  if (x?.unit === undefined || y?.unit === undefined || levels.length === 0) return undefined;
  const [sx, sy] = finestPixel({ axes, levels }).map(shortNumber);
  // The height of a strip is for the eye alone.
  if (y.isAdded) return `${sx} ${unitSymbol(x.unit)}/px`;
  if (x.unit !== y.unit) return `${sx} ${unitSymbol(x.unit)} × ${sy} ${unitSymbol(y.unit)} per px`;
  return `${sx === sy ? sx : `${sx} × ${sy}`} ${unitSymbol(x.unit)}/px`;
}

/** What an image is in one line: "4 time points × 14 planes × 3 channels of 384 × 320 px, 0.22 µm/px, uint16". */
export function imageInWords(image: ImageModel): string {
  const { axes, xDim, yDim } = image.axes;
  const order = ["t", "z", "c"];
  const stacks = axes
    .filter(({ dim, size }) => dim !== xDim && dim !== yDim && size > 1)
    .sort((a, b) => order.indexOf(a.role ?? "") - order.indexOf(b.role ?? ""))
    .map(counted)
    .join(" × ");
  const plane = `${axes[xDim]?.size} × ${axes[yDim]?.size} px`;
  const size = pixelSize(image);
  const parts = [stacks === "" ? plane : `${stacks} of ${plane}`, size, typeInWords(image)];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** The size of an image in a few words: "2220 × 2967 px · 3 channels", "512 × 512 px · z 24 · t 3". */
export function smallFacts(image: ImageModel): string {
  const { axes, xDim, yDim } = image.axes;
  const stacks = axes
    .filter(({ dim, size }) => dim !== xDim && dim !== yDim && size > 1)
    .map((axis) => (axis.role === "c" ? counted(axis) : `${axis.name} ${axis.size}`));
  return [`${axes[xDim]?.size} × ${axes[yDim]?.size} px`, ...stacks].join(" · ");
}

/** A shape as people read it: "4 × 3 × 14 × 320 × 384", in stored order. */
export function shapeInWords(shape: readonly number[]): string {
  return shape.join(" × ");
}

/** The data type as the metadata spell it, and what of it is shown if there is a choice: "complex64, magnitude". */
export function typeInWords({ levels: [finest], dataType }: ImageModel): string {
  if (finest === undefined) return dataType;
  const parts = elementParts(finest.array);
  const name = parts?.kind === "record" ? "record" : dataTypeName(finest.array);
  return parts === undefined ? name : `${name}, ${parts.shown}`;
}

/** Bytes of a level's elements, uncompressed. */
export function levelBytes({ shape, array }: Pick<PyramidLevel, "shape" | "array">): number {
  return elementCount(shape) * itemBytes(array);
}

/** How a level is stored: the shape that is read at once, that of a shard if there are any, and the codecs in words. */
export function levelStorage({ array }: Pick<PyramidLevel, "array">): {
  chunk: string;
  shard: string | undefined;
  codecs: string;
} {
  const isSharded = array.codecs.arrayToBytes.name === "sharding_indexed";
  const { arrayToArray, arrayToBytes, bytesToBytes } = innermostChain(array);
  return {
    chunk: isSharded ? shapeInWords(readChunkShape(array)) : chunkInWords(array),
    shard: isSharded ? chunkInWords(array) : undefined,
    codecs: [...arrayToArray, arrayToBytes, ...bytesToBytes].map(codecInWords).join(", "),
  };
}

/** A stored chunk's shape; of an uneven grid the longest along each dimension. */
function chunkInWords(array: PyramidLevel["array"]): string {
  const shape = shapeInWords(largestChunkShape(array));
  return array.chunkGrid.kind === "regular" ? shape : `uneven, up to ${shape}`;
}

/** Zarr v3 names them, v2 numbers them; -1 chooses by the size of an element. */
const shuffleWords: ReadonlyMap<string, string> = new Map([
  ["shuffle", "shuffle"],
  ["1", "shuffle"],
  ["bitshuffle", "bitshuffle"],
  ["2", "bitshuffle"],
  ["-1", "automatic shuffle"],
]);

function codecInWords({ name, configuration }: CodecSpec): string {
  const setting = (key: string) => {
    const value = configuration[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  switch (name) {
    case "bytes":
      return setting("endian") === undefined ? "bytes" : `${setting("endian")}-endian`;
    case "blosc": {
      const shuffle = shuffleWords.get(setting("shuffle") ?? "");
      const shuffled = shuffle === undefined ? "" : ` + ${shuffle}`;
      return `blosc (${setting("cname") ?? "?"}${shuffled})`;
    }
    case "zstd":
    case "gzip":
    case "numcodecs.zlib":
      return setting("level") === undefined ? name : `${name} level ${setting("level")}`;
    case "crc32c":
      return "CRC-32C checksum";
    default:
      return name;
  }
}
