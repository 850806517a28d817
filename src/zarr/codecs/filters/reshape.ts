import { elementCount } from "../../array/data-type.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { type ChunkSpec, UnsupportedCodecError } from "../codec.ts";
import type { ArrayToArrayCodec } from "../codec-definition.ts";

/** `reshape`, `zarrs.squeeze` and codecs that only lose precision when writing: the elements stay as they are. */
export const decode: ArrayToArrayCodec["decode"] = (encoded, { shape, dataType }) => ({
  shape,
  dataType,
  elements: encoded.elements,
});

/** `reshape` (registered extension): sizes, lists of input dimensions, or one −1. @throws UnsupportedCodecError */
async function reshaped(spec: ChunkSpec, { shape }: JsonObject): Promise<ChunkSpec> {
  const { clippedShape: _, ...rest } = spec;
  return { ...rest, shape: outputShape(spec.shape, shape) };
}

/** `zarrs.squeeze`: axes of length 1 are left out. */
async function squeezed(spec: ChunkSpec): Promise<ChunkSpec> {
  const { clippedShape, ...rest } = spec;
  const kept = spec.shape.map((size) => size > 1);
  const squeeze = (shape: readonly number[]) => shape.filter((_, axis) => kept[axis]);
  return {
    ...rest,
    shape: squeeze(spec.shape),
    ...(clippedShape ? { clippedShape: squeeze(clippedShape) } : {}),
  };
}

export const reshapeDecoder = { decode, encodedSpecInFull: reshaped };
export const squeezeDecoder = { decode, encodedSpecInFull: squeezed };

function outputShape(input: readonly number[], sizes: JsonValue | undefined): number[] {
  if (!Array.isArray(sizes)) throw badShape(sizes);
  const output = sizes.map((size) => {
    if (typeof size === "number" && Number.isSafeInteger(size) && (size > 0 || size === -1)) {
      return size;
    }
    if (!Array.isArray(size)) throw badShape(sizes);
    return size.reduce<number>((product, axis) => {
      const length = typeof axis === "number" ? input[axis] : undefined;
      if (length === undefined) throw badShape(sizes);
      return product * length;
    }, 1);
  });
  const axes = sizes.flatMap((size) => (Array.isArray(size) ? size : []));
  const inOrder = axes.every((axis, i) => i === 0 || Number(axes[i - 1]) < Number(axis));
  const free = output.indexOf(-1);
  if (!inOrder || free !== output.lastIndexOf(-1)) throw badShape(sizes);
  const count = elementCount(input);
  if (free >= 0) output[free] = count / -elementCount(output);
  if (elementCount(output) !== count || !output.every(Number.isSafeInteger)) throw badShape(sizes);
  return output;
}

function badShape(shape: JsonValue | undefined): UnsupportedCodecError {
  const shown = (JSON.stringify(shape) ?? "nothing").slice(0, 80);
  return new UnsupportedCodecError(
    "reshape",
    `The codec "reshape" has the shape ${shown}, which does not fit the chunk.`,
  );
}
