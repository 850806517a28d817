import { loadedLuts } from "../src/layers/luts/load-luts.ts";
import type {
  ChannelRendering,
  IntensityLayer,
  LabelLayer,
  Scene,
  SceneLayer,
} from "../src/layers/scene.ts";
import type { TileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { OwnWindows } from "../src/ui/state/own-contrast.ts";
import type { ChannelSettings, ViewerState } from "../src/ui/state/viewer-state.ts";
import type { PlateSheet } from "./plate/plate-sheets.ts";
import type { ShownPart } from "./shown-parts.ts";

/** The images on show: one, or the wells in view of a plate, some of them predicted. The same lists as long as they are the same. */
export type ShownImages = {
  readonly members: readonly TileCatalogue[];
  readonly provisional?: ReadonlySet<TileCatalogue>;
  /** Of a plate: its images by layers. */
  readonly sheets?: readonly PlateSheet[];
  /** Over the images. */
  readonly labels?: readonly LabelLayer[];
  /** Of a scene, instead: its images, later ones over earlier ones. */
  readonly parts?: readonly ShownPart[];
};

const noLabels: readonly LabelLayer[] = [];

/** Names of labels never begin with a slash. */
const imageLayerId = "/image";

/** Id of the layer of a plate's sheet. */
export function sheetLayerId(sheet: string): string {
  return sheet === "" ? imageLayerId : `${imageLayerId} ${sheet}`;
}

/** The scene of a state; the previous one, by identity, if nothing that is drawn differs. */
export function sceneOf(state: ViewerState, shown: ShownImages, before: Scene | undefined): Scene {
  const { members, provisional, labels = noLabels, parts, sheets } = shown;
  if (parts) return sceneOfParts(state, parts, before);
  const { selection, imageBackground, plate, source } = state;
  const channels = renderingsOf(state);
  const images = (sheets ?? [{ id: "", members }]).map(
    (sheet): IntensityLayer => ({
      kind: "intensity",
      id: sheetLayerId(sheet.id),
      selection,
      channels:
        "windows" in sheet && sheet.windows ? withWindows(channels, sheet.windows) : channels,
      members: sheet.members,
      ...(provisional ? { provisional } : {}),
      ...(sheets ? { isOneOfMany: true } : {}),
    }),
  );
  const layers = [...images, ...labels];
  const isSame =
    before?.background === imageBackground &&
    before.layers.length === layers.length &&
    layers.every((layer, k) =>
      layer.kind === "labels" ? layer === before.layers[k] : isSameLayer(layer, before.layers[k]),
    );
  if (before && isSame) return before;
  return {
    layers,
    background: imageBackground,
    ...(plate && source.status === "open" ? { framing: source.framing } : {}),
  };
}

const ownRenderings = new WeakMap<
  OwnWindows,
  { readonly of: readonly ChannelRendering[]; readonly channels: readonly ChannelRendering[] }
>();

/** Channels with other display limits; the same list for the same ones. */
function withWindows(
  channels: readonly ChannelRendering[],
  windows: OwnWindows,
): readonly ChannelRendering[] {
  const known = ownRenderings.get(windows);
  if (known?.of === channels) return known.channels;
  const made = channels.map((channel) => {
    const own = windows.get(channel.index);
    // What is not ready to be drawn (its lookup table is not there yet) waits with its own limits too.
    return own && channel.window
      ? { ...channel, window: { start: own.start, end: own.end } }
      : channel;
  });
  ownRenderings.set(windows, { of: channels, channels: made });
  return made;
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
  if (b?.kind !== "intensity" || a.selection !== b.selection || a.id !== b.id) return false;
  const isSame = a.members === b.members || sameMembers(a.members, b.members);
  return isSame && a.provisional === b.provisional && a.channels === b.channels;
}

function sameMembers(a: readonly TileCatalogue[], b: readonly TileCatalogue[]): boolean {
  return a.length === b.length && a.every((member, k) => member === b[k]);
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
