import type { ViewState } from "../scene.ts";
import { type Affine, compose, invert } from "../tiles/affine.ts";
import { intersection, type Rect, transformRect } from "../tiles/rect.ts";
import { type CanvasSize, deviceFromWorld } from "../tiles/view-rect.ts";
import { AccumulationTarget } from "./accumulation-target.ts";
import { constantFragmentShader, setChannelColor } from "./channel-color.ts";
import { brightness, type DrawnChannel, rgbOf, shaderWindow } from "./channel-ramp.ts";
import type { ChannelDraw, DrawList, TileBatch } from "./draw-list.ts";
import { hatchFragmentShader, hatchLinesNumber, hatchStyles } from "./hatch.ts";
import { InstanceList } from "./instance-list.ts";
import { LutTextures } from "./lut-textures.ts";
import {
  compositeFragmentShader,
  flatFragmentShader,
  instanceFloats,
  quadVertexShader,
} from "./quad-shader.ts";
import { type ShaderProgram, shaderProgram } from "./shader-program.ts";
import type { TexelKind } from "./texture-format.ts";
import { tileFragmentShader } from "./tile-shader.ts";

/**
 * Channels that may add up in the 8-bit canvas itself. Each addition rounds by up to half a step, so four of them can be off
 * by 2/255; the promise is 2/255, the reference's own rounding included.
 */
const channelsIn8Bits = 3;

/** Texels this close to a device pixel count as magnified: 1:1 is drawn crisp. */
const magnifiedFrom = 1 - 1e-6;

type Range = { readonly first: number; readonly count: number };

/**
 * Draws a `DrawList` with raw WebGL2 into whatever framebuffer is bound, which must be as large as the canvas and have a depth
 * buffer. The caller saves and restores GL state (luma's tracker does).
 */
export class TileRenderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #vertexArray: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  readonly #programs = new Map<string, ShaderProgram>();
  readonly #target: AccumulationTarget;
  readonly #luts: LutTextures;
  readonly #instances = new InstanceList();
  #drawCalls = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#vertexArray = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    this.#target = new AccumulationTarget(gl);
    this.#luts = new LutTextures(gl);
  }

  /** Draw calls of the last frame. */
  get drawCalls(): number {
    return this.#drawCalls;
  }

  /** Bytes of render targets and lookup tables. */
  get byteLength(): number {
    return this.#target.byteLength + this.#luts.byteLength;
  }

  draw(list: DrawList, view: ViewState, size: CanvasSize): void {
    const gl = this.#gl;
    const width = gl.drawingBufferWidth;
    const height = gl.drawingBufferHeight;
    this.#drawCalls = 0;
    this.#resetState();
    gl.clearColor(...rgbOf(list.background), 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const deviceFromWorldNow = deviceFromWorld(view, size);
    // One device pixel beyond the canvas is enough, and keeps float32 exact.
    const clip = { x0: -1, y0: -1, x1: width + 1, y1: height + 1 };
    const bounds =
      list.bounds && intersection(transformRect(deviceFromWorldNow, list.bounds), clip);
    if (!bounds) return;

    this.#instances.clear();
    const base: Range = { first: this.#instances.addRect(bounds, 0), count: 1 };
    const channels = list.channels.map((draw) =>
      draw.batches.map((batch) => this.#addBatch(batch, draw.channel, deviceFromWorldNow, bounds)),
    );
    const hatches = list.hatched.map(({ world, kind }): Range => {
      const device = intersection(transformRect(deviceFromWorldNow, world), bounds);
      if (!device) return { first: 0, count: 0 };
      return { first: this.#instances.addRect(device, hatchLinesNumber(kind)), count: 1 };
    });
    gl.bindVertexArray(this.#vertexArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#instances.floats, gl.STREAM_DRAW);

    const flat = this.#use("flat", flatFragmentShader);
    gl.uniform4f(flat.uniform("u_color"), 0, 0, 0, 1);
    this.#drawRange(base);
    this.#drawChannels(list.channels, channels, deviceFromWorldNow, base);
    this.#drawHatches(list, hatches);

    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
    gl.useProgram(null);
    gl.depthMask(true);
    gl.clear(gl.DEPTH_BUFFER_BIT);
  }

  destroy(): void {
    const gl = this.#gl;
    for (const { program } of this.#programs.values()) gl.deleteProgram(program);
    this.#programs.clear();
    gl.deleteVertexArray(this.#vertexArray);
    gl.deleteBuffer(this.#buffer);
    this.#target.destroy();
    this.#luts.destroy();
  }

  #resetState(): void {
    const gl = this.#gl;
    for (const capability of [
      gl.BLEND,
      gl.DEPTH_TEST,
      gl.CULL_FACE,
      gl.SCISSOR_TEST,
      gl.STENCIL_TEST,
      gl.POLYGON_OFFSET_FILL,
    ]) {
      gl.disable(capability);
    }
    gl.colorMask(true, true, true, true);
    gl.depthMask(true);
    gl.depthFunc(gl.LESS);
    gl.clearDepth(1);
    gl.blendEquation(gl.FUNC_ADD);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  #addBatch(
    batch: TileBatch,
    channel: DrawnChannel,
    deviceFromWorldNow: Affine,
    clip: Rect,
  ): Range {
    const toDevice = compose(deviceFromWorldNow, batch.level.worldFromTexel);
    const maps = { toDevice, toTexel: invert(toDevice) ?? toDevice };
    const first = this.#instances.count;
    for (const { tile, value } of batch.tiles) {
      const shown = batch.page ? value : Number.isNaN(value) ? -1 : brightness(value, channel);
      this.#instances.addTile(maps, tile, clip, shown);
    }
    return { first, count: this.#instances.count - first };
  }

  #drawChannels(
    draws: readonly ChannelDraw[],
    ranges: readonly (readonly Range[])[],
    deviceFromWorldNow: Affine,
    base: Range,
  ): void {
    if (draws.length === 0) return;
    const gl = this.#gl;
    const canvas: WebGLFramebuffer | null = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    const inFloat =
      draws.length > channelsIn8Bits &&
      this.#target.bind(gl.drawingBufferWidth, gl.drawingBufferHeight);
    if (inFloat) {
      gl.clearColor(0, 0, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
    } else {
      gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
    }
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.ONE, gl.ONE, gl.ZERO, gl.ONE);
    gl.enable(gl.DEPTH_TEST);
    for (const [i, { channel, batches }] of draws.entries()) {
      gl.clear(gl.DEPTH_BUFFER_BIT);
      for (const [j, batch] of batches.entries()) {
        this.#drawBatch(batch, channel, ranges[i]![j]!, deviceFromWorldNow);
      }
    }
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    if (!inFloat) return;
    gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
    const composite = this.#use("composite", compositeFragmentShader);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#target.texture);
    gl.uniform1i(composite.uniform("u_sum"), 0);
    this.#drawRange(base);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }

  #drawBatch(
    { level, page }: TileBatch,
    channel: DrawnChannel,
    range: Range,
    deviceFromWorldNow: Affine,
  ): void {
    const gl = this.#gl;
    if (!page) {
      const constant = this.#use("constant", constantFragmentShader);
      setChannelColor(gl, constant, channel, this.#luts);
      this.#drawRange(range);
      return;
    }
    const { kind } = page.kind.format;
    const program = this.#use(kind, tileFragmentShader(kind));
    const { uniform } = program;
    const deviceFromTexel = compose(deviceFromWorldNow, level.worldFromTexel);
    gl.uniform2f(uniform("u_texelsPerPixel"), 1 / deviceFromTexel.xx, 1 / deviceFromTexel.yy);
    gl.uniform2i(
      uniform("u_nearest"),
      Math.abs(deviceFromTexel.xx) >= magnifiedFrom ? 1 : 0,
      Math.abs(deviceFromTexel.yy) >= magnifiedFrom ? 1 : 0,
    );
    this.#setRamp(uniform, kind, channel);
    setChannelColor(gl, program, channel, this.#luts);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, page.texture);
    gl.uniform1i(uniform("u_page"), 0);
    this.#drawRange(range);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
  }

  #setRamp(uniform: ShaderProgram["uniform"], kind: TexelKind, channel: DrawnChannel): void {
    const gl = this.#gl;
    const { base, start, width, gamma } = shaderWindow(kind, channel);
    switch (kind) {
      case "uint":
        gl.uniform1ui(uniform("u_base"), base);
        break;
      case "int":
        gl.uniform1i(uniform("u_base"), base);
        break;
      case "float":
        gl.uniform1f(uniform("u_base"), base);
        break;
    }
    gl.uniform2f(uniform("u_window"), start, width);
    gl.uniform1f(uniform("u_gamma"), gamma);
    gl.uniform1i(uniform("u_inverted"), channel.inverted ? 1 : 0);
  }

  #drawHatches(list: DrawList, ranges: readonly Range[]): void {
    if (ranges.length === 0) return;
    const gl = this.#gl;
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    const { uniform } = this.#use("hatch", hatchFragmentShader);
    for (const [i, { kind }] of list.hatched.entries()) {
      gl.uniform3f(uniform("u_color"), ...rgbOf(hatchStyles[kind].color));
      this.#drawRange(ranges[i]!);
    }
    gl.disable(gl.BLEND);
  }

  #use(name: string, fragmentSource: string): ShaderProgram {
    const gl = this.#gl;
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
  #drawRange({ first, count }: Range): void {
    if (count === 0) return;
    const gl = this.#gl;
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
}
