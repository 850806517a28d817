import { seriesOf } from "../src/ui/state/image-list.ts";
import { withLinkedLabels } from "../src/ui/state/labels.ts";
import { formatLink, type Link, type ParsedLink, parseLink } from "../src/ui/state/link.ts";
import { addressOfState } from "../src/ui/state/link-address.ts";
import { applyLink, linkedPart, lookOfLink } from "../src/ui/state/link-state.ts";
import { platePart } from "../src/ui/state/plate.ts";
import { withoutSecrets } from "../src/ui/state/source-access.ts";
import { normaliseSource, sourceForLink } from "../src/ui/state/source-url.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { AccessVault } from "./access-vault.ts";
import type { ViewerSession } from "./viewer-session.ts";

const writeDelayMs = 200;

/**
 * Keeps the address bar and the viewer together: opens what the address names, writes the view into the fragment while it moves (replacing), and
 * makes a history entry for each source, so that Back works. Returns what writes the view into the address at once.
 */
export function syncWithAddress(session: ViewerSession): () => void {
  const { store } = session;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The address leads and the state follows: by link, reload, Back or Forward. */
  let following = false;

  const addNotices = (notices: readonly string[]) => {
    store.setState((state) => ({ notices: [...notices, ...state.notices] }));
  };

  const read = () => {
    const { link, notices } = readAddress(session.access);
    const { source } = store.getState();
    clearTimeout(timer);
    following = true;
    store.setState(lookOfLink(link));
    if (link.source === undefined) {
      if (source.status !== "empty") session.close();
      following = false;
    } else if (isAnotherImage(store.getState(), link)) {
      void session.openSeries(link.series ?? 0, link).then(() => {
        following = false;
        if (notices.length > 0) addNotices(notices);
      });
    } else if (source.status === "open" && sourceOf(source.url) === link.source && session.plate) {
      void session.plate.follow(link).then((found) => {
        following = false;
        if (notices.length + found.length > 0) addNotices([...notices, ...found]);
      });
    } else if (isShown(source, link)) {
      const { notices: applied, view, labels, ...initial } = applyLink(source.image, link);
      store.setState((state) => ({
        ...initial,
        labels: withLinkedLabels(state.labels, labels),
        notices: [...notices, ...applied],
        ...(view ? { view } : {}),
      }));
      if (!view) session.fit();
      following = false;
    } else {
      void session.open(link.source, link).then(() => {
        following = false;
        if (notices.length > 0) addNotices(notices);
      });
    }
  };

  const write = (mode: "push" | "replace") => {
    const { source, stage } = store.getState();
    // Before the first frame nobody knows whether the view is the fitted one.
    if (mode === "replace" && source.status === "open" && stage === undefined) return;
    const { search, hash } = addressOfState(store.getState(), location.href);
    if (search === location.search && hash === location.hash) return;
    const address = `${location.pathname}${search}${hash}`;
    if (mode === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };

  store.subscribe((state, before) => {
    if (identityOf(state) !== identityOf(before)) {
      clearTimeout(timer);
      // What the address asked for and the source does not have gives way to what is shown instead.
      const isCorrected =
        before.source.status === "opening" &&
        state.source.status === "open" &&
        (before.source.url === state.source.url || state.plate !== undefined);
      // Another source may be asked for while the address' own is still opening.
      if (isCorrected) write("replace");
      else if (!following || !isNamed(state.source)) write("push");
      return;
    }
    if (state.source.status !== "open") return;
    const hasStopped =
      before.playback.playing !== undefined && state.playback.playing === undefined;
    if (!hasStopped && !isViewChange(state, before)) return;
    clearTimeout(timer);
    // Browsers refuse an address that changes with every plane that plays; it is written when playing ends.
    if (state.playback.playing !== undefined) return;
    // A theme is chosen, not dragged: a reload right after finds it.
    if (state.pageTheme === before.pageTheme) {
      timer = setTimeout(() => write("replace"), writeDelayMs);
    } else {
      write("replace");
    }
  });

  addEventListener("popstate", read);
  read();
  return () => write("replace");
}

/**
 * What the address says. What lets one read the source is moved out of it into memory, before anybody else can see it: the history and whoever looks at
 * the screen have the address without it.
 */
function readAddress(vault: AccessVault): ParsedLink {
  const { link, notices } = parseLink(location);
  let isPrivate = false;
  const cleaned = (source: string): string => {
    const normalised = normaliseSource(source, location.href);
    if ("url" in normalised && !normalised.access) return source;
    isPrivate = true;
    if (!("url" in normalised)) return withoutSecrets(source);
    if (normalised.access) vault.keep(normalised.url, normalised.access);
    return sourceForLink(normalised.url, location.href);
  };
  const source = link.source && cleaned(link.source);
  const clean = { ...link, source, sources: link.sources.map(cleaned) };
  if (isPrivate) {
    const { search, hash } = formatLink(clean);
    history.replaceState(null, "", `${location.pathname}${search}${hash}`);
  }
  return { link: clean, notices };
}

/** Whether what a link names is open, so that it need only be shown otherwise. */
function isShown(
  source: ViewerState["source"],
  link: Link,
): source is Extract<ViewerState["source"], { readonly status: "open" }> {
  return (
    source.status === "open" &&
    sourceOf(source.url) === link.source &&
    seriesOf(source) === (link.series ?? 0) &&
    linkedPart(source.image) === link.part
  );
}

/** Whether the address names this source and image already, or nothing is open that it could name. */
function isNamed(source: ViewerState["source"]): boolean {
  if (source.status === "empty") return true;
  const { link } = parseLink(location);
  if (link.source === undefined || (link.series ?? 0) !== seriesOf(source)) return false;
  const normalised = normaliseSource(link.source, location.href);
  return source.url === link.source || ("url" in normalised && normalised.url === source.url);
}

/** Whether a link leads to another image of the source that is shown. */
function isAnotherImage({ source, imageList }: ViewerState, link: Link): boolean {
  return (
    source.status !== "empty" &&
    imageList !== undefined &&
    // Another part of the elements is read anew.
    (source.status !== "open" || linkedPart(source.image) === link.part) &&
    sourceOf(source.url) === link.source &&
    seriesOf(source) !== (link.series ?? 0)
  );
}

function sourceOf(url: string): string {
  return sourceForLink(url, location.href);
}

function identityOf({ source, plate }: ViewerState): string | undefined {
  if (source.status === "empty") return undefined;
  const { well, field, acquisition } = platePart(plate);
  return [seriesOf(source), well, field, acquisition, source.url].join(" ");
}

function isViewChange(state: ViewerState, before: ViewerState): boolean {
  return (
    state.view !== before.view ||
    (state.stage === undefined) !== (before.stage === undefined) ||
    state.selection !== before.selection ||
    state.channels !== before.channels ||
    state.greyscale !== before.greyscale ||
    state.plate?.ownContrast !== before.plate?.ownContrast ||
    state.labels !== before.labels ||
    state.pinnedLabel !== before.pinnedLabel ||
    state.imageBackground !== before.imageBackground ||
    state.pageTheme !== before.pageTheme ||
    state.playback.playing !== before.playback.playing
  );
}
