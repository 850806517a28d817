import type { StillTaker } from "../src/ui/export/export-picture.ts";
import type { ViewerSession } from "./viewer-session.ts";

/** Takes stills of what a session's stage shows. */
export function stillTaker(session: ViewerSession): StillTaker {
  return async (options) => {
    // The same chunk as the stage, which is there.
    const { takeStill } = await import("../src/layers/still.ts");
    const { stage } = session;
    const parent = stage?.canvas.parentElement;
    if (!stage?.scene || !parent) throw new Error("No image is shown.");
    const { scene, view } = stage;
    const chunks = session.machinery.scheduler;
    return takeStill({ ...options, chunks, parent, scene, view });
  };
}
