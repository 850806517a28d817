import { describe, expect, it } from "vitest";
import { colormapStops } from "./colormap-stops.ts";
import { isLutName, lutNames, lutTitle } from "./lut-name.ts";
import { lutColor, lutTable } from "./lut-table.ts";

describe("lookup tables", () => {
  it("have names that tell them from anything else", () => {
    expect(lutNames.every(isLutName)).toBe(true);
    expect(isLutName("viridis")).toBe(true);
    expect(["alpha", "Viridis", "", "__proto__", "toString"].some(isLutName)).toBe(false);
    expect(lutTitle("rainbow_soft")).toBe("rainbow soft");
  });

  it("blend by smoothstep between the stops, linearly between two entries", () => {
    const table = lutTable("ramp", [
      { at: 0, color: [0, 0, 0] },
      { at: 0.5, color: [1, 0, 0] },
      { at: 1, color: [1, 1, 1] },
    ]);
    expect(lutColor(table, 0)).toEqual([0, 0, 0]);
    expect(lutColor(table, 1)).toEqual([255, 255, 255]);
    // At a quarter smoothstep is ½; the places fall between entries 63 and 64.
    expect(lutColor(table, 0.25)[0]).toBeCloseTo(127.5, 0);
    expect(lutColor(table, 0.5)).toEqual([255, 0, 0]);
    expect(lutColor(table, 0.75)[2]).toBeCloseTo(127.5, 0);
    expect(lutColor(table, 3)).toEqual(lutColor(table, 1));
  });

  it.each([
    ["", "nothing"],
    ["const float e0 = 0.0; const vec4 v0 = vec4(1,0,0,1);", "one stop"],
    [
      "const float e0 = 0.0; const vec4 v0 = vec4(1,0,0,1); const float e1 = 0.9; const vec4 v1 = vec4(1,0,0,1);",
      "an end before 1",
    ],
    [
      "const float e0 = 0.0; const vec4 v0 = vec4(1,x,0,1); const float e1 = 1.0; const vec4 v1 = vec4(1,0,0,1);",
      "a colour that is none",
    ],
  ])("are refused where the module is of another form: %s (%s)", (glsl) => {
    expect(() => colormapStops(glsl)).toThrow("stops from 0 to 1");
  });
});
