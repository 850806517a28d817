import { type Framing, imageFraming, type Room } from "../src/layers/tiles/view-framing.ts";
import { withLinkedLabels, withOwnLabel } from "../src/ui/state/labels.ts";
import type { Link } from "../src/ui/state/link.ts";
import { applyLink } from "../src/ui/state/link-state.ts";
import { withLinkedContrast } from "../src/ui/state/own-contrast.ts";
import { plateView } from "../src/ui/state/plate.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { LabelSet } from "./label-set.ts";
import type { OpenedPlate } from "./plate/open-plate.ts";
import type { PlateSession } from "./plate/plate-session.ts";
import type { OpenedImage } from "./source-images.ts";

type OpenedState = Pick<
  ViewerState,
  | "plate"
  | "selection"
  | "channels"
  | "greyscale"
  | "labels"
  | "labelsFound"
  | "pinnedLabel"
  | "notices"
  | "problems"
  | "view"
> & { readonly source: Extract<ViewerState["source"], { readonly status: "open" }> };

/** The state of an image that was just opened by a link; `view` as the link has it. */
export function stateOfImage(
  url: string,
  { opened: { image, trust }, series, notices, own }: OpenedImage,
  labels: LabelSet,
  before: ViewerState,
  link: Link,
): OpenedState {
  const { notices: applied, labels: linked, ...initial } = applyLink(image, link);
  return {
    source: {
      status: "open",
      url,
      ...(series > 0 ? { series } : {}),
      image,
      framing: imageFraming(image),
      showsUnverified: trust.unverified,
      opensAnyway: trust.unknownExtensions,
    },
    plate: undefined,
    ...initial,
    labels: withOwnLabel(withLinkedLabels(before.labels, linked), own?.name),
    labelsFound: labels.isFound,
    // Shown anew, an image keeps what stands out.
    pinnedLabel: initial.pinnedLabel ?? before.pinnedLabel,
    notices: [...notices, ...applied],
    problems: [...image.problems, ...labels.problems],
  };
}

/**
 * The state of a plate that was just opened by a link: channels and planes are those of the image by which it is predicted. The whole plate is
 * fitted with `room` around it.
 */
export function stateOfPlate(
  { url, images, well, notices }: OpenedPlate,
  session: PlateSession,
  link: Link,
  room: Room,
): OpenedState {
  const { image } = images.template;
  const { notices: applied, view, ...initial } = applyLink(image, link);
  const plate = withLinkedContrast(session.initialState(well), link.own);
  const framing: Framing = { ...session.framing(), room };
  return {
    source: { status: "open", url, image, framing },
    plate,
    ...initial,
    // Nobody looks for the labels of a plate's images.
    labels: [],
    labelsFound: true,
    // The view of a well that is not there means another world.
    view: viewOnPlate(view, link, plate),
    notices: [...notices, ...applied],
    problems: session.marks.problems(plate.marks),
  };
}

/** What a link changes on the plate that is open, where the link's well was opened already; undefined if there is none. */
export function stateOnPlate(
  { source, plate }: ViewerState,
  link: Link,
): Partial<ViewerState> | undefined {
  if (source.status !== "open" || !plate) return undefined;
  const { view, labels: _, ...initial } = applyLink(source.image, link);
  const shown = viewOnPlate(view, link, plate);
  return {
    ...initial,
    plate: withLinkedContrast(plate, link.own),
    ...(shown ? { view: shown } : {}),
  };
}

/** With a well a link's view is in that well's own world. */
function viewOnPlate(
  view: ViewerState["view"],
  { well }: Pick<Link, "well">,
  { opened }: NonNullable<ViewerState["plate"]>,
): ViewerState["view"] {
  if (view === undefined || well === undefined) return view;
  return opened && plateView(view, opened.placement);
}
