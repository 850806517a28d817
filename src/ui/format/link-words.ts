import { listedName } from "../state/image-list.ts";
import type { Link } from "../state/link.ts";
import type { AccessNote } from "../state/source-access.ts";
import type { ViewerState } from "../state/viewer-state.ts";

/** One thing that a link holds: what it is, and what it says. */
export type LinkFact = { readonly name: string; readonly words: string };

/** What a link to what is on screen holds, in the order in which people ask. Numbers are 1-based, as on the sliders. */
export function linkFacts(
  link: Link,
  { imageList }: Pick<ViewerState, "imageList">,
): readonly LinkFact[] {
  const facts: LinkFact[] = [{ name: "Source", words: link.source ?? "none" }];
  const others = link.sources.filter((each) => each !== link.source).length;
  if (others > 0) facts.push({ name: "Beside", words: `${others} to switch to` });
  const series = link.series ?? 0;
  const image = imageList && imageList.images.length > 1 ? imageList.images[series] : undefined;
  if (image) {
    const words = `${listedName(image, series)}, ${series + 1} of ${imageList?.images.length}`;
    facts.push({ name: "Image", words });
  }
  if (link.well !== undefined) {
    const field =
      link.field === undefined ? "" : `, field ${link.field === "all" ? "all" : link.field + 1}`;
    facts.push({ name: "Well", words: `${link.well}${field}` });
  }
  if (link.acquisition !== undefined) {
    facts.push({ name: "Acquisition", words: String(link.acquisition) });
  }
  facts.push({ name: "View", words: link.view ? "this place and zoom" : "the whole image" });
  const planes = [...link.indices].map(([name, index]) => `${name} ${index + 1}`);
  if (link.axes) planes.unshift(`${link.axes.join(" down and ")} across`);
  if (planes.length > 0) facts.push({ name: "Planes", words: planes.join(", ") });
  if (link.channels.length > 0) facts.push({ name: "Channels", words: channelWords(link) });
  if (link.greyscale !== undefined) {
    facts.push({ name: "Colour", words: link.greyscale ? "greyscale" : "in colour" });
  }
  const labels = link.labels.map(({ name, object }) => (object ? `${name} with ${object}` : name));
  if (labels.length > 0) facts.push({ name: "Labels", words: labels.join(", ") });
  const other = [link.part, link.system].filter((text) => text !== undefined);
  if (other.length > 0) facts.push({ name: "Shown", words: other.join(", ") });
  if (link.background === "FFFFFF") facts.push({ name: "Background", words: "white" });
  if (link.theme !== undefined) facts.push({ name: "Theme", words: link.theme });
  return facts;
}

function channelWords({ channels }: Link): string {
  const count = `settings of ${channels.length}`;
  const hidden = channels.filter(({ visible }) => !visible).length;
  return hidden === 0 ? count : `${count}, ${hidden} hidden`;
}

/** Who can open a link that does not hold the access, or until when one that does can be used. */
export function accessWords({ kind, expiresMs }: AccessNote, isIncluded: boolean): string {
  if (!isIncluded) {
    return kind === "signature"
      ? "The data are private. Whoever opens the link needs access of their own."
      : "The data are private, read with a token or password that is never in a link.";
  }
  if (expiresMs === undefined) return "Whoever has this link can read the data.";
  const until = new Date(expiresMs).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return `Whoever has this link can read the data, until ${until}.`;
}
