import { type RefObject, useEffect, useState } from "react";
import type { PlaneStatistics } from "../../zarr/chunks/chunk-state.ts";
import { useViewerActions, useViewerStore } from "../state/viewer-context.ts";

/**
 * The histogram of what is on screen of a channel, whenever the picture rests, and only while the element is on screen itself. The last one stays
 * while nothing is in view.
 */
export function useHistogram(index: number, element: RefObject<Element | null>): PlaneStatistics {
  const store = useViewerStore();
  const { histogramInView, whenCalm } = useViewerActions();
  const [statistics, setStatistics] = useState<PlaneStatistics>();

  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let forget = () => {};
    let isShown = false;
    let last: PlaneStatistics;
    const look = () => {
      const found = isShown ? histogramInView(index) : undefined;
      // Setting the same again would still render once, in the middle of a pan.
      if (found !== undefined && found !== last) setStatistics(found);
      last = found ?? last;
    };
    const observer = new IntersectionObserver((entries) => {
      isShown = entries.at(-1)?.isIntersecting === true;
      if (isShown) look();
    });
    observer.observe(target);
    const unsubscribe = store.subscribe((state, before) => {
      if (isShown && state.stage !== before.stage) forget = whenCalm(look);
    });
    return () => {
      observer.disconnect();
      unsubscribe();
      forget();
    };
  }, [element, histogramInView, index, store, whenCalm]);

  return statistics;
}
