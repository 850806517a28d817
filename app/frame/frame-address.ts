import { type Link, parseLink } from "../../src/ui/state/link.ts";
import type { ViewerSession } from "../viewer-session.ts";

/** Opens a source, or says why it is not opened here. */
export type GuardedOpen = (source: string, link?: Link) => Promise<void>;

/**
 * Shows what the frame's address names, now and when the page around changes the part behind "#". The frame writes nothing into its own
 * address: that would add to the history of the page around.
 */
export function followAddress(session: ViewerSession, open: GuardedOpen): void {
  const read = async () => {
    const { link, notices } = parseLink(location);
    if (link.source !== undefined) await open(link.source, link);
    session.store.setState((state) => ({ notices: [...notices, ...state.notices] }));
  };
  addEventListener("hashchange", () => void read());
  void read();
}
