import type { FrameLock } from "../../src/ui/state/frame-options.ts";

export type FrameGestureOptions = {
  readonly locks: ReadonlySet<FrameLock>;
  /** A wheel turn went to the page instead, which a message should explain. */
  onPrevented(): void;
  /** Zooms about the centre, by powers of 2. */
  zoomBy(delta: number): void;
};

const zoomPerWheelPx = 0.01;

/**
 * Cooperative gestures: what is embedded does not catch the wheel or the finger of somebody who scrolls past. The wheel belongs to the page unless
 * Ctrl or ⌘ is held or the image was pressed; that ends when the pointer leaves, when the frame loses the focus, and with Escape. A finger
 * scrolls until the image was tapped (`data-active` in the style sheet). Gestures of locked things never arrive. Returns what ends it.
 */
export function cooperativeGestures(
  element: HTMLElement,
  { locks, onPrevented, zoomBy }: FrameGestureOptions,
): () => void {
  const ended = new AbortController();
  const capture = { capture: true, signal: ended.signal };
  const setActive = (isActive: boolean) => element.toggleAttribute("data-active", isActive);
  const isActive = () => element.hasAttribute("data-active");

  element.addEventListener(
    "wheel",
    (event) => {
      const isFree = isActive() || event.ctrlKey || event.metaKey;
      if (!isFree || locks.has("zoom")) {
        // Not prevented: the page around takes it.
        event.stopPropagation();
        if (!locks.has("zoom")) onPrevented();
      } else if (locks.has("pan")) {
        // Zooming at the pointer would move the picture.
        event.stopPropagation();
        event.preventDefault();
        zoomBy(-event.deltaY * zoomPerWheelPx);
      }
    },
    { ...capture, passive: false },
  );
  element.addEventListener(
    "pointerdown",
    (event) => {
      const isOnCanvas = event.target instanceof HTMLCanvasElement;
      const isFinger = event.pointerType === "touch";
      const isLocked = locks.has("pan") || (locks.has("zoom") && !event.isPrimary);
      if (isOnCanvas && (isLocked || (isFinger && !isActive()))) event.stopPropagation();
    },
    capture,
  );
  element.addEventListener(
    "click",
    ({ target }) => {
      if (target instanceof HTMLCanvasElement) setActive(true);
    },
    capture,
  );
  const rest = () => setActive(false);
  document.documentElement.addEventListener(
    "pointerleave",
    ({ pointerType }) => {
      if (pointerType === "mouse") rest();
    },
    { signal: ended.signal },
  );
  window.addEventListener("blur", rest, { signal: ended.signal });
  element.addEventListener(
    "keydown",
    ({ key }) => {
      if (key === "Escape") rest();
    },
    capture,
  );
  return () => ended.abort();
}
