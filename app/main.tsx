import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ViewerContext } from "../src/ui/state/viewer-context.ts";
import { App } from "./App.tsx";
import { createAutomation } from "./automation.ts";
import { loadViewer } from "./load-viewer.ts";
import { watchNetwork } from "./network-watch.ts";
import { rememberSources } from "./recents.ts";
import { publicDatasets, samples } from "./samples.ts";
import { syncWithAddress } from "./url-sync.ts";
import { version } from "./version.ts";
import { createViewerActions } from "./viewer-actions.ts";
import { ViewerSession } from "./viewer-session.ts";

const session = new ViewerSession(location.href);
const actions = createViewerActions(session);
window.zarrscope = createAutomation(session, actions);
const recents = rememberSources(session.store, location.href);
watchNetwork(session.store, session.machinery.scheduler);
// Before React mounts: the first metadata request is under way while the interface is built.
syncWithAddress(session);
if (session.store.getState().source.status !== "empty") void loadViewer();

// Before the first frame, so that nobody who likes it light is flashed dark.
document.documentElement.dataset.theme = session.store.getState().preferences.theme;

const mountStage = (element: HTMLElement) => session.mountStage(element);
const mountOverview = (canvas: HTMLCanvasElement) => session.overview.mount(canvas);
const mountThumbnail = (canvas: HTMLCanvasElement, series: number) =>
  session.thumbnails.mount(canvas, series);
const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app.");
createRoot(root).render(
  <StrictMode>
    <ViewerContext value={{ store: session.store, actions }}>
      <App
        mountStage={mountStage}
        mountOverview={mountOverview}
        mountThumbnail={mountThumbnail}
        samples={samples}
        datasets={publicDatasets}
        recents={recents}
        version={version}
      />
    </ViewerContext>
  </StrictMode>,
);
