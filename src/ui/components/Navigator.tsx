import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { panBy, showsWhole } from "../state/view.ts";
import { useShownStore, useViewer, useViewerActions } from "../state/viewer-context.ts";
import { NavigatorWells } from "./NavigatorWells.tsx";
import { navigatorSize, viewFrame, worldOfPoint } from "./navigator-geometry.ts";

type NavigatorProps = {
  /** Lets the whole plane be painted on the canvas; returns what ends it. Keep it stable. */
  mountOverview: (canvas: HTMLCanvasElement) => () => void;
};

const panShare = 0.1;
const directions: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);

/** The whole image in a corner and the view as a frame on it, to drag. Absent while the whole image is on screen anyway. */
export function Navigator({ mountOverview }: NavigatorProps) {
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const store = useShownStore();
  const actions = useViewerActions();
  const extent = useViewer(({ source }) =>
    source.status === "open" ? source.framing.bounds : undefined,
  );
  const size = useMemo(() => extent && navigatorSize(extent), [extent]);

  useEffect(() => {
    if (picture.current !== null && size !== undefined) return mountOverview(picture.current);
    return undefined;
  }, [mountOverview, size]);

  // Not by rendering: the view changes with every frame of a pan.
  useEffect(() => {
    function place() {
      const { view, stage } = store.getState();
      if (box.current === null || frame.current === null) return;
      if (view === undefined || stage === undefined || extent === undefined || size === undefined) {
        box.current.hidden = true;
        return;
      }
      const isFocused = box.current.contains(document.activeElement);
      box.current.hidden = showsWhole(view, extent, stage) && !isFocused;
      const { left, top, width, height } = viewFrame(view, stage, extent, size);
      frame.current.style.transform = `translate(${left}px, ${top}px)`;
      frame.current.style.width = `${width}px`;
      frame.current.style.height = `${height}px`;
    }
    place();
    return store.subscribe((state, before) => {
      if (state.view !== before.view || state.stage?.widthPx !== before.stage?.widthPx) place();
    });
  }, [store, extent, size]);

  if (extent === undefined || size === undefined) return null;

  function moveTo(event: PointerEvent<HTMLDivElement>) {
    const { view } = store.getState();
    const bounds = picture.current?.getBoundingClientRect();
    if (view === undefined || bounds === undefined || extent === undefined || size === undefined)
      return;
    const at = [event.clientX - bounds.left, event.clientY - bounds.top] as const;
    actions.setView({ target: worldOfPoint(at, extent, size), zoom: view.zoom });
  }

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    const direction = directions.get(event.key);
    const { view, stage } = store.getState();
    if (direction === undefined || view === undefined || stage === undefined) return;
    event.preventDefault();
    const share = panShare * (event.shiftKey ? 5 : 1);
    const [dx, dy] = direction;
    actions.setView(panBy(view, dx * share * stage.widthPx, dy * share * stage.heightPx));
  }

  return (
    <div
      ref={box}
      className="zs-navigator"
      role="application"
      aria-roledescription="navigator"
      aria-label="Navigator: arrow keys move the view over the whole image"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the view
      tabIndex={0}
      hidden
      onKeyDown={handleKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
      }}
    >
      <NavigatorWells />
      <canvas ref={picture} style={{ width: size.widthPx, height: size.heightPx }} />
      <div ref={frame} className="zs-navigator-frame" />
    </div>
  );
}
