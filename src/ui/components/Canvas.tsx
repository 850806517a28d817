import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import type { Chrome } from "../commands/command.ts";
import { commandOfPress } from "../commands/commands.ts";
import { wellToEnter } from "../state/plate.ts";
import { axisOfRole } from "../state/playable-axis.ts";
import { selectedIndex } from "../state/selection.ts";
import { worldAt, zoomAt } from "../state/view.ts";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { imageSummary } from "./image-summary.ts";
import { LiveRegion } from "./LiveRegion.tsx";
import { PlateOverlay } from "./PlateOverlay.tsx";
import { useLongPress } from "./use-long-press.ts";
import { ValueBubble } from "./ValueBubble.tsx";
import { WheelSteps } from "./wheel-steps.ts";

type CanvasProps = {
  /** Puts the stage into the element; returns what takes it out again. Called once per element. */
  mountStage: (element: HTMLElement) => () => void;
  chrome: Chrome;
};

/** CSS pixels that a pointer may move and still click. */
const clickPx = 4;

/** Where the image is drawn: a focusable region named by what it shows, with the shortcuts, which work only in here. */
export function Canvas({ mountStage, chrome }: CanvasProps) {
  const region = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const store = useViewerStore();
  const actions = useViewerActions();
  const summary = useViewer(imageSummary);
  const isPlaying = useViewer(({ playback }) => playback.playing !== undefined);
  const { at: pressedAt, handlers } = useLongPress();
  const pressedFrom = useRef<readonly [number, number]>([0, 0]);

  useEffect(() => {
    if (host.current !== null) return mountStage(host.current);
    return undefined;
  }, [mountStage]);

  useEffect(() => {
    const element = region.current;
    const wheels = { z: new WheelSteps(), t: new WheelSteps() };
    function handleWheel(event: WheelEvent) {
      if (event.shiftKey === event.altKey || event.ctrlKey || event.metaKey) return;
      const role = event.shiftKey ? "z" : "t";
      // The page must not scroll and the stage must not zoom, also where there is no such axis.
      event.preventDefault();
      event.stopPropagation();
      const state = store.getState();
      const axis = axisOfRole(state, role);
      const steps = wheels[role].take(event);
      if (axis === undefined || steps === 0) return;
      const index = selectedIndex(state.selection, axis) + steps;
      actions.setSelection(axis.name, Math.max(0, Math.min(axis.size - 1, index)), "passing");
    }
    // Not through React, whose wheel listeners are passive.
    element?.addEventListener("wheel", handleWheel, { capture: true, passive: false });
    return () => element?.removeEventListener("wheel", handleWheel, { capture: true });
  }, [store, actions]);

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
    const altGraph = event.getModifierState("AltGraph");
    const press = { key, code, shiftKey, ctrlKey, metaKey, altKey, altGraph };
    const state = store.getState();
    const command = commandOfPress(press, state.preferences.shortcuts);
    if (command === undefined || state.source.status !== "open") return;
    event.preventDefault();
    command.run({ state, actions, chrome, byKey: true });
  }

  function handleClick(event: MouseEvent<HTMLDivElement>) {
    const { clientX, clientY, currentTarget } = event;
    const [x, y] = pressedFrom.current;
    // A drag ends with a click too.
    if (Math.hypot(clientX - x, clientY - y) > clickPx) return;
    const { left, top } = currentTarget.getBoundingClientRect();
    actions.pickLabelAt(clientX - left, clientY - top);
  }

  function handleDoubleClick(event: MouseEvent<HTMLDivElement>) {
    const { view, stage, plate } = store.getState();
    if (view === undefined || stage === undefined) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top] as const;
    const well = plate && wellToEnter(plate, worldAt(view, stage, at));
    if (well && !event.shiftKey) {
      actions.goOnPlate({ well: well.id });
      return;
    }
    actions.setView(zoomAt(view, stage, at, event.shiftKey ? -1 : 1));
  }

  return (
    <>
      {/* An application to screen readers: the keys in it are its own. */}
      <div
        ref={region}
        className="zs-canvas"
        role="application"
        aria-roledescription="image viewer"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the shortcuts need the focus (WCAG 2.1.4)
        tabIndex={0}
        onKeyDown={handleKey}
        onPointerDownCapture={({ clientX, clientY }) => {
          pressedFrom.current = [clientX, clientY];
        }}
        onClick={handleClick}
        onDoubleClick={handleDoubleClick}
        onContextMenu={(event) => {
          if (pressedAt !== undefined) event.preventDefault();
        }}
        {...handlers}
      >
        <div ref={host} className="zs-stage" />
        <PlateOverlay />
      </div>
      {pressedAt !== undefined && <ValueBubble at={pressedAt} />}
      <LiveRegion text={isPlaying ? "Playing" : summary} />
    </>
  );
}
