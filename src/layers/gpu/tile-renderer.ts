import type { ViewState } from "../scene.ts";
import { identity } from "../tiles/affine.ts";
import { type CanvasSize, deviceFromWorld } from "../tiles/view-rect.ts";
import { rgbOf } from "./channel-ramp.ts";
import type { DrawList, LayerDraw } from "./draw-list.ts";
import { type HatchKind, hatchFragmentShader, hatchLinesNumber, hatchStyles } from "./hatch.ts";
import { type ComingDrawing, IntensityPass } from "./intensity-pass.ts";
import { LabelPass } from "./label-pass.ts";
import { QuadDrawer, type QuadRange } from "./quad-drawer.ts";

/**
 * Draws a `DrawList` with raw WebGL2 into whatever framebuffer is bound, which must be as large as the canvas and have a stencil
 * buffer of 8 bits. The caller saves and restores GL state (luma's tracker does).
 */
export class TileRenderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #quads: QuadDrawer;
  readonly #intensity: IntensityPass;
  readonly #labels: LabelPass;
  #drawCalls = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#quads = new QuadDrawer(gl);
    this.#intensity = new IntensityPass(this.#quads);
    this.#labels = new LabelPass(this.#quads);
  }

  /** Draw calls of the last frame. */
  get drawCalls(): number {
    return this.#drawCalls;
  }

  /** Bytes of render targets and lookup tables. */
  get byteLength(): number {
    return this.#intensity.byteLength + this.#labels.byteLength;
  }

  /** Images of this kind will be drawn: their shaders are to be made ready by `warmUp`. */
  prepare(drawing: ComingDrawing): void {
    this.#intensity.prepare(drawing);
  }

  draw(list: DrawList, view: ViewState, size: CanvasSize): void {
    const gl = this.#gl;
    this.#resetState();
    gl.clearColor(...rgbOf(list.background), 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#quads.begin(deviceFromWorld(view, size));
    const layers = list.layers.map((layer) => this.#listLayer(layer));
    this.#labels.keep(list.layers.filter((layer) => layer.kind === "labels"));
    const hatches = this.#listHatches(list);
    this.#drawCalls = 0;
    if (this.#quads.instances.count === 0) return;
    this.#quads.upload();
    for (const draw of layers) draw(size.devicePixelRatio);
    this.#drawHatches(hatches);
    this.#drawCalls = this.#quads.drawCalls;
    this.#quads.end();
  }

  /** Whether there are shaders that `warmUp` could make ready. */
  get isCold(): boolean {
    return this.#intensity.isCold;
  }

  /** Makes one shader ready, outside of frames; false if none of them can be yet. */
  warmUp(): boolean {
    if (!this.#intensity.isCold) return false;
    this.#resetState();
    this.#quads.begin(identity);
    const isWarmer = this.#intensity.warmUp();
    this.#quads.end();
    return isWarmer;
  }

  destroy(): void {
    this.#intensity.destroy();
    this.#labels.destroy();
    this.#quads.destroy();
  }

  /** Lists the quads of a layer; the returned function draws them. */
  #listLayer(layer: LayerDraw): (devicePixelRatio: number) => void {
    switch (layer.kind) {
      case "intensity": {
        const listed = this.#intensity.list(layer);
        return () => this.#intensity.draw(listed);
      }
      case "labels": {
        const listed = this.#labels.list(layer);
        return (devicePixelRatio) => this.#labels.draw(listed, devicePixelRatio);
      }
    }
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
    gl.clearStencil(0);
    gl.stencilMask(0xff);
    gl.blendEquation(gl.FUNC_ADD);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  /** One range for each kind, and one for each slanted area: a plate may have a thousand failed wells. */
  #listHatches({ hatched }: DrawList): ReadonlyMap<HatchKind, readonly QuadRange[]> {
    const ranges = new Map<HatchKind, readonly QuadRange[]>();
    for (const kind of new Set(hatched.map((area) => area.kind))) {
      const areas = hatched.filter((area) => area.kind === kind);
      ranges.set(kind, this.#quads.listAreas(areas, hatchLinesNumber(kind)));
    }
    return ranges;
  }

  #drawHatches(ranges: ReadonlyMap<HatchKind, readonly QuadRange[]>): void {
    if (ranges.size === 0) return;
    const gl = this.#gl;
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    for (const [kind, areas] of ranges) {
      for (const range of areas) {
        const { uniform } = this.#quads.use("hatch", hatchFragmentShader, range);
        gl.uniform3f(uniform("u_color"), ...rgbOf(hatchStyles[kind].color));
        this.#quads.draw(range);
      }
    }
    gl.disable(gl.BLEND);
  }
}
