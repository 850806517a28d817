import type { DataType } from "../../zarr/array/data-type.ts";
import type { DecodedPlane } from "../../zarr/chunks/chunk-state.ts";
import type { LabelTexelKind } from "./label-shader.ts";
import { rg32uint, type TexelArray, type TextureFormat, textureFormat } from "./texture-format.ts";

/** The texture format in which ids of a type are exact: integers as they are, ids of 64 bits and floats as two words. */
export function labelFormat(dataType: DataType): TextureFormat {
  switch (dataType) {
    case "int64":
    case "uint64":
    case "float16":
    case "float32":
    case "float64":
      return rg32uint;
    case "bool":
    case "uint8":
    case "uint16":
    case "uint32":
    case "int8":
    case "int16":
    case "int32":
      return textureFormat(dataType);
  }
}

/** How the label shader reads texels of this format. */
export function labelTexelKind(format: TextureFormat): LabelTexelKind {
  if (format.name === "rg32uint") return "pair";
  return format.kind === "int" ? "int" : "uint";
}

/**
 * A plane's ids as an upload source. Floats that are no whole number, or beyond 64 bits, are no id and become 0. undefined if there
 * are not `width × height` elements.
 */
export function labelTexels({ elements, width, height }: DecodedPlane): TexelArray | undefined {
  if (elements.length !== width * height) return undefined;
  if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) {
    // The low word comes first wherever there is WebGL2.
    return new Uint32Array(elements.buffer, elements.byteOffset, elements.length * 2);
  }
  if (!(elements instanceof Float32Array || elements instanceof Float64Array)) return elements;
  const words = new Uint32Array(elements.length * 2);
  for (let i = 0; i < elements.length; i++) {
    const value = elements[i]!;
    if (!Number.isInteger(value) || value < -(2 ** 63) || value >= 2 ** 64) continue;
    words[i * 2] = value >>> 0;
    words[i * 2 + 1] = Math.floor(value / 2 ** 32) >>> 0;
  }
  return words;
}
