import type { Affine } from "../tiles/affine.ts";
import { compose, invert } from "../tiles/affine.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import { intersection, type Rect, transformRect } from "../tiles/rect.ts";
import { InstanceList, type LevelMaps } from "./instance-list.ts";
import { instanceFloats, quadVertexShader } from "./quad-shader.ts";
import { type ShaderProgram, shaderProgram } from "./shader-program.ts";

/** Quads that are drawn by one call. */
export type QuadRange = { readonly first: number; readonly count: number };

/** Where a level lies on the canvas in this frame; `clip` is its image's rectangle in device pixels. */
export type PlacedLevel = LevelMaps & { readonly clip: Rect };

/** The quads of a frame and the programs that draw them. First all are listed, then sent to the GPU at once, then drawn by ranges. */
export class QuadDrawer {
  readonly gl: WebGL2RenderingContext;
  readonly instances = new InstanceList();
  readonly #vertexArray: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  readonly #programs = new Map<string, ShaderProgram>();
  readonly #placed = new Map<PlaneLevel, PlacedLevel | undefined>();
  #deviceFromWorld: Affine | undefined;
  #canvas: Rect = { x0: 0, y0: 0, x1: 0, y1: 0 };
  #drawCalls = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.#vertexArray = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
  }

  /** Draw calls since the frame began. */
  get drawCalls(): number {
    return this.#drawCalls;
  }

  /** Begins a frame: nothing is listed. */
  begin(deviceFromWorld: Affine): void {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = this.gl;
    this.#deviceFromWorld = deviceFromWorld;
    // One device pixel beyond the canvas is enough, and keeps float32 exact.
    this.#canvas = { x0: -1, y0: -1, x1: width + 1, y1: height + 1 };
    this.#placed.clear();
    this.instances.clear();
    this.#drawCalls = 0;
  }

  /** Lists a rectangle of the world, as far as it is on the canvas. */
  addRect(world: Rect, value: number): void {
    const device = this.#onCanvas(world);
    if (device) this.instances.addRect(device, value);
  }

  /** Where a level lies in this frame; undefined if its image is not on the canvas. */
  placed(level: PlaneLevel): PlacedLevel | undefined {
    if (this.#placed.has(level)) return this.#placed.get(level);
    const clip = this.#onCanvas(level.imageBounds);
    const toDevice = this.#deviceFromWorld && compose(this.#deviceFromWorld, level.worldFromTexel);
    const toTexel = toDevice && invert(toDevice);
    const placed = clip && toTexel && { toDevice, toTexel, clip };
    this.#placed.set(level, placed);
    return placed;
  }

  /** Sends what is listed to the GPU; ranges may be drawn until `end`. */
  upload(): void {
    const { gl } = this;
    gl.bindVertexArray(this.#vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.instances.floats, gl.STREAM_DRAW);
  }

  /** Makes a program current. A name stands for one fragment shader. */
  use(name: string, fragmentSource: string): ShaderProgram {
    const { gl } = this;
    let program = this.#programs.get(name);
    if (!program) {
      program = shaderProgram(gl, quadVertexShader, fragmentSource);
      this.#programs.set(name, program);
    }
    gl.useProgram(program.program);
    gl.uniform2f(program.uniform("u_canvas"), gl.drawingBufferWidth, gl.drawingBufferHeight);
    return program;
  }

  /** WebGL2 has no base instance: the attributes are pointed at the first instance of the range instead. */
  draw({ first, count }: QuadRange): void {
    if (count === 0) return;
    const { gl } = this;
    const stride = instanceFloats * 4;
    let offset = first * stride;
    for (const [location, floats] of [4, 4, 1].entries()) {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, floats, gl.FLOAT, false, stride, offset);
      gl.vertexAttribDivisor(location, 1);
      offset += floats * 4;
    }
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    this.#drawCalls++;
  }

  end(): void {
    const { gl } = this;
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
    gl.useProgram(null);
  }

  destroy(): void {
    const { gl } = this;
    for (const { program } of this.#programs.values()) gl.deleteProgram(program);
    this.#programs.clear();
    gl.deleteVertexArray(this.#vertexArray);
    gl.deleteBuffer(this.#buffer);
  }

  #onCanvas(world: Rect): Rect | undefined {
    if (!this.#deviceFromWorld) return undefined;
    return intersection(transformRect(this.#deviceFromWorld, world), this.#canvas);
  }
}
