import type { ViewState } from "../src/layers/scene.ts";
import type { Rect } from "../src/layers/tiles/rect.ts";
import { parseLabelId } from "../src/ui/format/label-words.ts";
import { withLabel, withLabelsToggled } from "../src/ui/state/labels.ts";
import type { PinnedLabel, ViewerActions } from "../src/ui/state/viewer-state.ts";
import type { ViewerSession } from "./viewer-session.ts";

type LabelActions = Pick<
  ViewerActions,
  "setLabel" | "toggleLabels" | "unpinLabel" | "pickLabelAt" | "showLabelObject"
>;

/** An object that is flown to is at least so large, and fills at most this share of the view. */
const smallestObjectPx = 48;
const largestShare = 0.5;

/** What the interface may ask about labels. */
export function createLabelActions(
  session: ViewerSession,
  setView: (view: ViewState) => void,
): LabelActions {
  const { store } = session;
  let lastShown: readonly string[] = [];
  const pin = (pinnedLabel: PinnedLabel | undefined) => store.setState({ pinnedLabel });

  return {
    setLabel: (name, change) => {
      store.setState(({ labels }) => ({ labels: withLabel(labels, name, change) }));
    },
    toggleLabels: () => {
      const { labels } = store.getState();
      const shown = labels.filter(({ visible }) => visible).map(({ name }) => name);
      store.setState({ labels: withLabelsToggled(labels, lastShown) });
      if (shown.length > 0) lastShown = shown;
    },
    unpinLabel: () => pin(undefined),
    pickLabelAt: (xPx, yPx) => {
      const { stage } = session;
      if (!stage || !store.getState().labels.some(({ visible }) => visible)) return;
      const found = stage.labelsAt(...stage.worldFromCanvas(xPx, yPx));
      const top = found.findLast(({ value }) => Number(value) !== 0);
      const id = top && parseLabelId(top.value);
      pin(
        top && id !== undefined ? { name: top.layer, id: String(id), place: "known" } : undefined,
      );
    },
    showLabelObject: (name, text) => {
      const id = parseLabelId(text);
      if (id === undefined) return;
      const rect = session.stage?.findObject(name, id);
      pin({ name, id: String(id), place: rect ? "known" : "unknown" });
      const { view, stage } = store.getState();
      if (rect && view && stage) setView(viewOf(rect, view, stage));
    },
  };
}

/** The object in the middle; the zoom stays if the object can be seen with it, and as a whole. */
function viewOf(
  { x0, y0, x1, y1 }: Rect,
  { zoom }: ViewState,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): ViewState {
  const side = Math.max(x1 - x0, y1 - y0);
  const least = Math.log2(smallestObjectPx / side);
  const most = Math.log2((Math.min(widthPx, heightPx) * largestShare) / side);
  return {
    target: [(x0 + x1) / 2, (y0 + y1) / 2],
    zoom: Math.min(Math.max(zoom, Math.min(least, most)), Math.max(least, most)),
  };
}
