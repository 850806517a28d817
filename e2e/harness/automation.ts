import type { ZarrscopeApi, ZarrscopeChannel, ZarrscopeState } from "../../app/automation-api.ts";

export type {
  ZarrscopeApi,
  ZarrscopeState,
  ZarrscopeStateChange,
  ZarrscopeStats,
} from "../../app/automation-api.ts";
export type { ValueReadout } from "../../src/layers/scene.ts";
export type { TileCounts } from "../../src/zarr/chunks/chunk-state.ts";

/** A channel whose display limits are known. */
export type OpenChannel = ZarrscopeChannel & { window: NonNullable<ZarrscopeChannel["window"]> };

/** The state once an image is open and all its channels have display limits. */
export type OpenState = Omit<ZarrscopeState, "source" | "view" | "channels"> & {
  source: string;
  view: NonNullable<ZarrscopeState["view"]>;
  channels: OpenChannel[];
};

/** The page's global object, as code that runs in the page sees it. */
export type AutomationWindow = typeof globalThis & { zarrscope: ZarrscopeApi };

/** Fails with words if the page shows no image. */
export function requireOpen({ source, view, channels, ...rest }: ZarrscopeState): OpenState {
  if (source === null || view === null) throw new Error("No image is open.");
  const known = channels.map((channel): OpenChannel => {
    const { window } = channel;
    if (window === null) throw new Error(`Channel ${channel.index} has no display limits.`);
    return { ...channel, window };
  });
  return { ...rest, source, view, channels: known };
}
