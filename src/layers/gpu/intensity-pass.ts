import { stepLengths } from "../tiles/plane-affine.ts";
import { AccumulationTarget } from "./accumulation-target.ts";
import { constantFragmentShader, setChannelColor } from "./channel-color.ts";
import { brightness, type DrawnChannel, shaderWindow } from "./channel-ramp.ts";
import type { IntensityDraw } from "./draw-list.ts";
import { LutTextures } from "./lut-textures.ts";
import type { QuadDrawer, QuadRange } from "./quad-drawer.ts";
import { compositeFragmentShader, flatFragmentShader } from "./quad-shader.ts";
import type { ShaderProgram } from "./shader-program.ts";
import type { TexelKind } from "./texture-format.ts";
import type { TileBatch } from "./tile-batches.ts";
import { tileFragmentShader } from "./tile-shader.ts";

/**
 * Channels that may add up in the 8-bit canvas itself. Each addition rounds by up to half a step, so four of them can be off
 * by 2/255; the promise is 2/255, the reference's own rounding included.
 */
const channelsIn8Bits = 3;

/** Texels this close to a device pixel count as magnified: 1:1 is drawn crisp. */
const magnifiedFrom = 1 - 1e-6;

type ListedBatch = { readonly batch: TileBatch; readonly range: QuadRange };
type ListedChannel = { readonly channel: DrawnChannel; readonly batches: readonly ListedBatch[] };

/** A layer whose quads are listed. */
export type ListedIntensity = {
  readonly base: readonly QuadRange[];
  readonly channels: readonly ListedChannel[];
};

/** Draws images whose channels add up: black bases first, then every channel's tiles, finest first, by depth. */
export class IntensityPass {
  readonly #quads: QuadDrawer;
  readonly #target: AccumulationTarget;
  readonly #luts: LutTextures;

  constructor(quads: QuadDrawer) {
    this.#quads = quads;
    this.#target = new AccumulationTarget(quads.gl);
    this.#luts = new LutTextures(quads.gl);
  }

  /** Bytes of render targets and lookup tables. */
  get byteLength(): number {
    return this.#target.byteLength + this.#luts.byteLength;
  }

  /** Compiles what images of this kind are drawn with while their tiles are on their way. */
  prepare(kind: TexelKind): void {
    this.#quads.prepare("flat", flatFragmentShader);
    const source = tileFragmentShader(kind);
    for (const defines of [[], ["NEAREST"]]) this.#quads.prepare(kind, source, defines);
  }

  list({ areas, channels }: IntensityDraw): ListedIntensity {
    return {
      base: this.#quads.listAreas(
        areas.map((area) => ({ area, image: area })),
        0,
      ),
      channels: channels.map(({ channel, batches }) => ({
        channel,
        batches: batches.map((batch) => ({ batch, range: this.#listBatch(batch, channel) })),
      })),
    };
  }

  draw({ base, channels }: ListedIntensity): void {
    if (base.length === 0) return;
    const { gl } = this.#quads;
    for (const range of base) {
      const flat = this.#quads.use("flat", flatFragmentShader, range);
      gl.uniform4f(flat.uniform("u_color"), 0, 0, 0, 1);
      this.#quads.draw(range);
    }
    if (channels.length === 0) return;
    const canvas: WebGLFramebuffer | null = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    const inFloat =
      channels.length > channelsIn8Bits &&
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
    for (const { channel, batches } of channels) {
      gl.clear(gl.DEPTH_BUFFER_BIT);
      for (const { batch, range } of batches) this.#drawBatch(batch, channel, range);
    }
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    if (!inFloat) return;
    gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#target.texture);
    for (const range of base) {
      const composite = this.#quads.use("composite", compositeFragmentShader, range);
      gl.uniform1i(composite.uniform("u_sum"), 0);
      this.#quads.draw(range);
    }
    gl.bindTexture(gl.TEXTURE_2D, null);
  }

  destroy(): void {
    this.#target.destroy();
    this.#luts.destroy();
  }

  #listBatch({ level, page, tiles }: TileBatch, channel: DrawnChannel): QuadRange {
    return this.#quads.listTiles(level, tiles, ({ value }) => {
      if (page) return value;
      return Number.isNaN(value) ? -1 : brightness(value, channel);
    });
  }

  #drawBatch({ level, page }: TileBatch, channel: DrawnChannel, range: QuadRange): void {
    const { gl } = this.#quads;
    const toDevice = this.#quads.placed(level)?.toDevice;
    if (range.count === 0) return;
    const lut = channel.lut ? ["LUT"] : [];
    if (!page) {
      const constant = this.#quads.use("constant", constantFragmentShader, range, lut);
      setChannelColor(gl, constant, channel, this.#luts);
      this.#quads.draw(range);
      return;
    }
    if (!toDevice) return;
    const { kind } = page.kind.format;
    const [isWide, isHigh] = stepLengths(toDevice).map((length) => length >= magnifiedFrom);
    const defines = isWide && isHigh ? [...lut, "NEAREST"] : lut;
    const program = this.#quads.use(kind, tileFragmentShader(kind), range, defines);
    const { uniform } = program;
    gl.uniform2f(uniform("u_texelsPerPixel"), 1 / toDevice.xx, 1 / toDevice.yy);
    gl.uniform2i(uniform("u_nearest"), isWide ? 1 : 0, isHigh ? 1 : 0);
    this.#setRamp(uniform, kind, channel);
    setChannelColor(gl, program, channel, this.#luts);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, page.texture);
    gl.uniform1i(uniform("u_page"), 0);
    this.#quads.draw(range);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
  }

  #setRamp(uniform: ShaderProgram["uniform"], kind: TexelKind, channel: DrawnChannel): void {
    const { gl } = this.#quads;
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
}
