import { paletteIndexGlsl } from "../labels/label-palette.ts";
import { slantGlsl, texelAtGlsl } from "./slant.ts";

/** How a texel becomes an id: unsigned, signed (two's complement), or two words of an id of 64 bits. */
export type LabelTexelKind = "uint" | "int" | "pair";

/** What a pixel of the second target holds. */
export const knownTexel = { id: 1, blocked: 2 } as const;

/** Width of the texture of stated colours in texels. */
export const colorTextureWidth = 1024;

const samplers: Readonly<Record<LabelTexelKind, string>> = {
  uint: "usampler2DArray",
  int: "isampler2DArray",
  pair: "usampler2DArray",
};

const idOfTexel: Readonly<Record<LabelTexelKind, string>> = {
  uint: "return uvec2(texelFetch(u_page, at, 0).r, 0u);",
  int: "int v = texelFetch(u_page, at, 0).r; return uvec2(uint(v), v < 0 ? 0xffffffffu : 0u);",
  pair: "return texelFetch(u_page, at, 0).rg;",
};

const idOutputs = `
layout(location = 0) out uvec4 id;
layout(location = 1) out uvec4 known;
`;

/** Writes the id of the texel under each pixel. Ids are never mixed: whatever the zoom, it is the one texel at the pixel's centre. */
export function labelIdFragmentShader(kind: LabelTexelKind): string {
  return `#version 300 es
precision highp float;
precision highp int;
uniform highp ${samplers[kind]} u_page;
uniform vec2 u_canvas;
flat in vec4 v_texels;
flat in float v_value;
${idOutputs}
${slantGlsl}
${texelAtGlsl}
uvec2 idAt(ivec3 at) { ${idOfTexel[kind]} }

void main() {
  vec2 pixel = vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y);
  DISCARD_OUTSIDE(pixel);
  vec2 at = texelAt(pixel);
  ivec2 texel = clamp(ivec2(floor(at)), ivec2(0), ivec2(v_texels.zw) - 1);
  id = uvec4(idAt(ivec3(texel, int(v_value))), 0u, 0u);
  known = uvec4(${knownTexel.id}u, 0u, 0u, 0u);
}
`;
}

/** Writes one id all over, or that the place is blocked: what lies there failed, and coarser tiles must not show through. */
export const labelConstantFragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform uvec2 u_id;
uniform bool u_blocked;
uniform vec2 u_canvas;
flat in vec4 v_texels;
${idOutputs}
${slantGlsl}
void main() {
  DISCARD_OUTSIDE(vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y));
  id = uvec4(u_id, 0u, 0u);
  known = uvec4(u_blocked ? ${knownTexel.blocked}u : ${knownTexel.id}u, 0u, 0u, 0u);
}
`;

/**
 * Colours the ids. An outline lies inside of its object: pixels that have another id within \`u_outline\` device pixels, looked for in eight
 * directions at the full and at every smaller distance. What is not known makes no edge: neither the end of the image nor a tile
 * that is still to come.
 */
export const labelColorFragmentShader = `#version 300 es
precision highp float;
precision highp int;
uniform highp usampler2D u_ids;
uniform highp usampler2D u_known;
uniform highp usampler2D u_colors;
uniform highp sampler2D u_palette;
uniform int u_colorCount;
uniform int u_outline;
uniform int u_highlightOutline;
uniform float u_opacity;
uniform bool u_hasHighlight;
uniform uvec2 u_highlight;
out vec4 color;
${paletteIndexGlsl}
vec4 unpacked(uint rgba) {
  return vec4(rgba & 255u, (rgba >> 8) & 255u, (rgba >> 16) & 255u, rgba >> 24) / 255.0;
}

vec4 labelColor(uvec2 id) {
  int first = 0;
  int end = u_colorCount;
  for (int halvings = 0; halvings < 32 && first < end; halvings++) {
    int middle = (first + end) >> 1;
    uvec4 entry = texelFetch(u_colors, ivec2(middle % ${colorTextureWidth}, middle / ${colorTextureWidth}), 0);
    if (entry.xy == id) return unpacked(entry.z);
    if (entry.y < id.y || (entry.y == id.y && entry.x < id.x)) first = middle + 1;
    else end = middle;
  }
  if (id == uvec2(0u)) return vec4(0.0);
  return vec4(texelFetch(u_palette, ivec2(paletteIndex(id), 0), 0).rgb, 1.0);
}

bool differs(ivec2 at, uvec2 id) {
  ivec2 size = textureSize(u_ids, 0);
  if (any(lessThan(at, ivec2(0))) || any(greaterThanEqual(at, size))) return false;
  if (texelFetch(u_known, at, 0).r != ${knownTexel.id}u) return false;
  return texelFetch(u_ids, at, 0).rg != id;
}

bool isEdge(ivec2 at, uvec2 id, int width) {
  for (int distance = 1; distance <= width; distance++) {
    int diagonal = int(round(float(distance) * 0.7071));
    if (differs(at + ivec2(distance, 0), id) || differs(at - ivec2(distance, 0), id)) return true;
    if (differs(at + ivec2(0, distance), id) || differs(at - ivec2(0, distance), id)) return true;
    if (differs(at + ivec2(diagonal), id) || differs(at - ivec2(diagonal), id)) return true;
    ivec2 other = ivec2(diagonal, -diagonal);
    if (differs(at + other, id) || differs(at - other, id)) return true;
  }
  return false;
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  color = vec4(0.0);
  if (texelFetch(u_known, at, 0).r != ${knownTexel.id}u) return;
  uvec2 id = texelFetch(u_ids, at, 0).rg;
  vec4 own = labelColor(id);
  float alpha = own.a * u_opacity;
  if (u_hasHighlight && id == u_highlight) {
    color = isEdge(at, id, u_highlightOutline) ? vec4(1.0) : vec4(own.rgb, max(alpha, 0.35));
    return;
  }
  if (alpha == 0.0 || (u_outline > 0 && !isEdge(at, id, u_outline))) return;
  color = vec4(own.rgb, alpha);
}
`;
