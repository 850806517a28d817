import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { ViewerContext } from "../state/viewer-context.ts";
import type { ViewerState } from "../state/viewer-state.ts";
import type { ViewerStore } from "../state/viewer-store.ts";
import { type FakeCall, fakeViewer } from "./fake-viewer.ts";
import "../styles/index.css";

export type Rendered = { store: ViewerStore; calls: FakeCall[]; unmount: () => void };

/** Puts components into the page of a browser test, around them a fake viewer in the given state. */
export function render(children: ReactNode, state?: Partial<ViewerState>): Rendered {
  const { store, actions, calls } = fakeViewer(state);
  const host = document.createElement("div");
  document.body.append(host);
  const root = createRoot(host);
  flushSync(() =>
    root.render(<ViewerContext value={{ store, actions }}>{children}</ViewerContext>),
  );
  return {
    store,
    calls,
    unmount() {
      root.unmount();
      host.remove();
    },
  };
}
