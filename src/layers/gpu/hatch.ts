import type { ChunkStateKind } from "../../zarr/chunks/chunk-state.ts";
import { slantGlsl } from "./slant.ts";

/** Why a place shows no image: a state of a tile, or tiles beyond the cap that were not asked for. */
export type HatchKind =
  | Exclude<ChunkStateKind, "data" | "fill" | "pending">
  | "omitted"
  // Over an image that is there: its chunk contradicts its checksum.
  | "unverified";

/** How a kind of trouble is drawn: six hex digits, and the direction of the lines. Never by colour alone. */
export type HatchStyle = {
  readonly color: string;
  readonly lines: "rising" | "falling" | "crossed" | "level" | "upright" | "dotted";
};

/** One look per kind; legends in the interface use the same record. */
export const hatchStyles: Readonly<Record<HatchKind, HatchStyle>> = {
  denied: { color: "E0A030", lines: "rising" },
  error: { color: "E05252", lines: "falling" },
  corrupt: { color: "D050D0", lines: "crossed" },
  unverifiable: { color: "4F9BE8", lines: "level" },
  omitted: { color: "808080", lines: "upright" },
  unverified: { color: "D050D0", lines: "dotted" },
};

/** Distance and thickness of the lines, in device pixels. */
export const hatchPeriod = 12;
export const hatchLine = 2;

/** Order of the `v_value` numbers in the shader. */
const lineOrder = ["rising", "falling", "crossed", "level", "upright", "dotted"] as const;

/** The number by which the shader knows a direction of lines. */
export function hatchLinesNumber(kind: HatchKind): number {
  return lineOrder.indexOf(hatchStyles[kind].lines);
}

/** Lines over a faint tint; other channels stay visible between the lines. */
export const hatchFragmentShader = `#version 300 es
precision highp float;
uniform vec3 u_color;
uniform vec2 u_canvas;
flat in vec4 v_texels;
flat in float v_value;
out vec4 color;
${slantGlsl}
bool line(float distance) { return mod(distance, ${hatchPeriod}.0) < ${hatchLine}.0; }

void main() {
  vec2 p = vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y) - 0.5;
  DISCARD_OUTSIDE(p + 0.5);
  int lines = int(v_value);
  bool rising = line(p.x + p.y);
  bool falling = line(p.x - p.y);
  bool on = lines == 0 ? rising
    : lines == 1 ? falling
    : lines == 2 ? rising || falling
    : lines == 3 ? line(p.y)
    : lines == 4 ? line(p.x)
    : rising && falling;
  // Between the dots the image is as it is.
  color = vec4(u_color, on ? 1.0 : lines == 5 ? 0.0 : 0.15);
}
`;
