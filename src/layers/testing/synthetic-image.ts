import type { ArrayMetadata } from "../../zarr/array/array-metadata.ts";
import { allocateElements, type DataType } from "../../zarr/array/data-type.ts";
import type { ArrayHandle, PlaneRef } from "../../zarr/chunks/chunk-request.ts";
import type { DecodedPlane } from "../../zarr/chunks/chunk-state.ts";
import type { Axis, ImageModel, PyramidLevel } from "../../zarr/image/image-model.ts";
import { nodePath } from "../../zarr/store/node-path.ts";
import type { Affine } from "../tiles/affine.ts";

/** One level of a synthetic pyramid; dimensions in the order t, c, z, y, x. */
export type SyntheticLevel = {
  readonly shape: readonly [number, number, number, number, number];
  readonly chunk: readonly [number, number, number, number, number];
  /** World size of a pixel along z, y and x. */
  readonly scale: readonly [number, number, number];
  /** World position of the centre of pixel 0 along z, y and x; left out: corners of all levels coincide. */
  readonly translation?: readonly [number, number, number];
  readonly shear?: { readonly xFromY: number; readonly yFromX: number };
};

export type SyntheticImage = {
  readonly image: ImageModel;
  readonly arrays: readonly ArrayHandle[];
};

/** Where an element lies: level, and index per dimension. */
export type ElementPlace = {
  readonly level: number;
  readonly t: number;
  readonly c: number;
  readonly z: number;
  readonly y: number;
  readonly x: number;
};

let nextArrayId = 1;

/** A t-c-z-y-x image without any storage behind it. */
export function syntheticImage(
  levels: readonly SyntheticLevel[],
  dataType: DataType = "uint16",
): SyntheticImage {
  const finest = levels[0]!;
  const names = ["t", "c", "z", "y", "x"] as const;
  const axes = names.map(
    (name, dim): Axis => ({ name, role: name, dim, size: finest.shape[dim]!, unit: undefined }),
  );
  const pyramid = levels.map((level, index): PyramidLevel => {
    const translation =
      level.translation ?? level.scale.map((scale, i) => (scale - finest.scale[i]!) / 2);
    return {
      path: String(index),
      array: arrayMetadata(level, dataType, index),
      shape: level.shape,
      worldFromIndex: {
        scale: [1, 1, ...level.scale],
        translation: [0, 0, ...translation],
        ...(level.shear ? { shear: level.shear } : {}),
      },
    };
  });
  const image: ImageModel = {
    name: "synthetic",
    format: "synthetic",
    dataType,
    axes: { axes, xDim: 4, yDim: 3, cDim: 1 },
    levels: pyramid,
    channels: [],
    defaultSelection: { t: 0, z: 0 },
    attributes: {},
    problems: [],
  };
  const arrays = levels.map(
    (level, index): ArrayHandle => ({
      id: nextArrayId++,
      store: { kind: "memory", name: "synthetic", entries: new Map() },
      metadata: pyramid[index]!.array,
      readChunkShape: level.chunk,
    }),
  );
  return { image, arrays };
}

function arrayMetadata(level: SyntheticLevel, dataType: DataType, index: number): ArrayMetadata {
  return {
    zarrFormat: 3,
    path: nodePath(String(index)),
    shape: level.shape,
    dataType,
    chunkGrid: { kind: "regular", chunkShape: level.chunk },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: 0,
    codecs: {
      arrayToArray: [],
      arrayToBytes: { name: "bytes", configuration: {} },
      bytesToBytes: [],
    },
    dimensionNames: undefined,
    attributes: {},
  };
}

/** Levels that shrink y and x by the same factor each time, sizes rounded up. */
export function pyramid(options: {
  readonly width: number;
  readonly height: number;
  readonly levels: number;
  readonly factor?: readonly [number, number];
  readonly channels?: number;
  readonly planes?: number;
  readonly chunk?: number;
}): SyntheticLevel[] {
  const { width, height, levels, factor = [2, 2], channels = 1, planes = 1, chunk = 64 } = options;
  return Array.from({ length: levels }, (_, level): SyntheticLevel => {
    const down = factor[0] ** level;
    const right = factor[1] ** level;
    return {
      shape: [1, channels, planes, Math.ceil(height / down), Math.ceil(width / right)],
      chunk: [1, 1, 1, chunk, chunk],
      scale: [1, down, right],
    };
  });
}

/**
 * The same levels in a system that `affine` takes their world to: world x is `xx`·x + `xy`·y + `x0`, and y likewise. All levels are turned
 * about one point, whatever their pixels' size.
 */
export function slanted(
  levels: readonly SyntheticLevel[],
  { xx, xy, x0, yx, yy, y0 }: Affine,
): SyntheticLevel[] {
  const finest = levels[0]!;
  return levels.map((level) => {
    const [depth, down, right] = level.scale;
    const [z, y, x] = level.translation ?? level.scale.map((s, i) => (s - finest.scale[i]!) / 2);
    return {
      ...level,
      scale: [depth, yy * down, xx * right],
      translation: [z!, yx * x! + yy * y! + y0, xx * x! + xy * y! + x0],
      shear: { xFromY: xy * down, yFromX: yx * right },
    };
  });
}

/** A value 0 … 4000 in which neighbours, channels, planes and levels all differ. */
export function encodedValue({ level, t, c, z, y, x }: ElementPlace): number {
  return ((x * 13 + y * 29 + c * 101 + z * 211 + t * 307 + level * 419) % 251) * 16;
}

/** Index of the element at (row, column) of a plane's cut. */
export function elementPlace(
  { arrays }: SyntheticImage,
  ref: PlaneRef,
  row: number,
  column: number,
): ElementPlace {
  const at = (dim: number) =>
    ref.chunk[dim]! * ref.array.readChunkShape[dim]! + ref.cut.start[dim]!;
  return {
    level: arrays.indexOf(ref.array),
    t: at(0),
    c: at(1),
    z: at(2),
    y: at(3) + row,
    x: at(4) + column,
  };
}

/** The decoded plane of a reference, every element computed by `encode`. */
export function syntheticPlane(
  synthetic: SyntheticImage,
  ref: PlaneRef,
  encode: (place: ElementPlace) => number = encodedValue,
): DecodedPlane {
  const { width, height } = ref.cut;
  const { dataType } = synthetic.image;
  const numbers = new Float64Array(width * height);
  const origin = elementPlace(synthetic, ref, 0, 0);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      numbers[row * width + column] = encode({
        ...origin,
        y: origin.y + row,
        x: origin.x + column,
      });
    }
  }
  const elements = allocateElements(dataType, numbers.length);
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    for (const [i, value] of numbers.entries()) elements[i] = BigInt(value);
  } else {
    elements.set(numbers);
  }
  const wide = ["int64", "uint64", "float64"].includes(dataType);
  return {
    width,
    height,
    elements,
    texels: wide ? Float32Array.from(numbers) : undefined,
    statistics: undefined,
    byteLength: elements.byteLength,
  };
}
