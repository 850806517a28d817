/**
 * Where the ids of a label image are drawn before they are coloured, the size of the canvas: the id of each device pixel as two words,
 * and whether it is known. Outlines are found here, so they do not care where tiles end.
 */
export class LabelTarget {
  readonly #gl: WebGL2RenderingContext;
  #framebuffer: WebGLFramebuffer | null = null;
  #ids: WebGLTexture | null = null;
  #known: WebGLTexture | null = null;
  #depth: WebGLRenderbuffer | null = null;
  #width = 0;
  #height = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  get ids(): WebGLTexture | null {
    return this.#ids;
  }

  /** 0: nothing was drawn, `knownTexel.id` or `knownTexel.blocked`. */
  get known(): WebGLTexture | null {
    return this.#known;
  }

  /** Bytes of GPU memory: 8 of ids, 1 of whether they are known and 4 of depth a pixel. */
  get byteLength(): number {
    return this.#framebuffer ? this.#width * this.#height * 13 : 0;
  }

  /** Binds the target, empty, at this size; false if the device has no memory for it. */
  begin(width: number, height: number): boolean {
    const gl = this.#gl;
    if (!this.#framebuffer || this.#width !== width || this.#height !== height) {
      this.destroy();
      if (!this.#allocate(width, height)) return false;
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.drawBuffers([gl.COLOR_ATTACHMENT0, gl.COLOR_ATTACHMENT1]);
    gl.clearBufferuiv(gl.COLOR, 0, [0, 0, 0, 0]);
    gl.clearBufferuiv(gl.COLOR, 1, [0, 0, 0, 0]);
    gl.clear(gl.DEPTH_BUFFER_BIT);
    return true;
  }

  destroy(): void {
    const gl = this.#gl;
    gl.deleteFramebuffer(this.#framebuffer);
    gl.deleteTexture(this.#ids);
    gl.deleteTexture(this.#known);
    gl.deleteRenderbuffer(this.#depth);
    this.#framebuffer = null;
    this.#ids = null;
    this.#known = null;
    this.#depth = null;
  }

  #allocate(width: number, height: number): boolean {
    const gl = this.#gl;
    this.#ids = this.#texture(gl.RG32UI, width, height);
    this.#known = this.#texture(gl.R8UI, width, height);
    this.#depth = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#depth);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT24, width, height);
    gl.bindRenderbuffer(gl.RENDERBUFFER, null);
    this.#framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.#ids, 0);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT1, gl.TEXTURE_2D, this.#known, 0);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, this.#depth);
    this.#width = width;
    this.#height = height;
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE) return true;
    this.destroy();
    return false;
  }

  #texture(format: number, width: number, height: number): WebGLTexture {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.bindTexture(gl.TEXTURE_2D, null);
    return texture;
  }
}
