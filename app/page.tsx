import { StrictMode } from "react";
import type { Root } from "react-dom/client";
import { shownTheme } from "../src/ui/state/preferences.ts";
import { ViewerContext } from "../src/ui/state/viewer-context.ts";
import { App } from "./App.tsx";
import { createAutomation } from "./automation.ts";
import { type Deployment, defaultDeployment } from "./deployment.ts";
import { loadViewer } from "./load-viewer.ts";
import { watchNetwork } from "./network-watch.ts";
import { watchForOutdatedBuild } from "./outdated-build.ts";
import { rememberSources } from "./recents.ts";
import { publicDatasets, samples } from "./samples.ts";
import { shownStores } from "./shown-stores.ts";
import { stillTaker } from "./still-taker.ts";
import { syncWithAddress } from "./url-sync.ts";
import { version } from "./version.ts";
import { createViewerActions } from "./viewer-actions.ts";
import { ViewerSession } from "./viewer-session.ts";

/** Starts the viewer as a page of its own. The configuration may come later than the first picture of it. */
export function startPage(root: Root, deploying: Promise<Deployment>): void {
  const session = new ViewerSession(location.href);
  const actions = createViewerActions(session);
  window.zarrscope = createAutomation(session, actions);
  const recents = rememberSources(session.store, location.href);
  watchNetwork(session.store, session.machinery.scheduler);
  // Before React mounts: the first metadata request is under way while the interface is built.
  const writeAddress = syncWithAddress(session);
  watchForOutdatedBuild(session.store, writeAddress);
  if (session.store.getState().source.status !== "empty") void loadViewer();

  // Before the first frame, so that nobody who likes it light is flashed dark.
  document.documentElement.dataset.theme = shownTheme(session.store.getState());

  const viewer = { store: session.store, actions, ...shownStores(session.store) };
  const stable = {
    mountStage: (element: HTMLElement) => session.mountStage(element),
    mountOverview: (canvas: HTMLCanvasElement) => session.overview.mount(canvas),
    mountThumbnail: (canvas: HTMLCanvasElement, series: number) =>
      session.thumbnails.mount(canvas, series),
    takeStill: stillTaker(session),
  };
  const render = ({ name, catalogue }: Deployment) =>
    root.render(
      <StrictMode>
        <ViewerContext value={viewer}>
          <App
            {...stable}
            name={name}
            samples={catalogue ?? samples}
            datasets={catalogue ? [] : publicDatasets}
            recents={recents}
            version={version}
          />
        </ViewerContext>
      </StrictMode>,
    );
  render(defaultDeployment);
  void deploying.then((deployment) => {
    if (deployment === defaultDeployment) return;
    render(deployment);
    const { source } = session.store.getState();
    if (deployment.source !== undefined && source.status === "empty") {
      void session.open(deployment.source);
    }
  });
}
