/** Marks of one opening, in milliseconds since the epoch; sums in milliseconds of the main thread. */
export type OpenMarks = {
  startedMs: number;
  firstAskedMs: number;
  firstBodyMs: number;
  lastBodyMs: number;
  lastDecodedMs: number;
  lastUploadMs: number;
  uploads: number;
  uploadMs: number;
  frames: number;
  drawMs: number;
};

/**
 * Runs in our page before its scripts: notes when chunks are asked for, arrive, are decoded and drawn, from what passes between page, workers and
 * WebGL. Nothing in the app knows of it.
 */
export function watchOpen(): void {
  const marks: OpenMarks = {
    startedMs: 0,
    firstAskedMs: 0,
    firstBodyMs: 0,
    lastBodyMs: 0,
    lastDecodedMs: 0,
    lastUploadMs: 0,
    uploads: 0,
    uploadMs: 0,
    frames: 0,
    drawMs: 0,
  };
  Object.assign(globalThis, { benchOpenMarks: marks });
  const epochMs = () => performance.timeOrigin + performance.now();
  globalThis.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const kind: unknown = data?.event?.kind;
        if (kind === "transferred") {
          marks.lastBodyMs = epochMs();
          marks.firstBodyMs ||= marks.lastBodyMs;
        }
        if (kind === "outcome") marks.lastDecodedMs = epochMs();
      });
    }
    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) {
      if (Reflect.get(Object(message), "type") === "run") marks.firstAskedMs ||= epochMs();
      super.postMessage(message, transfer as Transferable[]);
    }
  };
  const gl = WebGL2RenderingContext.prototype;
  const { texSubImage3D, drawArraysInstanced } = gl;
  gl.texSubImage3D = function (...given: unknown[]) {
    const startMs = performance.now();
    Reflect.apply(texSubImage3D, this, given);
    marks.uploads++;
    marks.uploadMs += performance.now() - startMs;
    marks.lastUploadMs = epochMs();
  };
  let frame = -1;
  gl.drawArraysInstanced = function (...given) {
    const startMs = performance.now();
    Reflect.apply(drawArraysInstanced, this, given);
    marks.drawMs += performance.now() - startMs;
    // All that is drawn in one animation frame sees the same time line.
    const now = Number(document.timeline.currentTime);
    if (now !== frame) marks.frames++;
    frame = now;
  };
}
