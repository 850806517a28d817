import { defaultChannels, withChannel } from "../src/ui/state/channels.ts";
import { channelsInHand, withChannelInHand } from "../src/ui/state/own-contrast.ts";
import type {
  ChannelSettings,
  ContrastScope,
  ViewerActions,
} from "../src/ui/state/viewer-state.ts";
import type { ChannelWindow } from "../src/zarr/image/image-model.ts";
import { autoWindow, fullWindow, isWide, saturations } from "./auto-window.ts";
import type { ViewerSession } from "./viewer-session.ts";

/** What the last press of "Auto" gave a channel. */
type Pressed = {
  readonly scope: ContrastScope;
  readonly step: number;
  readonly window: ChannelWindow | undefined;
  readonly view: unknown;
  readonly selection: unknown;
};

type ContrastActions = Pick<
  ViewerActions,
  | "autoContrast"
  | "fullRange"
  | "importedRange"
  | "resetChannel"
  | "setGreyscale"
  | "histogramInView"
>;

/** Everything that finds display limits for a channel. */
export function createContrastActions(session: ViewerSession): ContrastActions {
  const { store } = session;
  const pressed = new Map<number, Pressed>();

  const setWindow = (index: number, window: ChannelWindow | undefined) => {
    if (!window) return;
    store.setState((state) => withChannelInHand(state, index, { window }));
  };
  const settingsOf = (index: number): ChannelSettings | undefined =>
    channelsInHand(store.getState()).find((channel) => channel.index === index);
  const imageNow = () => {
    const { source } = store.getState();
    return source.status === "open" ? source.image : undefined;
  };

  /** One step further if the picture still shows what the last press gave; else the first. */
  const stepOf = (index: number, scope: ContrastScope): number => {
    const last = pressed.get(index);
    const { view, selection } = store.getState();
    const isAgain =
      last !== undefined &&
      last.scope === scope &&
      last.window === settingsOf(index)?.window &&
      last.selection === selection &&
      (scope === "plane" || last.view === view);
    return isAgain ? (last.step + 1) % saturations.length : 0;
  };
  const remember = (index: number, scope: ContrastScope, step: number) => {
    const { view, selection } = store.getState();
    pressed.set(index, { scope, step, window: settingsOf(index)?.window, view, selection });
  };

  const autoContrast: ContrastActions["autoContrast"] = (index, scope = "view") => {
    const image = imageNow();
    if (!image) return;
    const step = stepOf(index, scope);
    const saturation = saturations[step]!;
    if (scope === "plane") {
      session.findContrast(index, saturation, (window) => {
        setWindow(index, window);
        remember(index, scope, step);
      });
      return;
    }
    const { dataType } = image;
    const statistics = session.histograms.of(index);
    setWindow(index, autoWindow([{ statistics }], { saturation, dataType }));
    remember(index, scope, step);
  };

  const importedRange = (index: number) => {
    const image = imageNow();
    const stated = image && defaultChannels(image).find((channel) => channel.index === index);
    if (stated?.window) setWindow(index, stated.window);
    else session.findContrast(index, saturations[0], (window) => setWindow(index, window));
  };

  return {
    autoContrast,
    importedRange,
    fullRange: (index) => {
      const image = imageNow();
      if (!image) return;
      const statistics = session.histograms.of(index);
      const isSeen = statistics !== undefined && statistics.min < statistics.max;
      const { min: start, max: end } = isSeen ? statistics : { min: 0, max: 1 };
      setWindow(
        index,
        isWide(image.dataType) && isSeen
          ? { start, end, min: start, max: end }
          : fullWindow(image.dataType),
      );
    },
    resetChannel: (index) => {
      const image = imageNow();
      const stated = image && defaultChannels(image).find((channel) => channel.index === index);
      if (!stated) return;
      const { color, inverted, gamma, lut } = stated;
      store.setState(({ channels }) => ({
        channels: withChannel(channels, index, { color, inverted, gamma, lut }),
      }));
      importedRange(index);
    },
    setGreyscale: (greyscale) => store.setState({ greyscale }),
    histogramInView: (index) => session.histograms.of(index),
  };
}
