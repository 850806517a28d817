import { type PointerEvent, useEffect, useRef, useState } from "react";

const pressMs = 500;
/** A finger is never quite still. */
const stillPx = 10;

type Place = readonly [number, number];

/**
 * A finger that rests on an element: where, from the element's corner, until it leaves. Spread `handlers` on the element; a second finger
 * or a move before the time is up is another gesture.
 */
export function useLongPress() {
  const [at, setAt] = useState<Place>();
  const pressed = useRef<Place>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function end() {
    clearTimeout(timer.current);
    pressed.current = undefined;
    setAt(undefined);
  }

  useEffect(() => () => clearTimeout(timer.current), []);

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const { pointerType, isPrimary, clientX, clientY } = event;
      end();
      if (pointerType !== "touch" || !isPrimary) return;
      const { left, top } = event.currentTarget.getBoundingClientRect();
      pressed.current = [clientX, clientY];
      timer.current = setTimeout(() => setAt([clientX - left, clientY - top]), pressMs);
    },
    onPointerMove({ clientX, clientY }: PointerEvent<HTMLElement>) {
      const [x, y] = pressed.current ?? [clientX, clientY];
      if (Math.hypot(clientX - x, clientY - y) > stillPx) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
  return { at, handlers };
}
