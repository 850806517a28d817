import { type Link, parseLink } from "../../src/ui/state/link.ts";
import { lookOfLink } from "../../src/ui/state/link-state.ts";
import type { Theme } from "../../src/ui/state/preferences.ts";
import type { ViewerSession } from "../viewer-session.ts";

/** Opens a source, or says why it is not opened here. */
export type GuardedOpen = (source: string, link?: Link) => Promise<void>;

/**
 * Shows what the frame's address names, now and when the page around changes the part behind "#". The frame writes nothing into its own
 * address: that would add to the history of the page around. A `theme` among the options of the frame counts more than that of the link.
 */
export function followAddress(
  session: ViewerSession,
  open: GuardedOpen,
  theme: Theme | undefined,
): void {
  const read = async () => {
    const { link, notices } = parseLink(location);
    const look = lookOfLink(link);
    session.store.setState({ ...look, pageTheme: theme ?? look.pageTheme });
    if (link.source !== undefined) await open(link.source, link);
    session.store.setState((state) => ({ notices: [...notices, ...state.notices] }));
  };
  addEventListener("hashchange", () => void read());
  void read();
}
