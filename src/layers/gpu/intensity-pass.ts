import { stepLengths } from "../tiles/plane-affine.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import { AccumulationTarget } from "./accumulation-target.ts";
import { constantFragmentShader, setChannelColor, setChannelRamp } from "./channel-color.ts";
import { type ChannelGroup, channelsAtOnce, type GroupBatch, isJoint } from "./channel-groups.ts";
import { brightness, type DrawnChannel, shaderWindow } from "./channel-ramp.ts";
import type { IntensityDraw } from "./draw-list.ts";
import { LutTextures } from "./lut-textures.ts";
import type { QuadDrawer, QuadRange } from "./quad-drawer.ts";
import { compositeFragmentShader, flatFragmentShader } from "./quad-shader.ts";
import type { ShaderProgram } from "./shader-program.ts";
import type { TileBatch } from "./tile-batches.ts";
import type { TilePage } from "./tile-page.ts";
import { type TileProgram, tileProgram } from "./tile-program.ts";

/**
 * Additions that may round in the 8-bit canvas itself, each by up to half a step: four of them can be off
 * by 2/255; the promise is 2/255, the reference's own rounding included.
 */
const additionsIn8Bits = 3;

/** Each channel has a bit of the stencil, which says where it is drawn. */
const stencilBits = 8;

/** Texels this close to a device pixel count as magnified: 1:1 is drawn crisp. */
const magnifiedFrom = 1 - 1e-6;

type ListedBatch = { readonly batch: GroupBatch; readonly range: QuadRange };
type ListedGroup = { readonly group: ChannelGroup; readonly batches: readonly ListedBatch[] };

/** A layer whose quads are listed. */
export type ListedIntensity = {
  readonly base: readonly QuadRange[];
  readonly groups: readonly ListedGroup[];
};

/** What will be drawn soon: tiles like those on a page, of so many channels by colour, magnified or not. */
export type ComingDrawing = {
  readonly page: TilePage;
  readonly channels: number;
  readonly isNearest: boolean;
};

/** A program of which a first draw is still to come. */
type WarmUp = ComingDrawing & TileProgram & { readonly program: ShaderProgram };

/** Draws images whose channels add up: black bases first, then the tiles of all channels, finest first; the stencil keeps what is drawn. */
export class IntensityPass {
  readonly #quads: QuadDrawer;
  readonly #target: AccumulationTarget;
  readonly #luts: LutTextures;
  /** Programs that are warm, or will be. */
  readonly #warm = new Set<ShaderProgram>();
  #warmUps: WarmUp[] = [];

  constructor(quads: QuadDrawer) {
    this.#quads = quads;
    this.#target = new AccumulationTarget(quads.gl);
    this.#luts = new LutTextures(quads.gl);
  }

  /** Bytes of render targets and lookup tables. */
  get byteLength(): number {
    return this.#target.byteLength + this.#luts.byteLength;
  }

  /** Starts compiling what is about to be drawn. Drivers finish a program with its first draw, for 90 ms in software: `warmUp` makes that one. */
  prepare(coming: ComingDrawing): void {
    const { isNearest, page } = coming;
    const { format } = page.kind;
    const channels = Math.min(Math.max(coming.channels, 1), channelsAtOnce);
    const alone = tileProgram({ format, channels: 1, isNearest });
    const joint = tileProgram({ format, channels, isNearest });
    this.#quads.prepare("flat", flatFragmentShader);
    this.#quads.prepare(alone.name, alone.source, alone.defines);
    const program = this.#quads.prepare(joint.name, joint.source, joint.defines);
    if (this.#warm.has(program)) return;
    this.#warm.add(program);
    this.#warmUps.push({ ...coming, ...joint, channels, program });
  }

  get isCold(): boolean {
    return this.#warmUps.length > 0;
  }

  /** Draws nothing with the next program that was prepared, as it will draw; false if the driver still compiles it. */
  warmUp(): boolean {
    const [next] = this.#warmUps;
    if (!next?.program.isCompiled()) return false;
    this.#warmUps.shift();
    const { page, channels, name, source, defines, program } = next;
    const { gl } = this.#quads;
    if (page.isDestroyed) this.#warm.delete(program);
    // What is wrong with a shader is said when a frame needs it.
    const isLinked = gl.getProgramParameter(program.program, gl.LINK_STATUS) === true;
    if (page.isDestroyed || !isLinked) return false;
    const first = this.#quads.instances.addRect({ x0: 0, y0: 0, x1: 0, y1: 0 }, 0);
    this.#quads.upload();
    this.#beginAdding();
    this.#fillWhereEmpty((1 << channels) - 1);
    const range: QuadRange = { first, count: 1 };
    const { uniform } = this.#quads.use(name, source, range, defines);
    this.#bindPages(uniform, Array<TilePage>(channels).fill(page));
    this.#quads.draw(range);
    this.#unbindPages(channels);
    this.#endAdding();
    gl.flush();
    return true;
  }

  list({ areas, groups }: IntensityDraw): ListedIntensity {
    return {
      base: this.#quads.listAreas(
        areas.map((area) => ({ area, image: area })),
        0,
      ),
      groups: groups.map((group) => ({
        group,
        batches: group.batches.map((batch) => ({ batch, range: this.#listBatch(batch, group) })),
      })),
    };
  }

  draw({ base, groups }: ListedIntensity): void {
    if (base.length === 0) return;
    const { gl } = this.#quads;
    for (const range of base) {
      const flat = this.#quads.use("flat", flatFragmentShader, range);
      gl.uniform4f(flat.uniform("u_color"), 0, 0, 0, 1);
      this.#quads.draw(range);
    }
    if (groups.length === 0) return;
    const canvas: WebGLFramebuffer | null = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    const inFloat =
      additions(groups) > additionsIn8Bits &&
      this.#target.bind(gl.drawingBufferWidth, gl.drawingBufferHeight);
    if (inFloat) {
      gl.clearColor(0, 0, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
    } else {
      gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
    }
    this.#beginAdding();
    this.#drawGroups(groups);
    this.#endAdding();
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

  #listBatch(listed: GroupBatch, { channels }: ChannelGroup): QuadRange {
    if (listed.kind === "joint") {
      return this.#quads.listTiles(listed.level, listed.tiles, ({ layers }) => layers);
    }
    const { level, page, tiles } = listed.batch;
    const channel = channels[listed.channel]!;
    return this.#quads.listTiles(level, tiles, ({ value }) => {
      if (page) return value;
      return Number.isNaN(value) ? -1 : brightness(value, channel);
    });
  }

  /** A batch is drawn where the bits of all its channels are 0, and inverts them. */
  #drawGroups(groups: readonly ListedGroup[]): void {
    const { gl } = this.#quads;
    let nextBit = stencilBits;
    for (const { group, batches } of groups) {
      const count = group.channels.length;
      if (nextBit + count > stencilBits) {
        gl.stencilMask(0xff);
        gl.clear(gl.STENCIL_BUFFER_BIT);
        nextBit = 0;
      }
      for (const { batch, range } of batches) {
        if (range.count === 0) continue;
        const bits = batch.kind === "joint" ? (1 << count) - 1 : 1 << batch.channel;
        this.#fillWhereEmpty(bits << nextBit);
        this.#drawBatch(batch, group, range);
      }
      nextBit += count;
    }
  }

  #beginAdding(): void {
    const { gl } = this.#quads;
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.ONE, gl.ONE, gl.ZERO, gl.ONE);
    gl.enable(gl.STENCIL_TEST);
    gl.stencilOp(gl.KEEP, gl.KEEP, gl.INVERT);
  }

  /** What is drawn next fills pixels of which all these bits are 0, and inverts them. */
  #fillWhereEmpty(bits: number): void {
    const { gl } = this.#quads;
    gl.stencilFunc(gl.EQUAL, 0, bits);
    gl.stencilMask(bits);
  }

  #endAdding(): void {
    const { gl } = this.#quads;
    gl.stencilMask(0xff);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.BLEND);
  }

  #drawBatch(batch: GroupBatch, { channels }: ChannelGroup, range: QuadRange): void {
    if (batch.kind === "joint") {
      this.#drawTiles(batch.level, channels, batch.pages, range);
      return;
    }
    const channel = channels[batch.channel]!;
    const { level, page }: TileBatch = batch.batch;
    if (page) this.#drawTiles(level, [channel], [page], range);
    else this.#drawConstants(channel, range);
  }

  #drawConstants(channel: DrawnChannel, range: QuadRange): void {
    const lut = channel.lut ? ["LUT"] : [];
    const constant = this.#quads.use("constant", constantFragmentShader, range, lut);
    setChannelColor(this.#quads.gl, constant, "u_color", channel, this.#luts);
    this.#quads.draw(range);
  }

  #drawTiles(
    level: PlaneLevel,
    channels: readonly DrawnChannel[],
    pages: readonly TilePage[],
    range: QuadRange,
  ): void {
    const { gl } = this.#quads;
    const toDevice = this.#quads.placed(level)?.toDevice;
    const format = pages[0]?.kind.format;
    if (!toDevice || !format) return;
    const { kind } = format;
    const isNearest = stepLengths(toDevice).map((length) => length >= magnifiedFrom);
    const { name, source, defines } = tileProgram({
      format,
      channels: channels.length,
      isNearest: isNearest.every((each) => each),
      hasGamma: channels.some((channel) => shaderWindow(kind, channel).gamma !== 1),
      hasLut: channels.some(({ lut }) => lut),
    });
    const program = this.#quads.use(name, source, range, defines);
    const { uniform } = program;
    const [x = 0, y = 0] = isNearest.map((nearest) => (nearest ? 0 : 1));
    gl.uniform2f(uniform("u_texelsPerPixel"), 1 / toDevice.xx, 1 / toDevice.yy);
    gl.uniform2f(uniform("u_shift"), x / 2, y / 2);
    gl.uniform2f(uniform("u_mixed"), x, y);
    for (const [i, channel] of channels.entries()) {
      setChannelRamp(gl, program, i, kind, channel);
      setChannelColor(gl, program, `u_color${i}`, channel, this.#luts);
    }
    this.#bindPages(uniform, pages);
    this.#quads.draw(range);
    this.#unbindPages(channels.length);
  }

  #bindPages(uniform: ShaderProgram["uniform"], pages: readonly TilePage[]): void {
    const { gl } = this.#quads;
    for (const [i, { texture }] of pages.entries()) {
      gl.activeTexture(gl.TEXTURE0 + i);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
      gl.uniform1i(uniform(`u_page${i}`), i);
    }
  }

  /** Leaves the first texture unit current. */
  #unbindPages(count: number): void {
    const { gl } = this.#quads;
    for (let i = count - 1; i >= 0; i--) {
      gl.activeTexture(gl.TEXTURE0 + i);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
    }
  }
}

/** How often a pixel may be added to. */
function additions(groups: readonly ListedGroup[]): number {
  return groups.reduce((sum, { group }) => sum + (isJoint(group) ? 1 : group.channels.length), 0);
}
