/** A 16-bit float colour target with a stencil, the size of the canvas: many channels add up in it without rounding to 8 bits. */
export class AccumulationTarget {
  readonly #gl: WebGL2RenderingContext;
  readonly #canRender: boolean;
  #framebuffer: WebGLFramebuffer | null = null;
  #texture: WebGLTexture | null = null;
  #stencil: WebGLRenderbuffer | null = null;
  #width = 0;
  #height = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    // Either extension makes RGBA16F renderable and blendable; asking for it switches it on.
    this.#canRender =
      gl.getExtension("EXT_color_buffer_float") !== null ||
      gl.getExtension("EXT_color_buffer_half_float") !== null;
  }

  get texture(): WebGLTexture | null {
    return this.#texture;
  }

  /** Bytes of GPU memory it takes: 8 of colour and 1 of stencil a pixel. */
  get byteLength(): number {
    return this.#framebuffer ? this.#width * this.#height * 9 : 0;
  }

  /** Binds the target at this size; false if the device cannot draw into it. */
  bind(width: number, height: number): boolean {
    if (!this.#canRender) return false;
    const gl = this.#gl;
    if (this.#framebuffer && this.#width === width && this.#height === height) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
      return true;
    }
    this.destroy();
    this.#texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA16F, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.bindTexture(gl.TEXTURE_2D, null);
    this.#stencil = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, this.#stencil);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.STENCIL_INDEX8, width, height);
    gl.bindRenderbuffer(gl.RENDERBUFFER, null);
    this.#framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.#texture, 0);
    gl.framebufferRenderbuffer(
      gl.FRAMEBUFFER,
      gl.STENCIL_ATTACHMENT,
      gl.RENDERBUFFER,
      this.#stencil,
    );
    this.#width = width;
    this.#height = height;
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE) return true;
    this.destroy();
    return false;
  }

  destroy(): void {
    this.#gl.deleteFramebuffer(this.#framebuffer);
    this.#gl.deleteTexture(this.#texture);
    this.#gl.deleteRenderbuffer(this.#stencil);
    this.#framebuffer = null;
    this.#texture = null;
    this.#stencil = null;
  }
}
