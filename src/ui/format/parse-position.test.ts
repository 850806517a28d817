import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Axis } from "../../zarr/image/image-model.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { axisPosition } from "./axis-position.ts";
import { parsePosition } from "./parse-position.ts";

const image = fakeImage();
const z = image.axes.axes[1]!;
const at = (text: string, axis: Axis = z) => parsePosition(text, image, axis);

describe("parsePosition", () => {
  it.each([
    ["12", 11],
    [" 1 ", 0],
    ["236", 235],
    ["59 µm", 118],
    ["59µm", 118],
    ["59 μm", 118],
    ["59um", 118],
    ["59,2 um", 118],
    ["59.3 micrometer", 119],
    ["59000 nm", 118],
    ["0.059mm", 118],
    ["0 µm", 0],
    ["-0.2 µm", 0],
    ["117.7 µm", 235],
  ])("%j", (text, index) => {
    expect(at(text)).toEqual({ index });
  });

  it.each([
    ["", "Type a whole number from 1 to 236, or a place such as 59.0 µm."],
    ["twelve", "Type a whole number from 1 to 236, or a place such as 59.0 µm."],
    ["12.5", "Type a whole number from 1 to 236, or a place such as 59.0 µm."],
    ["0", "There is no 0: z goes from 1 to 236."],
    ["237", "There is no 237: z goes from 1 to 236."],
    ["300 µm", "z goes from 0.0 µm to 117.5 µm."],
    ["3 s", "“s” does not fit: z is measured in µm."],
  ])("says what is wrong with %j", (text, error) => {
    expect(at(text)).toEqual({ error });
  });

  it("an axis without a unit takes indices only", () => {
    expect(at("3 µm", { ...z, unit: undefined })).toEqual({
      error: "“µm” does not fit: z has no unit.",
    });
  });

  it("takes back what is shown, as index and as place, for any step and shift", () => {
    const step = fc
      .double({ min: 1e-3, max: 1e3, noNaN: true })
      .chain((size) => fc.constantFrom(size, -size));
    const shift = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(step, shift, fc.nat(235), (scale, translation, index) => {
        const shown = fakeImage();
        const levels = shown.levels.map((level) => ({
          ...level,
          worldFromIndex: { scale: [1, scale, 1, 1], translation: [0, translation, 0, 0] },
        }));
        const moved = { ...shown, levels };
        expect(parsePosition(String(index + 1), moved, z)).toEqual({ index });
        const place = axisPosition(moved, z, index) ?? "";
        const parsed = parsePosition(place, moved, z);
        // The text is rounded to the step, so its neighbour may be meant at most.
        expect("index" in parsed && Math.abs(parsed.index - index) <= 1).toBe(true);
      }),
    );
  });

  it("never throws and never leaves the axis", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((unit) => `7${unit}`),
        ),
        (text) => {
          const parsed = at(text);
          if ("index" in parsed) {
            expect(parsed.index).toBeGreaterThanOrEqual(0);
            expect(parsed.index).toBeLessThan(236);
          } else expect(parsed.error).not.toBe("");
        },
      ),
    );
  });
});
