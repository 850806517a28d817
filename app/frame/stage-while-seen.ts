import type { ViewerSession } from "../viewer-session.ts";

/** Frames that came out of sight have let go of their contexts by then; and scrolling past puts nothing up. */
const seenMs = 150;

/**
 * Keeps the session's stage in `host` for as long as that can be seen: a browser gives a page 16 graphics contexts, and takes the oldest away for
 * the next. What was shown last stands there meanwhile. Returns what takes everything out.
 */
export function stageWhileSeen(session: ViewerSession, host: HTMLElement): () => void {
  let unmount: (() => void) | undefined;
  let snapshot: HTMLCanvasElement | undefined;
  let coming: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    coming = undefined;
    unmount = session.mountStage(host);
    host.dataset.stage = "mounted";
    const stale = snapshot;
    snapshot = undefined;
    // The canvas lies above it, invisible until it is drawn.
    if (stale) void session.settled().then(() => stale.remove());
  };
  const release = () => {
    snapshot = snapshotOf(session);
    if (snapshot) host.prepend(snapshot);
    unmount?.();
    unmount = undefined;
    host.dataset.stage = "released";
  };
  const watch = new IntersectionObserver((entries) => {
    clearTimeout(coming);
    coming = undefined;
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen && !unmount) coming = setTimeout(show, seenMs);
    else if (!isSeen && unmount) release();
  });
  watch.observe(host);
  return () => {
    watch.disconnect();
    clearTimeout(coming);
    snapshot?.remove();
    unmount?.();
  };
}

function snapshotOf({ stage }: ViewerSession): HTMLCanvasElement | undefined {
  if (!stage) return undefined;
  const canvas = document.createElement("canvas");
  canvas.width = stage.canvas.width;
  canvas.height = stage.canvas.height;
  canvas.className = "zs-frame-snapshot";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d", { alpha: false });
  if (context) stage.copyTo(context);
  return context ? canvas : undefined;
}
