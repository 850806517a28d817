import { loadedLuts } from "../src/layers/luts/load-luts.ts";
import type { ChannelRendering, LabelLayer, Scene } from "../src/layers/scene.ts";
import type { TileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ChannelSettings, ViewerState } from "../src/ui/state/viewer-state.ts";

/** The images on show: one, or the wells in view of a plate, some of them predicted. The same lists as long as they are the same. */
export type ShownImages = {
  readonly members: readonly TileCatalogue[];
  readonly provisional?: ReadonlySet<TileCatalogue>;
  /** Over the images. */
  readonly labels?: readonly LabelLayer[];
};

const noLabels: readonly LabelLayer[] = [];

/** Names of labels never begin with a slash. */
const imageLayerId = "/image";

/** The scene of a state; the previous one, by identity, if nothing that is drawn differs. */
export function sceneOf(
  state: ViewerState,
  { members, provisional, labels = noLabels }: ShownImages,
  before: Scene | undefined,
): Scene {
  const { selection, imageBackground, plate, source } = state;
  const channels = renderingsOf(state);
  const [shown, ...shownLabels] = before?.layers ?? [];
  const isSame =
    shown?.kind === "intensity" &&
    shownLabels.length === labels.length &&
    shownLabels.every((layer, i) => layer === labels[i]) &&
    shown.members === members &&
    shown.provisional === provisional &&
    shown.selection === selection &&
    shown.channels === channels &&
    before?.background === imageBackground;
  if (before && isSame) return before;
  return {
    layers: [
      {
        kind: "intensity",
        id: imageLayerId,
        selection,
        channels,
        members,
        ...(provisional ? { provisional } : {}),
      },
      ...labels,
    ],
    background: imageBackground,
    ...(plate && source.status === "open" ? { framing: source.framing } : {}),
  };
}

type Renderings = {
  readonly greyscale: boolean;
  readonly luts: ReturnType<typeof loadedLuts>;
  readonly channels: readonly ChannelRendering[];
};
const renderings = new WeakMap<readonly ChannelSettings[], Renderings>();

function renderingsOf({
  channels,
  greyscale,
}: Pick<ViewerState, "channels" | "greyscale">): readonly ChannelRendering[] {
  const luts = loadedLuts();
  const known = renderings.get(channels);
  if (known?.greyscale === greyscale && known.luts === luts) return known.channels;
  const first = channels.find(({ visible }) => visible);
  const made = channels.map((channel) => {
    if (!greyscale) return renderingOf(channel, luts);
    // Greyscale: the first active channel alone, in grey.
    const grey = { ...channel, visible: channel === first, color: "FFFFFF", lut: null };
    return renderingOf(grey, luts);
  });
  renderings.set(channels, { greyscale, luts, channels: made });
  return made;
}

function renderingOf(
  { index, visible, color, window, inverted, gamma, lut }: ChannelSettings,
  luts: Renderings["luts"],
): ChannelRendering {
  const table = (lut && luts?.get(lut)) ?? null;
  const isReady = window !== undefined && (lut === null || table !== null);
  const limits = isReady ? { start: window.start, end: window.end } : null;
  return { index, visible, color, window: limits, gamma, inverted, lut: table };
}
