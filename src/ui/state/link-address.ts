import { formatLink } from "./link.ts";
import { linkOfState } from "./link-state.ts";
import { sourceForLink } from "./source-url.ts";
import type { ViewerState } from "./viewer-state.ts";

/** Query and fragment of the link to what is on screen, at this moment. `base` is the page's address. */
export function addressOfState(
  state: ViewerState,
  base: string,
): { readonly search: string; readonly hash: string } {
  const link = linkOfState(state);
  const source = link.source === undefined ? undefined : sourceForLink(link.source, base);
  const sources = link.sources.map((each) => sourceForLink(each, base));
  return formatLink({ ...link, source, sources });
}

/** The whole link to what is on screen. The address bar may lag behind it. */
export function linkToState(state: ViewerState, base: string): string {
  const { search, hash } = addressOfState(state, base);
  const url = new URL(base);
  return `${url.origin}${url.pathname}${search}${hash}`;
}

/**
 * The link to what is on screen with a signed address in it, in the fragment: browsers send that to no server, so that the signature does not end up
 * in the log of whoever serves the viewer.
 */
export function signedLinkToState(state: ViewerState, signed: string, base: string): string {
  const { search, hash } = formatLink({ ...linkOfState(state), source: undefined, sources: [] });
  const url = new URL(base);
  const rest = hash === "" ? "#v=1" : hash;
  return `${url.origin}${url.pathname}${search}${rest}&source=${encodeURIComponent(signed)}`;
}
