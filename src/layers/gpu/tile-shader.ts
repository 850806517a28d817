import { channelColorGlsl } from "./channel-color.ts";
import { slantGlsl, texelAtGlsl } from "./slant.ts";
import type { TexelKind } from "./texture-format.ts";

const samplers: Readonly<Record<TexelKind, string>> = {
  uint: "usampler2DArray",
  int: "isampler2DArray",
  float: "sampler2DArray",
};

/**
 * `above(page, base, texel)`: the texel minus the window's base. Integers subtract as integers where float32 would not hold them (WIDE:
 * 32 bits).
 */
const aboveBase: Readonly<Record<TexelKind, string>> = {
  uint: `
#define BASE uint
float above(usampler2DArray page, uint base, ivec3 at) {
  uint v = texelFetch(page, at, 0).r;
#ifdef WIDE
  return v >= base ? float(v - base) : -float(base - v);
#else
  return float(v) - float(base);
#endif
}
`,
  int: `
#define BASE int
float above(isampler2DArray page, int base, ivec3 at) {
  int v = texelFetch(page, at, 0).r;
#ifdef WIDE
  return v >= base ? float(uint(v) - uint(base)) : -float(uint(base) - uint(v));
#else
  return float(v) - float(base);
#endif
}
`,
  // NaN is asked for by its bits: compilers may assume that isnan() is false. Infinity times a weight of 0 would be NaN.
  float: `
#define BASE float
float above(sampler2DArray page, float base, ivec3 at) {
  return clamp(texelFetch(page, at, 0).r, -1e37, 1e37) - base;
}
#define MAY_MISS
bool missing(sampler2DArray page, ivec3 at) {
  return (floatBitsToUint(texelFetch(page, at, 0).r) & 0x7fffffffu) > 0x7f800000u;
}
`,
};

/** `valueAt(page, base, layer)` of the texels that `main` found under the pixel: `own`, or `first` to `second`, `mixed`. */
const valueAtGlsl = `
#ifdef NEAREST
float valueAt(PAGE page, BASE base, int layer) { return above(page, base, ivec3(own, layer)); }
#elif defined(MAY_MISS)
float valueAt(PAGE page, BASE base, int layer) {
  float sum = 0.0;
  float weights = 0.0;
  for (int tap = 0; tap < 4; tap++) {
    bool right = (tap & 1) == 1;
    bool down = (tap & 2) == 2;
    ivec3 at = ivec3(right ? second.x : first.x, down ? second.y : first.y, layer);
    float weight = (right ? mixed.x : 1.0 - mixed.x) * (down ? mixed.y : 1.0 - mixed.y);
    if (weight > 0.0 && !missing(page, at)) {
      sum += weight * above(page, base, at);
      weights += weight;
    }
  }
  return sum / weights;
}
#else
float valueAt(PAGE page, BASE base, int layer) {
  float a = above(page, base, ivec3(first, layer));
  float b = above(page, base, ivec3(second.x, first.y, layer));
  float c = above(page, base, ivec3(first.x, second.y, layer));
  float d = above(page, base, ivec3(second, layer));
  return mix(mix(a, b, mixed.x), mix(c, d, mixed.x), mixed.y);
}
#endif
`;

/** Uniforms of one channel, by its position in the group. */
const channelUniforms = (channel: number): string => `
uniform PAGE u_page${channel};
uniform BASE u_base${channel};
uniform vec2 u_window${channel};
uniform float u_gamma${channel};
uniform vec2 u_ends${channel};
uniform vec3 u_color${channel};
`;

const channelSum = (channel: number): string => `
  sum += shown(u_page${channel}, u_base${channel}, int(v_values[${channel}]), u_window${channel},
    u_gamma${channel}, u_ends${channel}, u_color${channel});`;

/**
 * Samples one layer of each page and adds up the colours of the channels. Along an axis that is magnified the nearest texel is taken, else two are
 * mixed; both inside the tile only. NaN adds nothing, and takes no part in a mix.
 *
 * Variants, since software GPUs pay for both sides of every branch: NEAREST where both axes are magnified, GAMMA where a channel has
 * one, WIDE for integers of 32 bits.
 * @param channels how many, 1 … 4
 */
export function tileFragmentShader(kind: TexelKind, channels: number): string {
  const positions = Array.from({ length: channels }, (_, channel) => channel);
  return `#version 300 es
precision highp float;
precision highp int;
#define PAGE ${samplers[kind]}
precision highp PAGE;
uniform vec2 u_canvas;
uniform vec2 u_shift;
uniform vec2 u_mixed;
${channelColorGlsl}
flat in vec4 v_texels;
flat in vec4 v_values;
out vec4 color;
${slantGlsl}
${texelAtGlsl}
ivec2 own;
ivec2 first;
ivec2 second;
vec2 mixed;
${aboveBase[kind]}
${valueAtGlsl}
${positions.map(channelUniforms).join("")}
vec3 shown(PAGE page, BASE base, int layer, vec2 window, float gamma, vec2 ends, vec3 tint) {
#ifdef MAY_MISS
  if (missing(page, ivec3(own, layer))) return vec3(0.0);
#endif
  float ramp = clamp((valueAt(page, base, layer) - window.x) / window.y, 0.0, 1.0);
#ifdef GAMMA
  ramp = pow(ramp, gamma);
#endif
  return channelColor(mix(ends.x, ends.y, ramp), tint);
}

void main() {
  vec2 pixel = vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y);
  DISCARD_OUTSIDE(pixel);
  vec2 at = texelAt(pixel);
  ivec2 last = ivec2(v_texels.zw) - 1;
#if defined(NEAREST) || defined(MAY_MISS)
  own = clamp(ivec2(floor(at)), ivec2(0), last);
#endif
#ifndef NEAREST
  vec2 low = floor(at - u_shift);
  mixed = (at - u_shift - low) * u_mixed;
  first = clamp(ivec2(low), ivec2(0), last);
  second = clamp(ivec2(low) + 1, ivec2(0), last);
#endif
  vec3 sum = vec3(0.0);
${positions.map(channelSum).join("")}
  color = vec4(sum, 0.0);
}
`;
}
