import { channelColorGlsl } from "./channel-color.ts";
import { slantGlsl, texelAtGlsl } from "./slant.ts";
import type { TexelKind } from "./texture-format.ts";

const samplers: Readonly<Record<TexelKind, string>> = {
  uint: "usampler2DArray",
  int: "isampler2DArray",
  float: "sampler2DArray",
};

/** `above(texel)`: the texel minus the window's base. Integers subtract as integers, so 32 bits stay exact. */
const aboveBase: Readonly<Record<TexelKind, string>> = {
  uint: `
uniform uint u_base;
float above(ivec3 at) {
  uint v = texelFetch(u_page, at, 0).r;
  return v >= u_base ? float(v - u_base) : -float(u_base - v);
}
`,
  int: `
uniform int u_base;
float above(ivec3 at) {
  int v = texelFetch(u_page, at, 0).r;
  return v >= u_base ? float(uint(v) - uint(u_base)) : -float(uint(u_base) - uint(v));
}
`,
  // NaN is asked for by its bits: compilers may assume that isnan() is false. Infinity times a weight of 0 would be NaN.
  float: `
uniform float u_base;
float above(ivec3 at) {
  return clamp(texelFetch(u_page, at, 0).r, -1e37, 1e37) - u_base;
}
#define MAY_MISS
bool missing(ivec3 at) {
  return (floatBitsToUint(texelFetch(u_page, at, 0).r) & 0x7fffffffu) > 0x7f800000u;
}
`,
};

/**
 * Samples one layer of a page and maps the value to the channel's colour. Along an axis that is magnified the nearest texel is taken, else two are
 * mixed; both inside the tile only. NaN adds nothing, and takes no part in a mix. With NEAREST both axes are magnified: variants,
 * because software GPUs pay for both sides of every branch.
 */
export function tileFragmentShader(kind: TexelKind): string {
  return `#version 300 es
precision highp float;
precision highp int;
uniform highp ${samplers[kind]} u_page;
uniform vec2 u_canvas;
uniform bvec2 u_nearest;
uniform vec2 u_window;
uniform float u_gamma;
uniform bool u_inverted;
${channelColorGlsl}
flat in vec4 v_texels;
flat in float v_value;
out vec4 color;
${slantGlsl}
${texelAtGlsl}
${aboveBase[kind]}
void main() {
  vec2 pixel = vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y);
  DISCARD_OUTSIDE(pixel);
  vec2 at = texelAt(pixel);
  ivec2 last = ivec2(v_texels.zw) - 1;
  int layer = int(v_value);
#if defined(NEAREST) || defined(MAY_MISS)
  ivec3 own = ivec3(clamp(ivec2(floor(at)), ivec2(0), last), layer);
#endif
#ifdef MAY_MISS
  if (missing(own)) { color = vec4(0.0); return; }
#endif

#ifdef NEAREST
  float value = above(own);
#else
  vec2 low = floor(at - 0.5);
  vec2 mixed = at - 0.5 - low;
  if (u_nearest.x) { low.x = floor(at.x); mixed.x = 0.0; }
  if (u_nearest.y) { low.y = floor(at.y); mixed.y = 0.0; }
  ivec2 a = clamp(ivec2(low), ivec2(0), last);
  ivec2 b = clamp(ivec2(low) + 1, ivec2(0), last);
#ifdef MAY_MISS
  float sum = 0.0;
  float weights = 0.0;
  for (int tap = 0; tap < 4; tap++) {
    bool right = (tap & 1) == 1;
    bool down = (tap & 2) == 2;
    ivec3 tapAt = ivec3(right ? b.x : a.x, down ? b.y : a.y, layer);
    float weight = (right ? mixed.x : 1.0 - mixed.x) * (down ? mixed.y : 1.0 - mixed.y);
    if (weight > 0.0 && !missing(tapAt)) {
      sum += weight * above(tapAt);
      weights += weight;
    }
  }
  float value = sum / weights;
#else
  float upper = mix(above(ivec3(a, layer)), above(ivec3(b.x, a.y, layer)), mixed.x);
  float lower = mix(above(ivec3(a.x, b.y, layer)), above(ivec3(b, layer)), mixed.x);
  float value = mix(upper, lower, mixed.y);
#endif
#endif

  float ramp = pow(clamp((value - u_window.x) / u_window.y, 0.0, 1.0), u_gamma);
  color = vec4(channelColor(u_inverted ? 1.0 - ramp : ramp), 0.0);
}
`;
}
