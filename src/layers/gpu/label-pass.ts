import { labelKey } from "../labels/label-key.ts";
import { labelPalette } from "../labels/label-palette.ts";
import type { LabelDraw } from "./draw-list.ts";
import { LabelColorTextures } from "./label-color-textures.ts";
import {
  labelColorFragmentShader,
  labelConstantFragmentShader,
  labelIdFragmentShader,
} from "./label-shader.ts";
import { LabelTarget } from "./label-target.ts";
import { labelTexelKind } from "./label-texels.ts";
import { LutTextures } from "./lut-textures.ts";
import type { QuadDrawer, QuadRange } from "./quad-drawer.ts";
import type { TileBatch } from "./tile-batches.ts";

/** CSS pixels that an outline is wide, and that of the highlighted object. */
const outlinePx = 2;
const highlightPx = 3;

/** Texture units; pages are on 0. */
const units = { ids: 1, known: 2, colors: 3, palette: 4 } as const;

type ListedBatch =
  | { readonly kind: "tiles"; readonly batch: TileBatch; readonly range: QuadRange }
  | { readonly kind: "constant"; readonly value: number | bigint; readonly range: QuadRange }
  | { readonly kind: "blocked"; readonly range: QuadRange };

/** A layer whose quads are listed. */
export type ListedLabels = {
  readonly draw: LabelDraw;
  readonly areas: readonly QuadRange[];
  readonly batches: readonly ListedBatch[];
};

/** Draws label images over what is there: their ids into a target of their own first, finest first by depth, then all pixels coloured at once. */
export class LabelPass {
  readonly #quads: QuadDrawer;
  readonly #target: LabelTarget;
  readonly #colors: LabelColorTextures;
  readonly #palette: LutTextures;

  constructor(quads: QuadDrawer) {
    this.#quads = quads;
    this.#target = new LabelTarget(quads.gl);
    this.#colors = new LabelColorTextures(quads.gl);
    this.#palette = new LutTextures(quads.gl);
  }

  /** Bytes of the target and of colours. */
  get byteLength(): number {
    return this.#target.byteLength + this.#colors.byteLength + this.#palette.byteLength;
  }

  list(draw: LabelDraw): ListedLabels {
    const areas = this.#quads.listAreas(
      draw.areas.map((area) => ({ area, image: area })),
      0,
    );
    return { draw, areas, batches: draw.batches.flatMap((batch) => this.#listBatch(batch)) };
  }

  /** @param devicePixelRatio outlines are as wide on every screen */
  draw({ draw, areas, batches }: ListedLabels, devicePixelRatio: number): void {
    if (areas.length === 0) return;
    const { gl } = this.#quads;
    const canvas: WebGLFramebuffer | null = gl.getParameter(gl.FRAMEBUFFER_BINDING);
    if (!this.#target.begin(gl.drawingBufferWidth, gl.drawingBufferHeight)) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
      return;
    }
    gl.enable(gl.DEPTH_TEST);
    for (const batch of batches) this.#drawBatch(batch);
    gl.disable(gl.DEPTH_TEST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, canvas);
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ZERO, gl.ONE);
    this.#drawColors(draw, areas, devicePixelRatio);
    gl.disable(gl.BLEND);
  }

  /** What no layer of this frame needs is given back. */
  keep(draws: readonly LabelDraw[]): void {
    this.#colors.keep(new Set(draws.map(({ colors }) => colors)));
    if (draws.length === 0) this.#target.destroy();
  }

  destroy(): void {
    this.#target.destroy();
    this.#colors.destroy();
    this.#palette.destroy();
  }

  #listBatch(batch: TileBatch): ListedBatch[] {
    const list = (tiles: TileBatch["tiles"]) =>
      this.#quads.listTiles(batch.level, tiles, ({ value }) => value);
    if (batch.page) return [{ kind: "tiles", batch, range: list(batch.tiles) }];
    const blocked = batch.tiles.filter(({ value }) => Number.isNaN(value));
    const listed: ListedBatch[] = [];
    if (blocked.length > 0) listed.push({ kind: "blocked", range: list(blocked) });
    // The pool keeps a number; ids of 64 bits are exact in the metadata. A whole tile of one value is always one of fill.
    const byValue = new Map<number | bigint, TileBatch["tiles"]>();
    for (const entry of batch.tiles) {
      if (Number.isNaN(entry.value)) continue;
      const { fillValue } = entry.tile.ref.array.metadata;
      const tiles = byValue.get(fillValue);
      if (tiles) tiles.push(entry);
      else byValue.set(fillValue, [entry]);
    }
    for (const [value, tiles] of byValue) {
      listed.push({ kind: "constant", value, range: list(tiles) });
    }
    return listed;
  }

  #drawBatch(listed: ListedBatch): void {
    const { gl } = this.#quads;
    if (listed.range.count === 0) return;
    switch (listed.kind) {
      case "tiles":
        this.#drawTiles(listed.batch, listed.range);
        return;
      case "constant":
      case "blocked": {
        const { uniform } = this.#quads.use(
          "label-constant",
          labelConstantFragmentShader,
          listed.range,
        );
        const key = listed.kind === "constant" ? labelKey(listed.value) : undefined;
        gl.uniform2ui(uniform("u_id"), key?.low ?? 0, key?.high ?? 0);
        gl.uniform1i(uniform("u_blocked"), listed.kind === "blocked" ? 1 : 0);
        this.#quads.draw(listed.range);
      }
    }
  }

  #drawTiles({ level, page }: TileBatch, range: QuadRange): void {
    const { gl } = this.#quads;
    const toDevice = this.#quads.placed(level)?.toDevice;
    if (!page || !toDevice) return;
    const kind = labelTexelKind(page.kind.format);
    const { uniform } = this.#quads.use(`label-ids-${kind}`, labelIdFragmentShader(kind), range);
    gl.uniform2f(uniform("u_texelsPerPixel"), 1 / toDevice.xx, 1 / toDevice.yy);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, page.texture);
    gl.uniform1i(uniform("u_page"), 0);
    this.#quads.draw(range);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
  }

  #drawColors(draw: LabelDraw, areas: readonly QuadRange[], devicePixelRatio: number): void {
    const { gl } = this.#quads;
    const { colors, opacity, style, highlighted } = draw;
    const { uniform } = this.#quads.use("label-colors", labelColorFragmentShader);
    const textures = {
      ids: this.#target.ids,
      known: this.#target.known,
      colors: this.#colors.textureOf(colors),
      palette: this.#palette.textureOf(labelPalette),
    };
    for (const name of ["ids", "known", "colors", "palette"] as const) {
      gl.activeTexture(gl.TEXTURE0 + units[name]);
      gl.bindTexture(gl.TEXTURE_2D, textures[name]);
      gl.uniform1i(uniform(`u_${name}`), units[name]);
    }
    const wide = (px: number) => Math.max(1, Math.round(px * devicePixelRatio));
    const key = highlighted === undefined ? undefined : labelKey(highlighted);
    gl.uniform1i(uniform("u_colorCount"), colors.count);
    gl.uniform1i(uniform("u_outline"), style === "outline" ? wide(outlinePx) : 0);
    gl.uniform1i(uniform("u_highlightOutline"), wide(highlightPx));
    gl.uniform1f(uniform("u_opacity"), opacity);
    gl.uniform1i(uniform("u_hasHighlight"), key ? 1 : 0);
    gl.uniform2ui(uniform("u_highlight"), key?.low ?? 0, key?.high ?? 0);
    for (const range of areas) this.#quads.draw(range);
    for (const unit of Object.values(units)) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, null);
    }
    gl.activeTexture(gl.TEXTURE0);
  }
}
