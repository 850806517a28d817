import { StrictMode } from "react";
import type { Root } from "react-dom/client";
import type { FrameOptions } from "../../src/ui/state/frame-options.ts";
import { emptyLink, parseLink } from "../../src/ui/state/link.ts";
import { lookOfLink } from "../../src/ui/state/link-state.ts";
import { framedPlateRoom } from "../../src/ui/state/plate.ts";
import { shownTheme } from "../../src/ui/state/preferences.ts";
import { normaliseSource } from "../../src/ui/state/source-url.ts";
import { ViewerContext } from "../../src/ui/state/viewer-context.ts";
import type { SourceStatus } from "../../src/ui/state/viewer-state.ts";
import { createAutomation } from "../automation.ts";
import { type Deployment, defaultDeployment, viewerName } from "../deployment.ts";
import { loadViewer } from "../load-viewer.ts";
import { watchNetwork } from "../network-watch.ts";
import { watchForOutdatedBuild } from "../outdated-build.ts";
import { shownStores } from "../shown-stores.ts";
import { stillTaker } from "../still-taker.ts";
import { createViewerActions } from "../viewer-actions.ts";
import { ViewerSession } from "../viewer-session.ts";
import { embedderOf } from "./embedder.ts";
import { followAddress, type GuardedOpen } from "./frame-address.ts";
import { createFrameHost } from "./frame-host.ts";
import { refusedInFrame } from "./frame-policy.ts";
import { serveFramePort } from "./frame-port.ts";
import { lockedActions } from "./locked-actions.ts";
import { acceptEmbedder } from "./port-handshake.ts";
import { stageWhileSeen } from "./stage-while-seen.ts";

function absolute(source: string): string | undefined {
  const normalised = normaliseSource(source, location.href);
  return "url" in normalised ? normalised.url : undefined;
}

/** What stands in an address' query may be somebody's access. */
function hasQuery(source: SourceStatus): boolean {
  if (source.status === "empty") return false;
  return !URL.canParse(source.url) || new URL(source.url).search !== "";
}

/** Starts the viewer as the content of a frame. */
export async function startFrame(
  root: Root,
  options: FrameOptions,
  deploying: Promise<Deployment>,
) {
  const session = new ViewerSession(location.href);
  if (options.interface !== "none") session.plateRoom = framedPlateRoom;
  const { store } = session;
  const actions = createViewerActions(session);
  const look = lookOfLink(parseLink(location).link);
  store.setState({ ...look, pageTheme: options.theme ?? look.pageTheme });
  document.documentElement.dataset.theme = shownTheme(store.getState());
  watchNetwork(store, session.machinery.scheduler);
  // A frame's address is the page's around it, and stays as it is.
  watchForOutdatedBuild(store, () => {});

  const open: GuardedOpen = async (source, link = emptyLink) => {
    const { allowedOrigins } = await deploying;
    const url = absolute(source);
    const viewerOrigin = new URL(location.href).origin;
    const policy = { embedder: embedderOf(window), viewerOrigin, allowedOrigins };
    const failure = url === undefined ? undefined : refusedInFrame(url, policy);
    if (url !== undefined && failure) {
      session.close();
      store.setState({ source: { status: "failed", url, failure } });
    } else {
      await session.open(source, link);
    }
  };
  const guarded = {
    ...actions,
    open: (url: string, series?: number) => void open(url, { ...emptyLink, series }),
  };
  const api = createAutomation(session, guarded);
  window.zarrscope = api;
  const takeStill = stillTaker(session);
  let disconnect = () => {};
  acceptEmbedder(window, async (port, origin) => {
    const { allowedOrigins } = await deploying;
    disconnect();
    const host = createFrameHost({
      store,
      api,
      takeStill,
      origin,
      policy: { viewerOrigin: new URL(location.href).origin, allowedOrigins },
      open,
      resolve: absolute,
      goToWell: async (well) => session.plate?.go({ well }),
      hasAccess: () => store.getState().access !== undefined || hasQuery(store.getState().source),
    });
    disconnect = serveFramePort(port, host);
  });

  const show = () => followAddress(session, open, options.theme);
  if (!options.hasPoster) show();
  const visitor = lockedActions(guarded, options.locks, () => store.getState());
  const { FrameApp } = await loadViewer();
  const context = { store, actions: visitor, ...shownStores(store) };
  const stable = {
    options,
    mountStage: (element: HTMLElement) => stageWhileSeen(session, element),
    mountThumbnail: (canvas: HTMLCanvasElement, series: number) =>
      session.thumbnails.mount(canvas, series),
    onShow: show,
  };
  const render = ({ name = viewerName }: Deployment) =>
    root.render(
      <StrictMode>
        <ViewerContext value={context}>
          <FrameApp {...stable} viewerName={name} />
        </ViewerContext>
      </StrictMode>,
    );
  render(defaultDeployment);
  void deploying.then(render);
}
