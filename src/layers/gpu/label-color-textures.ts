import type { LabelColors } from "../labels/label-colors.ts";
import { colorTextureWidth } from "./label-shader.ts";

/** Stated colours as textures of four words a texel, one per label image that is drawn. */
export class LabelColorTextures {
  readonly #gl: WebGL2RenderingContext;
  readonly #textures = new Map<LabelColors, WebGLTexture>();
  #byteLength = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** The texture of these colours. Changes the binding of the active unit. */
  textureOf(colors: LabelColors): WebGLTexture {
    const known = this.#textures.get(colors);
    if (known) return known;
    const gl = this.#gl;
    const rows = Math.max(1, Math.ceil(colors.count / colorTextureWidth));
    const words = new Uint32Array(rows * colorTextureWidth * 4);
    words.set(colors.texels);
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32UI, colorTextureWidth, rows);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texSubImage2D(
      gl.TEXTURE_2D,
      0,
      0,
      0,
      colorTextureWidth,
      rows,
      gl.RGBA_INTEGER,
      gl.UNSIGNED_INT,
      words,
    );
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
    this.#textures.set(colors, texture);
    this.#byteLength += words.byteLength;
    return texture;
  }

  /** Drops the textures of all other colours. */
  keep(drawn: ReadonlySet<LabelColors>): void {
    for (const [colors, texture] of this.#textures) {
      if (drawn.has(colors)) continue;
      this.#gl.deleteTexture(texture);
      this.#textures.delete(colors);
      const rows = Math.max(1, Math.ceil(colors.count / colorTextureWidth));
      this.#byteLength -= rows * colorTextureWidth * 16;
    }
  }

  destroy(): void {
    this.keep(new Set());
  }
}
