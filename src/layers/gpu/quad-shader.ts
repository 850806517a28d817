import { slantGlsl } from "./slant.ts";

/** Floats of each attribute of an instance: device rectangle, texel origin and tile size, values whose meaning the fragment shader knows. */
export const instanceParts = [4, 4, 4] as const;
export const instanceFloats = 12;

/**
 * One quad per instance. Rectangles come in device pixels (origin top left), worked out in doubles on the CPU: neighbours share
 * the very same edge values, so that no pixel is left out or drawn twice.
 */
export const quadVertexShader = `#version 300 es
precision highp float;
layout(location = 0) in vec4 instanceRect;
layout(location = 1) in vec4 instanceTexels;
layout(location = 2) in vec4 instanceValues;
uniform vec2 u_canvas;
flat out vec4 v_texels;
flat out float v_value;
flat out vec4 v_values;

void main() {
  float x = (gl_VertexID & 1) == 0 ? instanceRect.x : instanceRect.z;
  float y = (gl_VertexID & 2) == 0 ? instanceRect.y : instanceRect.w;
  gl_Position = vec4(x / u_canvas.x * 2.0 - 1.0, 1.0 - y / u_canvas.y * 2.0, 0.0, 1.0);
  v_texels = instanceTexels;
  v_value = instanceValues.x;
  v_values = instanceValues;
}
`;

/** A quad of one colour; \`v_value\` 0 draws nothing but still keeps coarser tiles out. */
export const flatFragmentShader = `#version 300 es
precision highp float;
uniform vec4 u_color;
uniform vec2 u_canvas;
flat in vec4 v_texels;
flat in float v_value;
out vec4 color;
${slantGlsl}
void main() {
  DISCARD_OUTSIDE(vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y));
  color = vec4(u_color.rgb * v_value, u_color.a);
}
`;

/** Copies the float target to the screen, pixel by pixel. */
export const compositeFragmentShader = `#version 300 es
precision highp float;
uniform highp sampler2D u_sum;
uniform vec2 u_canvas;
flat in vec4 v_texels;
out vec4 color;
${slantGlsl}
void main() {
  DISCARD_OUTSIDE(vec2(gl_FragCoord.x, u_canvas.y - gl_FragCoord.y));
  color = vec4(clamp(texelFetch(u_sum, ivec2(gl_FragCoord.xy), 0).rgb, 0.0, 1.0), 1.0);
}
`;
