import { oneTexel, type TexelArray, type TextureFormat } from "./texture-format.ts";

/** Format and layer size of a page. Sides are powers of two, 64 … 1024. */
export type PageKind = {
  readonly key: string;
  readonly format: TextureFormat;
  readonly width: number;
  readonly height: number;
  readonly layerBytes: number;
};

/** The kind of page that holds a tile of this size. */
export function pageKind(format: TextureFormat, width: number, height: number): PageKind {
  const sideX = sizeClass(width);
  const sideY = sizeClass(height);
  return {
    key: `${format.name}/${sideX}x${sideY}`,
    format,
    width: sideX,
    height: sideY,
    layerBytes: sideX * sideY * format.texelBytes,
  };
}

function sizeClass(side: number): number {
  let sizeOfClass = 64;
  while (sizeOfClass < side) sizeOfClass *= 2;
  return sizeOfClass;
}

/** Thrown when there is no memory for a tile on the GPU. */
export class GpuMemoryError extends Error {
  override readonly name = "GpuMemoryError";
}

/** One TEXTURE_2D_ARRAY, one tile per layer. */
export class TilePage {
  readonly kind: PageKind;
  readonly texture: WebGLTexture;
  readonly layerCount: number;
  readonly byteLength: number;
  readonly #gl: WebGL2RenderingContext;
  readonly #freeLayers: number[] = [];
  #isDestroyed = false;

  /** Whether there was memory for it is not known yet: textures that are too large do not throw, they leave an error with the driver. */
  constructor(gl: WebGL2RenderingContext, kind: PageKind, layerCount: number) {
    this.#gl = gl;
    this.kind = kind;
    this.layerCount = layerCount;
    this.byteLength = kind.layerBytes * layerCount;
    for (let layer = layerCount - 1; layer >= 0; layer--) this.#freeLayers.push(layer);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    const { internalFormat } = kind.format;
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, internalFormat, kind.width, kind.height, layerCount);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, filter, gl.NEAREST);
    }
    for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, wrap, gl.CLAMP_TO_EDGE);
    }
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
  }

  get isFull(): boolean {
    return this.#freeLayers.length === 0;
  }

  /** How many tiles it could take up. */
  get freeCount(): number {
    return this.#freeLayers.length;
  }

  /** Makes the driver zero-fill the whole array now; else the first tile's upload does, for 36 ms and more (measured). */
  warm(): void {
    this.free(this.write(1, 1, oneTexel(this.kind.format)));
  }

  /** Writes a tile into a free layer and returns that layer. The page must not be full. */
  write(width: number, height: number, texels: TexelArray): number {
    const layer = this.#freeLayers.pop();
    if (layer === undefined) throw new Error(`The page ${this.kind.key} is full.`);
    const gl = this.#gl;
    const { format, type } = this.kind.format;
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    // Rows of odd width are not padded to 4 bytes; the other unpack settings may have been left behind by luma.
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 0);
    gl.pixelStorei(gl.UNPACK_IMAGE_HEIGHT, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_IMAGES, 0);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, layer, width, height, 1, format, type, texels);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
    return layer;
  }

  /** Gives a layer back. */
  free(layer: number): void {
    this.#freeLayers.push(layer);
  }

  /** Its texture is gone. */
  get isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#gl.deleteTexture(this.texture);
  }
}
