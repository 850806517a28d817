import { type LutTable, lutSize } from "../luts/lut-table.ts";

/** Lookup tables as textures of 256 × 1, one per table that was ever drawn: a kilobyte each. */
export class LutTextures {
  readonly #gl: WebGL2RenderingContext;
  readonly #textures = new Map<LutTable, WebGLTexture>();

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** The texture of a table. Changes the binding of the active unit. */
  textureOf(table: LutTable): WebGLTexture {
    const known = this.#textures.get(table);
    if (known) return known;
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, lutSize, 1);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, lutSize, 1, gl.RGBA, gl.UNSIGNED_BYTE, table.rgba);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
    this.#textures.set(table, texture);
    return texture;
  }

  get byteLength(): number {
    return this.#textures.size * lutSize * 4;
  }

  destroy(): void {
    for (const texture of this.#textures.values()) this.#gl.deleteTexture(texture);
    this.#textures.clear();
  }
}
