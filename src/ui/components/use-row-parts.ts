import { type RefObject, useEffect, useMemo, useState } from "react";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { type RowPart, rowParts, rowWindow } from "./row-window.ts";

/** Heights in CSS pixels of rows that were never in the page, shown and hidden ones. */
const guessedHeights = { shown: 116, hidden: 32 };
const extraRows = 3;
/** So many rows are always all in the page. */
export const shortList = 12;

type Seen = { readonly top: number; readonly bottom: number };

/**
 * The rows of a long list that are in sight, with gaps for the others. Tab goes from row to row: the next ones are always there, and bring
 * those after them when they get the focus.
 */
export function useRowParts(
  channels: readonly ChannelSettings[],
  list: RefObject<HTMLElement | null>,
): readonly RowPart[] {
  const isLong = channels.length > shortList;
  const [seen, setSeen] = useState<Seen>({ top: 0, bottom: 900 });
  const [focused, setFocused] = useState<number>();
  const [measured, setMeasured] = useState(guessedHeights);

  useEffect(() => {
    const element = list.current;
    if (element === null || !isLong) return undefined;
    const look = () => {
      const { top } = element.getBoundingClientRect();
      setSeen((before) =>
        before.top === -top && before.bottom === innerHeight - top
          ? before
          : { top: -top, bottom: innerHeight - top },
      );
      setMeasured((before) => {
        const next = measuredHeights(element, before);
        return next.shown === before.shown && next.hidden === before.hidden ? before : next;
      });
    };
    const noteFocus = () => {
      const row = document.activeElement?.closest("[data-channel]");
      const isInside = row instanceof HTMLElement && element.contains(row);
      setFocused(isInside ? Number(row.dataset.channel) : undefined);
    };
    look();
    // Scrolling does not bubble, but it can be caught on its way down.
    addEventListener("scroll", look, { capture: true, passive: true });
    addEventListener("resize", look);
    element.addEventListener("focusin", noteFocus);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      removeEventListener("scroll", look, { capture: true });
      removeEventListener("resize", look);
      element.removeEventListener("focusin", noteFocus);
      observer.disconnect();
    };
  }, [list, isLong]);

  return useMemo(() => {
    const heights = channels.map(({ visible }) => (visible ? measured.shown : measured.hidden));
    if (!isLong) return channels.map((_, row) => ({ row }));
    const kept = channels.findIndex(({ index }) => index === focused);
    const window = rowWindow(heights, seen.top, seen.bottom, extraRows);
    // Before the page has scrolled there: who holds Tab down must never run past the last row that is in the page.
    const around =
      kept < 0 ? { first: 0, end: 0 } : { first: kept - extraRows, end: kept + extraRows + 1 };
    return rowParts(heights, window, around);
  }, [channels, isLong, seen, focused, measured]);
}

function measuredHeights(list: HTMLElement, before: typeof guessedHeights): typeof guessedHeights {
  const gap = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
  const heightOf = (selector: string, guess: number) => {
    const row = list.querySelector(`.zs-channel${selector}`);
    const height = row?.getBoundingClientRect().height ?? 0;
    return height > 0 ? height + gap : guess;
  };
  return {
    shown: heightOf(":not([data-hidden])", before.shown),
    hidden: heightOf("[data-hidden]", before.hidden),
  };
}
