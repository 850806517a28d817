import { COLORMAPS } from "@vivjs/constants";
import { expect, it } from "vitest";
import { loadLuts } from "./load-luts.ts";
import { lutNames } from "./lut-name.ts";
import { lutSize } from "./lut-table.ts";
import { colormapGlsl } from "./viv-colormaps.ts";

const vertex = `#version 300 es
void main() {
  gl_Position = vec4(float(gl_VertexID & 1) * 4.0 - 1.0, float(gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0);
}`;

/** Runs a colormap module as it is on the GPU: its colours at 0, 1/255 … 1. */
function evaluated(gl: WebGL2RenderingContext, glsl: string): Uint8Array {
  const program = gl.createProgram();
  const fragment = `#version 300 es
precision highp float;
${glsl}
out vec4 color;
void main() { color = vec4(apply_cmap((gl_FragCoord.x - 0.5) / 255.0).rgb, 1.0); }`;
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    expect(gl.getShaderInfoLog(shader)).toBe("");
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  // The module's own uniforms, which apply_cmap does not read; a block without a buffer is no legal draw.
  const uniforms = gl.createBuffer();
  gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, uniforms);
  gl.bufferData(gl.UNIFORM_BUFFER, 256, gl.STATIC_DRAW);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  const rgba = new Uint8Array(lutSize * 4);
  gl.readPixels(0, 0, lutSize, 1, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
  expect(gl.getError()).toBe(gl.NO_ERROR);
  gl.deleteProgram(program);
  return rgba;
}

it("are those that Viv lists, but for the one without colour", () => {
  const listed = COLORMAPS.map((name) => name.replace("-", "_")).filter((name) => name !== "alpha");
  expect([...lutNames].sort()).toEqual(listed.sort());
});

it("each lookup table is what Viv's module computes on the GPU, within 1/255", async () => {
  const canvas = new OffscreenCanvas(lutSize, 1);
  const gl = canvas.getContext("webgl2")!;
  const luts = await loadLuts();
  expect([...luts.keys()]).toEqual([...lutNames]);
  for (const [name, { rgba }] of luts) {
    const onGpu = evaluated(gl, colormapGlsl(name));
    const worst = Math.max(...rgba.map((byte, i) => Math.abs(byte - onGpu[i]!)));
    expect({ name, worst: Math.max(0, worst - 1) }).toEqual({ name, worst: 0 });
  }
});
