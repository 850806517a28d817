import { describe, expect, it } from "vitest";
import { allocateElements, type DataType } from "../../zarr/array/data-type.ts";
import { texelsOf, textureFormat } from "./texture-format.ts";

const formats: [DataType, string][] = [
  ["bool", "r8uint"],
  ["uint8", "r8uint"],
  ["int8", "r8sint"],
  ["uint16", "r16uint"],
  ["int16", "r16sint"],
  ["uint32", "r32uint"],
  ["int32", "r32sint"],
  ["float16", "r32float"],
  ["float32", "r32float"],
  ["float64", "r32float"],
  ["int64", "r32float"],
  ["uint64", "r32float"],
];

describe("texture formats", () => {
  it.each(formats)(
    "%s is kept as %s, uploaded in its own bytes or as float32",
    (dataType, name) => {
      const format = textureFormat(dataType);
      expect(format.name).toBe(name);
      const elements = allocateElements(dataType, 6);
      const wide = ["float64", "int64", "uint64"].includes(dataType);
      const texels = texelsOf({
        width: 3,
        height: 2,
        elements,
        texels: wide ? new Float32Array(6) : undefined,
        statistics: undefined,
        byteLength: 0,
      });
      expect(texels?.BYTES_PER_ELEMENT).toBe(format.texelBytes);
    },
  );

  it("takes no plane of the wrong length, and none of 64 bits without texels", () => {
    const plane = { width: 3, height: 2, texels: undefined, statistics: undefined, byteLength: 0 };
    expect(texelsOf({ ...plane, elements: new Uint16Array(5) })).toBeUndefined();
    expect(texelsOf({ ...plane, elements: new BigInt64Array(6) })).toBeUndefined();
  });
});
