/** A program on its way or done, and the locations of its uniforms by name. */
export type ShaderProgram = {
  readonly program: WebGLProgram;
  /** Whether it is linked, without waiting for that, where the driver can tell; else it says so at once. */
  isCompiled(): boolean;
  /** Waits until it is linked, the first time. Throws with the driver's log: a shader that does not compile is a fault of ours. */
  ready(): void;
  uniform(name: string): WebGLUniformLocation | null;
};

/** Starts compiling and linking, and asks for nothing yet: the driver may go on with it while the page does something else. */
export function shaderProgram(
  gl: WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
): ShaderProgram {
  const program = gl.createProgram();
  const shaders = [
    compiling(gl, gl.VERTEX_SHADER, vertexSource),
    compiling(gl, gl.FRAGMENT_SHADER, fragmentSource),
  ];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  let isReady = false;
  const parallel = gl.getExtension("KHR_parallel_shader_compile");
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    isCompiled() {
      if (isReady || !parallel) return true;
      return gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR) === true;
    },
    ready() {
      if (isReady) return;
      isReady = true;
      const isLinked = gl.getProgramParameter(program, gl.LINK_STATUS) || gl.isContextLost();
      const log = isLinked ? "" : shaders.map((shader) => gl.getShaderInfoLog(shader)).join(" ");
      for (const shader of shaders) gl.deleteShader(shader);
      if (!isLinked) throw new Error(`Shader: ${gl.getProgramInfoLog(program) ?? ""} ${log}`);
    },
    uniform(name) {
      let location = locations.get(name);
      if (location === undefined) {
        location = gl.getUniformLocation(program, name);
        locations.set(name, location);
      }
      return location;
    },
  };
}

function compiling(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error("The graphics context is gone.");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}
