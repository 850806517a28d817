import { loadedLuts } from "../src/layers/luts/load-luts.ts";
import type {
  ChannelRendering,
  IntensityLayer,
  LabelLayer,
  Scene,
  SceneLayer,
} from "../src/layers/scene.ts";
import type { TileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ChannelSettings, ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ShownPart } from "./shown-parts.ts";

/** The images on show: one, or the wells in view of a plate, some of them predicted. The same lists as long as they are the same. */
export type ShownImages = {
  readonly members: readonly TileCatalogue[];
  readonly provisional?: ReadonlySet<TileCatalogue>;
  /** Over the images. */
  readonly labels?: readonly LabelLayer[];
  /** Of a scene, instead: its images, later ones over earlier ones. */
  readonly parts?: readonly ShownPart[];
};

const noLabels: readonly LabelLayer[] = [];

/** Names of labels never begin with a slash. */
const imageLayerId = "/image";

/** The scene of a state; the previous one, by identity, if nothing that is drawn differs. */
export function sceneOf(
  state: ViewerState,
  { members, provisional, labels = noLabels, parts }: ShownImages,
  before: Scene | undefined,
): Scene {
  if (parts) return sceneOfParts(state, parts, before);
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

/** One layer for each part. */
function sceneOfParts(
  state: ViewerState,
  parts: readonly ShownPart[],
  before: Scene | undefined,
): Scene {
  const { imageBackground } = state;
  const renderings = renderingsOf(state);
  const layers = parts.flatMap((part): IntensityLayer[] => {
    const selection = part.selectionAt(state.selection);
    if (!selection) return [];
    const { id, catalogue } = part;
    const channels = channelsOfPart(part, renderings);
    return [{ kind: "intensity", id, selection, channels, members: [catalogue] }];
  });
  const isSame =
    before?.background === imageBackground &&
    before.layers.length === layers.length &&
    layers.every((layer, k) => isSameLayer(layer, before.layers[k]));
  return before && isSame ? before : { layers, background: imageBackground };
}

function isSameLayer(a: IntensityLayer, b: SceneLayer | undefined): boolean {
  if (b?.kind !== "intensity" || a.selection !== b.selection) return false;
  return a.members[0] === b.members[0] && a.channels === b.channels;
}

const partChannels = new WeakMap<
  readonly ChannelRendering[],
  Map<number, readonly ChannelRendering[]>
>();

/** The renderings of one part's channels under its own indices; the same list for the same renderings. */
function channelsOfPart(
  { firstChannel, channelCount }: ShownPart,
  renderings: readonly ChannelRendering[],
): readonly ChannelRendering[] {
  if (firstChannel === 0 && channelCount === renderings.length) return renderings;
  let known = partChannels.get(renderings);
  if (!known) {
    known = new Map();
    partChannels.set(renderings, known);
  }
  let channels = known.get(firstChannel);
  if (!channels) {
    channels = renderings
      .filter(({ index }) => index >= firstChannel && index < firstChannel + channelCount)
      .map((channel) => ({ ...channel, index: channel.index - firstChannel }));
    known.set(firstChannel, channels);
  }
  return channels;
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
