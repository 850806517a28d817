import type { ColorStop } from "./lut-table.ts";

const place = /const float e(\d+) = ([\d.eE+-]+);/g;
const color = /const vec4 v(\d+) = vec4\(([^)]*)\);/g;

/**
 * The stops of one of Viv's colormap modules, read from its GLSL: `const float e0 = 0.0; const vec4 v0 = vec4(r,g,b,1);` and so on; in between
 * it blends by smoothstep. Throws if the module is of another form.
 */
export function colormapStops(glsl: string): readonly ColorStop[] {
  const places = [...glsl.matchAll(place)].map(([, , at]) => Number(at));
  const colors = [...glsl.matchAll(color)].map(([, , parts = ""]) => parts.split(",").map(Number));
  const stops = places.map((at, i): ColorStop => {
    const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = colors[i] ?? [];
    return { at, color: [red, green, blue] };
  });
  const isWhole = stops.length >= 2 && stops.length === colors.length;
  const ascends = stops.every(({ at }, i) => i === 0 || at > stops[i - 1]!.at);
  const hasColors = stops.every(({ color: parts }) => parts.every(Number.isFinite));
  if (!isWhole || !ascends || !hasColors || stops[0]?.at !== 0 || stops.at(-1)?.at !== 1) {
    throw new Error("The colormap module is not written as stops from 0 to 1.");
  }
  return stops;
}
