import { type DrawnChannel, rgbOf, shaderWindow } from "./channel-ramp.ts";
import type { LutTextures } from "./lut-textures.ts";
import type { ShaderProgram } from "./shader-program.ts";
import { slantGlsl } from "./slant.ts";
import type { TexelKind } from "./texture-format.ts";

/** Texture unit of lookup tables; beside one there is one page, on unit 0, and two kinds of sampler must never share a unit. */
const lutUnit = 1;

/** `channelColor(ramp, color)`: the colour of a brightness 0 … 1, with LUT by the lookup table. */
export const channelColorGlsl = `
#ifdef LUT
uniform highp sampler2D u_lut;
vec3 channelColor(float ramp, vec3 color) {
  float at = clamp(ramp, 0.0, 1.0) * 255.0;
  int low = int(floor(at));
  vec3 a = texelFetch(u_lut, ivec2(low, 0), 0).rgb;
  vec3 b = texelFetch(u_lut, ivec2(min(low + 1, 255), 0), 0).rgb;
  return mix(a, b, at - float(low));
}
#else
vec3 channelColor(float ramp, vec3 color) { return color * ramp; }
#endif
`;

/** Tiles of one value: \`v_value\` is a brightness; below 0 nothing is drawn, but coarser tiles are kept out. */
export const constantFragmentShader = `#version 300 es
precision highp float;
${channelColorGlsl}
uniform vec3 u_color;
uniform vec2 u_canvas;
flat in vec4 v_texels;
flat in float v_value;
out vec4 color;
${slantGlsl}
void main() {
  DISCARD_OUTSIDE(vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y));
  color = v_value < 0.0 ? vec4(0.0) : vec4(channelColor(v_value, u_color), 0.0);
}
`;

/** Sets the uniforms of `channelColorGlsl`, or that of this name: the colour. */
export function setChannelColor(
  gl: WebGL2RenderingContext,
  { uniform }: ShaderProgram,
  name: string,
  { color, lut }: DrawnChannel,
  textures: LutTextures,
): void {
  if (!lut) {
    gl.uniform3f(uniform(name), ...rgbOf(color));
    return;
  }
  gl.uniform1i(uniform("u_lut"), lutUnit);
  gl.activeTexture(gl.TEXTURE0 + lutUnit);
  gl.bindTexture(gl.TEXTURE_2D, textures.textureOf(lut));
  gl.activeTexture(gl.TEXTURE0);
}

/** Sets the uniforms of the tile shader that say how bright a channel's values are. @param index its position in the group */
export function setChannelRamp(
  gl: WebGL2RenderingContext,
  { uniform }: ShaderProgram,
  index: number,
  kind: TexelKind,
  channel: DrawnChannel,
): void {
  const { base, start, width, gamma } = shaderWindow(kind, channel);
  const location = uniform(`u_base${index}`);
  switch (kind) {
    case "uint":
      gl.uniform1ui(location, base);
      break;
    case "int":
      gl.uniform1i(location, base);
      break;
    case "float":
      gl.uniform1f(location, base);
      break;
  }
  gl.uniform2f(uniform(`u_window${index}`), start, width);
  gl.uniform1f(uniform(`u_gamma${index}`), gamma);
  gl.uniform2f(uniform(`u_ends${index}`), channel.inverted ? 1 : 0, channel.inverted ? 0 : 1);
}
