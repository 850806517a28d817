import { exportPicture, type StillTaker } from "../../src/ui/export/export-picture.ts";
import type { ViewerStore } from "../../src/ui/state/viewer-store.ts";
import type { ZarrscopeApi } from "../automation-api.ts";
import type { FrameState } from "../embed/protocol.ts";
import { parseStateChange } from "../state-change.ts";
import { frameWatchers } from "./frame-events.ts";
import { type FramePolicy, isTrusted } from "./frame-policy.ts";
import type { FrameHost } from "./frame-port.ts";

export type FrameHostOptions = {
  readonly store: ViewerStore;
  readonly api: ZarrscopeApi;
  readonly takeStill: StillTaker;
  readonly policy: Pick<FramePolicy, "viewerOrigin" | "allowedOrigins">;
  /** Of the page that is connected. */
  readonly origin: string;
  /** Opens a source, if the frame may. */
  open(source: string): Promise<void>;
  /** Absolute address of a source as a page may write it; undefined: none. */
  resolve(source: string): string | undefined;
  /** Shows a well of the plate, or the plate as a whole. */
  goToWell(well: string | null): Promise<void>;
  /** The open source was reached with somebody's own access, which is no page's business. */
  hasAccess(): boolean;
};

/** The address without whatever could be a secret: query, fragment, user. */
function redacted(address: string): string {
  if (!URL.canParse(address)) return "";
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

/** The viewer as one connected page may use it. */
export function createFrameHost(options: FrameHostOptions): FrameHost {
  const { store, api, takeStill, policy, origin } = options;
  const openUrl = () => {
    const { source } = store.getState();
    return source.status === "empty" ? undefined : source.url;
  };
  const mayRead = () => !options.hasAccess() && isTrusted(origin, openUrl(), policy);
  const redactedSource = () => {
    const url = openUrl();
    return url === undefined ? null : redacted(url);
  };
  const getState = (): FrameState => {
    const state = api.getState();
    const well = store.getState().plate?.opened?.well.id ?? null;
    const told = { ...state, source: redactedSource(), well };
    if (mayRead()) return told;
    // Names are metadata.
    const channels = state.channels.map((channel) => ({ ...channel, label: "" }));
    return { ...told, channels, labels: null };
  };
  const watchers = frameWatchers({ store, isTrusted: mayRead, getState, redactedSource });
  let isDrawing = false;

  return {
    version: api.version,
    isTrusted(source) {
      if (source === undefined) return mayRead();
      const url = options.resolve(source);
      return url !== undefined && isTrusted(origin, url, policy);
    },
    getState,
    async setState({ source, well, ...change }) {
      // Before anything is done: a change is applied as a whole or not at all.
      parseStateChange(change);
      if (source !== undefined) await options.open(source);
      if (well !== undefined) await options.goToWell(well);
      await api.setState(change);
    },
    async valueAt(point) {
      const readout = await api.valueAt(point);
      return readout
        ? { level: readout.level, values: readout.values.map((each) => ({ ...each })) }
        : null;
    },
    async screenshot({ scale, ...wanted }) {
      if (isDrawing) throw new Error("Another picture is being made.");
      isDrawing = true;
      try {
        const never = new AbortController().signal;
        const still = await takeStill({ scale, signal: never, enough: never });
        const state = store.getState();
        const { blob } = await exportPicture(
          still,
          state,
          { ...wanted, note: true },
          location.href,
        );
        return await blob.arrayBuffer();
      } finally {
        isDrawing = false;
      }
    },
    watch: (event, emit) => watchers[event](emit),
  };
}
