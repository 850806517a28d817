import { type KeyboardEvent, useEffect, useRef } from "react";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { imageSummary } from "./image-summary.ts";
import { LiveRegion } from "./LiveRegion.tsx";
import { runCommand } from "./run-command.ts";
import { commandOf } from "./shortcuts.ts";

type CanvasProps = {
  /** Puts the stage into the element; returns what takes it out again. Called once per element. */
  mountStage: (element: HTMLElement) => () => void;
  onTogglePanel: () => void;
};

/** Where the image is drawn: a focusable region named by what it shows, with the single-key shortcuts, which work only in here. */
export function Canvas({ mountStage, onTogglePanel }: CanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const store = useViewerStore();
  const actions = useViewerActions();
  const summary = useViewer(imageSummary);

  useEffect(() => {
    if (host.current !== null) return mountStage(host.current);
    return undefined;
  }, [mountStage]);

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
    const altGraph = event.getModifierState("AltGraph");
    const command = commandOf({ key, code, shiftKey, ctrlKey, metaKey, altKey, altGraph });
    if (command === undefined) return;
    event.preventDefault();
    runCommand(command, store.getState(), actions, onTogglePanel);
  }

  return (
    <>
      {/* An application to screen readers: the keys in it are its own. */}
      <div
        className="zs-canvas"
        role="application"
        aria-roledescription="image viewer"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the shortcuts need the focus (WCAG 2.1.4)
        tabIndex={0}
        onKeyDown={handleKey}
      >
        <div ref={host} className="zs-stage" />
      </div>
      <LiveRegion text={summary} />
    </>
  );
}
