import type { DataType } from "../../zarr/array/data-type.ts";
import type { DecodedPlane } from "../../zarr/chunks/chunk-state.ts";

/** How the shader reads a texel: decides the sampler type. */
export type TexelKind = "uint" | "int" | "float";

/** A WebGL2 format of one channel, or of the two words of an id; the last three are GL enumerants (internal format, format, component type). */
export type TextureFormat = {
  readonly name:
    | "r8uint"
    | "r8sint"
    | "r16uint"
    | "r16sint"
    | "r32uint"
    | "r32sint"
    | "r32float"
    | "rg32uint";
  readonly kind: TexelKind;
  readonly texelBytes: number;
  readonly internalFormat: number;
  readonly format: number;
  readonly type: number;
};

/** RED and RED_INTEGER of the WebGL2 specification, spelled out so that Node can load this file. */
const red = 0x1903;
const redInteger = 0x8d94;

const r8uint: TextureFormat = {
  name: "r8uint",
  kind: "uint",
  texelBytes: 1,
  internalFormat: 0x8232,
  format: redInteger,
  type: 0x1401,
};
const r8sint: TextureFormat = {
  name: "r8sint",
  kind: "int",
  texelBytes: 1,
  internalFormat: 0x8231,
  format: redInteger,
  type: 0x1400,
};
const r16uint: TextureFormat = {
  name: "r16uint",
  kind: "uint",
  texelBytes: 2,
  internalFormat: 0x8234,
  format: redInteger,
  type: 0x1403,
};
const r16sint: TextureFormat = {
  name: "r16sint",
  kind: "int",
  texelBytes: 2,
  internalFormat: 0x8233,
  format: redInteger,
  type: 0x1402,
};
const r32uint: TextureFormat = {
  name: "r32uint",
  kind: "uint",
  texelBytes: 4,
  internalFormat: 0x8236,
  format: redInteger,
  type: 0x1405,
};
const r32sint: TextureFormat = {
  name: "r32sint",
  kind: "int",
  texelBytes: 4,
  internalFormat: 0x8235,
  format: redInteger,
  type: 0x1404,
};
const r32float: TextureFormat = {
  name: "r32float",
  kind: "float",
  texelBytes: 4,
  internalFormat: 0x822e,
  format: red,
  type: 0x1406,
};

/** Two words of 32 bits: ids of 64. */
export const rg32uint: TextureFormat = {
  name: "rg32uint",
  kind: "uint",
  texelBytes: 8,
  internalFormat: 0x823c,
  format: 0x8228,
  type: 0x1405,
};

/** The texture format that holds planes of `dataType`; types of 64 bits have none and travel as float32. */
export function textureFormat(dataType: DataType): TextureFormat {
  switch (dataType) {
    case "bool":
    case "uint8":
      return r8uint;
    case "int8":
      return r8sint;
    case "uint16":
      return r16uint;
    case "int16":
      return r16sint;
    case "uint32":
      return r32uint;
    case "int32":
      return r32sint;
    case "float16":
    case "float32":
    case "int64":
    case "uint64":
    case "float64":
      return r32float;
  }
}

/** What WebGL2 takes as the source of an upload of this format. */
export type TexelArray =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>;

/** The plane's elements as an upload source, or undefined if they are not `width × height` elements of a type with a format. */
export function texelsOf(plane: DecodedPlane): TexelArray | undefined {
  const texels = plane.texels ?? plane.elements;
  if (texels.length !== plane.width * plane.height) return undefined;
  if (
    texels instanceof BigInt64Array ||
    texels instanceof BigUint64Array ||
    texels instanceof Float64Array
  ) {
    return undefined;
  }
  return texels;
}

/** A single zero in the format's own element type. */
export function oneTexel({ name }: TextureFormat): TexelArray {
  switch (name) {
    case "r8uint":
      return new Uint8Array(1);
    case "r8sint":
      return new Int8Array(1);
    case "r16uint":
      return new Uint16Array(1);
    case "r16sint":
      return new Int16Array(1);
    case "r32uint":
      return new Uint32Array(1);
    case "r32sint":
      return new Int32Array(1);
    case "r32float":
      return new Float32Array(1);
    case "rg32uint":
      return new Uint32Array(2);
  }
}
