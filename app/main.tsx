import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ViewerContext } from "../src/ui/state/viewer-context.ts";
import { App } from "./App.tsx";
import { createAutomation } from "./automation.ts";
import { samples } from "./samples.ts";
import { syncWithAddress } from "./url-sync.ts";
import { version } from "./version.ts";
import { createViewerActions } from "./viewer-actions.ts";
import { ViewerSession } from "./viewer-session.ts";

const session = new ViewerSession(location.href);
const actions = createViewerActions(session);
window.zarrscope = createAutomation(session, actions);
// Before React mounts: the first metadata request is under way while the interface is built.
syncWithAddress(session);

const mountStage = (element: HTMLElement) => session.mountStage(element);
const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app.");
createRoot(root).render(
  <StrictMode>
    <ViewerContext value={{ store: session.store, actions }}>
      <App mountStage={mountStage} samples={samples} version={version} />
    </ViewerContext>
  </StrictMode>,
);
