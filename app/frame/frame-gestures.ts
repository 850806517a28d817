import type { FrameLock } from "../../src/ui/state/frame-options.ts";

export type FrameGestureOptions = {
  readonly locks: ReadonlySet<FrameLock>;
  /** A wheel turn or the move of a finger went to the page instead, which a message should explain. */
  onPrevented(by: "wheel" | "finger"): void;
  /** Zooms about the centre, by powers of 2. */
  zoomBy(delta: number): void;
};

const zoomPerWheelPx = 0.01;

/**
 * Cooperative gestures: what is embedded does not catch the wheel or the finger of somebody who scrolls past. The wheel belongs to the page unless
 * Ctrl or ⌘ is held or the image was pressed; that ends when the pointer leaves, when the frame loses the focus, and with Escape. One finger
 * scrolls until the image was tapped (`data-active` in the style sheet); two move and zoom it at once. Gestures of locked things never arrive.
 * Returns what ends it.
 */
export function cooperativeGestures(
  element: HTMLElement,
  { locks, onPrevented, zoomBy }: FrameGestureOptions,
): () => void {
  const ended = new AbortController();
  const capture = { capture: true, signal: ended.signal };
  const setActive = (isActive: boolean) => element.toggleAttribute("data-active", isActive);
  const isActive = () => element.hasAttribute("data-active");
  /** Fingers on an image that is not active; the first one is kept from it until there is a second. */
  const fingers = new Set<number>();
  let waiting: PointerEvent | undefined;
  let isGivingBack = false;

  element.addEventListener(
    "wheel",
    (event) => {
      const isFree = isActive() || event.ctrlKey || event.metaKey;
      if (!isFree || locks.has("zoom")) {
        // Not prevented: the page around takes it.
        event.stopPropagation();
        if (!locks.has("zoom")) onPrevented("wheel");
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
      if (isGivingBack || !(event.target instanceof HTMLCanvasElement)) return;
      if (locks.has("pan") || (locks.has("zoom") && !event.isPrimary)) {
        event.stopPropagation();
      } else if (event.pointerType === "touch" && !isActive()) {
        fingers.add(event.pointerId);
        if (fingers.size === 1) {
          waiting = event;
          event.stopPropagation();
        } else if (waiting) {
          isGivingBack = true;
          waiting.target?.dispatchEvent(new PointerEvent("pointerdown", waiting));
          isGivingBack = false;
          waiting = undefined;
        }
      }
    },
    capture,
  );
  for (const type of ["pointerup", "pointercancel"] as const) {
    window.addEventListener(
      type,
      ({ pointerId }) => {
        if (!fingers.delete(pointerId) || waiting?.pointerId !== pointerId) return;
        waiting = undefined;
        // The browser took the finger to scroll the page.
        if (type === "pointercancel") onPrevented("finger");
      },
      capture,
    );
  }
  for (const type of ["touchstart", "touchmove"] as const) {
    element.addEventListener(
      type,
      (event) => {
        // Else two fingers would scroll the page, too.
        if (fingers.size > 1 && event.cancelable) event.preventDefault();
      },
      { ...capture, passive: false },
    );
  }
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
