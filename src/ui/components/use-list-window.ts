import { type RefObject, useEffect, useState } from "react";
import type { RowWindow } from "./row-window.ts";

const extraRows = 2;

/** The rows of a scrolled list that are in sight, and a few more; all rows are `rowHeight` CSS pixels high. */
export function useListWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [seen, setSeen] = useState<RowWindow>({ first: 0, end: 12 });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => {
      const { scrollTop, clientHeight } = element;
      const first = Math.max(0, Math.floor(scrollTop / rowHeight) - extraRows);
      const end = Math.ceil((scrollTop + clientHeight) / rowHeight) + extraRows;
      setSeen((before) => (before.first === first && before.end === end ? before : { first, end }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [scroller, rowHeight]);

  const end = Math.min(count, seen.end);
  return { first: Math.min(seen.first, Math.max(0, end - 1)), end };
}
