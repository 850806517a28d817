/** A linked program and the locations of its uniforms by name. */
export type ShaderProgram = {
  readonly program: WebGLProgram;
  uniform(name: string): WebGLUniformLocation | null;
};

/** Compiles and links. Throws with the driver's log: a shader that does not compile is a fault of ours. */
export function shaderProgram(
  gl: WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
): ShaderProgram {
  const program = gl.createProgram();
  const shaders = [
    compiled(gl, gl.VERTEX_SHADER, vertexSource),
    compiled(gl, gl.FRAGMENT_SHADER, fragmentSource),
  ];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  for (const shader of shaders) gl.deleteShader(shader);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`Shader link: ${gl.getProgramInfoLog(program) ?? ""}`);
  }
  const locations = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
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

function compiled(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (!shader) throw new Error("The graphics context is gone.");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
    throw new Error(`Shader compile: ${gl.getShaderInfoLog(shader) ?? ""}`);
  }
  return shader;
}
