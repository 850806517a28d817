import type { Affine } from "../tiles/affine.ts";
import { compose, invert } from "../tiles/affine.ts";
import type { Area, SlantedRect } from "../tiles/area.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { intersection, type Rect, transformRect } from "../tiles/rect.ts";
import { InstanceList, type InstanceValue, type LevelMaps } from "./instance-list.ts";
import { instanceFloats, instanceParts, quadVertexShader } from "./quad-shader.ts";
import { type ShaderProgram, shaderProgram } from "./shader-program.ts";
import { type Slant, setSlant, slantOf } from "./slant.ts";

/** Quads that are drawn by one call: all along the canvas' axes, or all with one slant. */
export type QuadRange = {
  readonly first: number;
  readonly count: number;
  readonly slant?: Slant | undefined;
};

/** Where a level lies on the canvas in this frame; `clip` is the rectangle around its image in device pixels. */
export type PlacedLevel = LevelMaps & { readonly clip: Rect; readonly slant: Slant | undefined };

/** The quads of a frame and the programs that draw them. First all are listed, then sent to the GPU at once, then drawn by ranges. */
export class QuadDrawer {
  readonly gl: WebGL2RenderingContext;
  readonly instances = new InstanceList();
  readonly #vertexArray: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  readonly #programs = new Map<string, ShaderProgram>();
  readonly #placed = new Map<PlaneLevel, PlacedLevel | undefined>();
  #current: ShaderProgram | undefined;
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

  /**
   * Lists parts of the world as far as they are on the canvas and on their image, each with a value: one range for all that lie along the
   * canvas' axes, one more for each slanted one.
   */
  listAreas(
    areas: readonly { readonly area: Area; readonly image: Area }[],
    value: number,
  ): readonly QuadRange[] {
    const first = this.instances.count;
    for (const { area, image } of areas) {
      const world = area.slanted ? undefined : intersection(area.world, image.world);
      const device = world && this.#onCanvas(world);
      if (device) this.instances.addRect(device, value);
    }
    const straight = { first, count: this.instances.count - first };
    const slanted = areas.flatMap(({ area, image }) => this.#listSlanted(area, image, value) ?? []);
    return straight.count > 0 ? [straight, ...slanted] : slanted;
  }

  /** Lists tiles of one batch, whose levels lie alike; `shown` is what the fragment shader is told of each. */
  listTiles<Entry extends { readonly tile: PlannedTile }>(
    level: PlaneLevel,
    tiles: readonly Entry[],
    shown: (entry: Entry) => InstanceValue,
  ): QuadRange {
    const first = this.instances.count;
    for (const entry of tiles) {
      const placed = this.placed(entry.tile.plane.level);
      if (placed) this.#addTile(placed, entry.tile, shown(entry));
    }
    return { first, count: this.instances.count - first, slant: this.placed(level)?.slant };
  }

  /** Where a level lies in this frame; undefined if its image is not on the canvas. */
  placed(level: PlaneLevel): PlacedLevel | undefined {
    if (this.#placed.has(level)) return this.#placed.get(level);
    const { imageArea, worldFromTexel } = level;
    const clip = this.#onCanvas(imageArea.world);
    const toDevice = this.#deviceFromWorld && compose(this.#deviceFromWorld, worldFromTexel);
    const toTexel = toDevice && invert(toDevice);
    const slant = imageArea.slanted && this.#slant({ worldFromTexel }, imageArea.slanted);
    const placed = clip && toTexel && { toDevice, toTexel, clip, slant };
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

  /**
   * Makes a program current that can draw `range`. A name stands for one fragment shader, which is compiled anew for each set of `#define`s;
   * SLANTED is one of them where the range is slanted; shaders that draw the same in any case need no range.
   */
  use(
    name: string,
    fragmentSource: string,
    { slant }: Pick<QuadRange, "slant"> = {},
    defines: readonly string[] = [],
  ): ShaderProgram {
    const { gl } = this;
    const program = this.prepare(name, fragmentSource, slant ? [...defines, "SLANTED"] : defines);
    program.ready();
    gl.useProgram(program.program);
    this.#current = program;
    gl.uniform2f(program.uniform("u_canvas"), gl.drawingBufferWidth, gl.drawingBufferHeight);
    return program;
  }

  /** Starts compiling what `use` will ask for. */
  prepare(name: string, fragmentSource: string, defines: readonly string[] = []): ShaderProgram {
    const key = `${name} ${defines.join(" ")}`;
    let program = this.#programs.get(key);
    if (!program) {
      program = shaderProgram(this.gl, quadVertexShader, withDefines(fragmentSource, defines));
      this.#programs.set(key, program);
    }
    return program;
  }

  /**
   * Draws with the program that `use` made current for this range. WebGL2 has no base instance: the attributes are pointed at the first
   * instance of the range instead.
   */
  draw({ first, count, slant }: QuadRange): void {
    if (count === 0 || !this.#current) return;
    const { gl } = this;
    if (slant) setSlant(gl, this.#current, slant);
    const stride = instanceFloats * 4;
    let offset = first * stride;
    for (const [location, floats] of instanceParts.entries()) {
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

  #addTile(placed: PlacedLevel, tile: PlannedTile, value: InstanceValue): void {
    const { slant, clip, toDevice } = placed;
    if (!slant) {
      this.instances.addTile(placed, tile, clip, value);
      return;
    }
    const { x, y, width, height } = tile;
    const texels = { x0: x, y0: y, x1: x + width, y1: y + height };
    this.instances.addSlanted(transformRect(toDevice, texels), texels, slant, clip, value);
  }

  #listSlanted({ slanted }: Area, image: Area, value: number): QuadRange | undefined {
    const clip = this.#onCanvas(image.world);
    const slant = slanted && image.slanted && this.#slant(slanted, image.slanted);
    if (!slanted || !slant || !clip || !this.#deviceFromWorld) return undefined;
    const toDevice = compose(this.#deviceFromWorld, slanted.worldFromTexel);
    const device = transformRect(toDevice, slanted.texels);
    const first = this.instances.addSlanted(device, slanted.texels, slant, clip, value);
    return { first, count: 1, slant };
  }

  #slant(own: Pick<SlantedRect, "worldFromTexel">, image: SlantedRect): Slant | undefined {
    const { x1, y1 } = this.#canvas;
    return this.#deviceFromWorld && slantOf(own, image, this.#deviceFromWorld, [x1 / 2, y1 / 2]);
  }

  #onCanvas(world: Rect): Rect | undefined {
    if (!this.#deviceFromWorld) return undefined;
    return intersection(transformRect(this.#deviceFromWorld, world), this.#canvas);
  }
}

/** The `#version` line has to stay the first. */
function withDefines(source: string, names: readonly string[]): string {
  const end = source.indexOf("\n") + 1;
  return `${source.slice(0, end)}${names.map((name) => `#define ${name}\n`).join("")}${source.slice(end)}`;
}
