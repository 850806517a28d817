import type { ViewState } from "../../layers/scene.ts";
import { fitView } from "../../layers/tiles/view-framing.ts";
import { defaultPart, elementParts } from "../../zarr/array/element-part.ts";
import { displayAxesOf } from "../../zarr/image/display-axes.ts";
import type { ChannelModel, ImageModel, Selection } from "../../zarr/image/image-model.ts";
import { defaultChannels, usableGamma, withChannel } from "./channels.ts";
import type { LabelSettings } from "./labels.ts";
import { emptyLink, type Link } from "./link.ts";
import { worldView } from "./link-aliases.ts";
import type { LinkedChannel } from "./link-channels.ts";
import { labelsForLink, linkedLabels, linkedObject } from "./link-labels.ts";
import type { LinkedLook } from "./link-look.ts";
import { ownWindows } from "./own-contrast.ts";
import { framingToFit, platePart, viewToTell } from "./plate.ts";
import { clampIndex, selectedIndex, sliderAxes, withSelection } from "./selection.ts";
import type { ChannelSettings, PinnedLabel, ViewerState } from "./viewer-state.ts";

const worldDigitsPerPx = 2;
const zoomDigits = 6;

function rounded(value: number, digits: number): number {
  const result = Number(value.toFixed(Math.max(0, Math.min(100, digits))));
  return Number.isFinite(result) ? result : value;
}

/** The view with no more digits than can be seen: the centre to 1/100 of a CSS pixel. */
export function roundView({ target, zoom }: ViewState): ViewState {
  const digits = Math.ceil(zoom * Math.log10(2)) + worldDigitsPerPx;
  return {
    target: [rounded(target[0], digits), rounded(target[1], digits)],
    zoom: rounded(zoom, zoomDigits),
  };
}

function isSameView(a: ViewState, b: ViewState): boolean {
  const shiftPx = 2 ** b.zoom * Math.hypot(a.target[0] - b.target[0], a.target[1] - b.target[1]);
  return Math.abs(a.zoom - b.zoom) < 1e-6 && shiftPx < 0.01;
}

/** What differs from the metadata; limits that auto-contrast found count as differing, so that a link shows what its sender saw. */
function linkedChannel(settings: ChannelSettings, model: ChannelModel): LinkedChannel | undefined {
  const { index, visible, window } = settings;
  const color = settings.color === model.color.toUpperCase() ? undefined : settings.color;
  const inverted = settings.inverted === model.inverted ? undefined : settings.inverted;
  const isDefaultWindow =
    window?.start === model.window?.start && window?.end === model.window?.end;
  const linkedWindow =
    window === undefined || isDefaultWindow ? undefined : { start: window.start, end: window.end };
  const gamma =
    settings.gamma === (usableGamma(model.gamma ?? 1) ?? 1) ? undefined : settings.gamma;
  const lut = settings.lut === (model.lut ?? null) ? undefined : settings.lut;
  const linked = { index, visible, color, window: linkedWindow, inverted, gamma, lut };
  const isDefault =
    visible === model.visible &&
    [color, inverted, linkedWindow, gamma, lut].every((part) => part === undefined);
  return isDefault ? undefined : linked;
}

/** What is shown of each element, if that is not the default. */
export function linkedPart({ levels: [finest] }: ImageModel): string | undefined {
  const parts = finest && elementParts(finest.array);
  return parts === undefined || parts.shown === defaultPart(parts) ? undefined : parts.shown;
}

/** Black is under an image unless a link says otherwise. */
function linkedLook({ pageTheme, imageBackground }: ViewerState): LinkedLook {
  return {
    theme: pageTheme,
    background: imageBackground === "FFFFFF" ? imageBackground : undefined,
  };
}

/**
 * The link to what is on screen: the source and whatever differs from how the image would open by itself. A fitted view is not written,
 * so that it is fitted again on another screen.
 */
export function linkOfState(state: ViewerState): Link {
  const { source, sources } = state;
  if (source.status === "empty") return emptyLink;
  const { url, series } = source;
  const look = linkedLook(state);
  if (source.status !== "open") return { ...emptyLink, source: url, sources, series, ...look };
  const { image, framing } = source;
  const indices = new Map<string, number>();
  for (const axis of sliderAxes(image)) {
    const index = selectedIndex(state.selection, axis);
    if (index !== selectedIndex(image.defaultSelection, axis)) indices.set(axis.name, index);
  }
  const channels = state.channels.flatMap((settings) => {
    const model = image.channels.find(({ index }) => index === settings.index);
    return (model && linkedChannel(settings, model)) ?? [];
  });
  const isFitted =
    state.view !== undefined &&
    state.stage !== undefined &&
    isSameView(state.view, fitView(framingToFit(state.plate, framing), state.stage));
  const view =
    state.view === undefined || isFitted
      ? undefined
      : roundView(viewToTell(state.view, state.plate));
  const isModelDefault = state.greyscale === (image.greyscale ?? false);
  const greyscale = isModelDefault ? undefined : state.greyscale;
  const axes = image.chosenAxes;
  const part = linkedPart(image);
  const system = image.system === image.systems?.[0]?.name ? undefined : image.system;
  const place = platePart(state.plate);
  const labels = labelsForLink(state);
  const own = ownWindows(state.plate);
  const shown = { ...place, view, axes, indices, channels, own, greyscale, part, system, labels };
  return { ...emptyLink, source: url, sources, series, ...shown, ...look };
}

/** The look of the page that was opened by a link, whatever there is to see. */
export function lookOfLink({
  theme,
  background,
}: Link): Pick<ViewerState, "pageTheme" | "imageBackground"> {
  return { pageTheme: theme, imageBackground: background ?? "000000" };
}

/** How an image starts. `view` undefined: fit it. */
export type InitialState = {
  readonly selection: Selection;
  readonly channels: readonly ChannelSettings[];
  readonly greyscale: boolean;
  /** Those that the link shows. */
  readonly labels: readonly LabelSettings[];
  readonly pinnedLabel: PinnedLabel | undefined;
  readonly view: ViewState | undefined;
  readonly notices: readonly string[];
};

/**
 * Settings for an image that was just opened by `link`, and already shows the coordinate system and the axes that it asks for. What the image does not have is left
 * out or clamped, with a notice.
 */
export function applyLink(image: ImageModel, link: Link): InitialState {
  const notices: string[] = [];
  const axes = displayAxesOf(image);
  if (link.axes?.some((name, side) => name !== axes[side])) {
    const asked = link.axes.map((name) => `“${name}”`).join(" and ");
    notices.push(`The link asks for the axes ${asked}, which the image does not have.`);
  }
  if (link.system !== undefined && image.system !== link.system) {
    const shown = image.system === undefined ? "" : `; “${image.system}” is shown`;
    notices.push(`The image cannot be shown in a coordinate system “${link.system}”${shown}.`);
  }
  let selection: Selection = image.defaultSelection;
  for (const axis of sliderAxes(image)) {
    const asked = link.indices.get(axis.name);
    if (asked === undefined) continue;
    const index = clampIndex(asked, axis.size);
    selection = withSelection(selection, image, axis.name, index);
    if (index !== asked) {
      notices.push(
        `The link asks for ${axis.name} ${asked + 1}; the image has ${axis.size}, so ${index + 1} is shown.`,
      );
    }
  }
  let channels = defaultChannels(image);
  if (link.foreign?.hidesOthers)
    channels = channels.map((channel) => ({ ...channel, visible: false }));
  for (const { index, visible, color, window, inverted, gamma, lut } of link.channels) {
    const current = channels.find((channel) => channel.index === index);
    if (current === undefined) {
      notices.push(`The link asks for channel ${index + 1}; the image has ${channels.length}.`);
      continue;
    }
    const limits = window && {
      ...(current.window ?? { min: window.start, max: window.end }),
      ...window,
    };
    channels = withChannel(channels, index, {
      visible,
      ...(color === undefined ? {} : { color }),
      ...(inverted === undefined ? {} : { inverted }),
      ...(limits === undefined ? {} : { window: limits }),
      ...(gamma === undefined ? {} : { gamma }),
      ...(lut === undefined ? {} : { lut }),
    });
    if (limits !== undefined && !(limits.start < limits.end)) {
      notices.push(
        `The link's display limits for channel ${index + 1} are empty and were ignored.`,
      );
    }
  }
  if (link.part !== undefined && link.part !== linkedPart(image)) {
    notices.push(
      `The link asks for “${link.part.slice(0, 40)}” of each element, which there is not.`,
    );
  }
  const greyscale = link.greyscale ?? image.greyscale ?? false;
  const labels = linkedLabels(link.labels);
  const pinnedLabel = linkedObject(link.labels);
  const view = link.view ?? worldView(image, link.foreign);
  return { selection, channels, greyscale, labels, pinnedLabel, view, notices };
}
