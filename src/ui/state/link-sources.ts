import type { Link } from "./link.ts";
import { decode, encode, quoted } from "./link-encoding.ts";

const maxSources = 100;

/** Keys of the query that may follow a source pasted without percent-encoding and are not part of it. */
const queryKeys =
  "source|at|well|field|acquisition|series|embed|ui|theme|lock|autoplay|controls|poster";
const nextQueryKey = new RegExp(`&(?=(?:${queryKeys})=)`);

type Found = { readonly source: string; readonly raw: string };

/** The value that begins `rest`: a source pasted raw keeps a query of its own. */
function sourceAt(rest: string): Found {
  const hasOwnQuery = /^[a-z][a-z0-9+]*:\/\/[^&?]*\?/i.test(rest);
  const raw = rest.split(hasOwnQuery ? nextQueryKey : "&", 1)[0] ?? "";
  return { source: decode(raw).trim(), raw };
}

/** The sources in the query: all of ours, else one of the aliases that other viewers write, of which only absolute addresses count. */
export function sourcesIn(query: string): readonly Found[] {
  const listed: Found[] = [];
  const text = `&${query}`;
  for (let at = text.indexOf("&source="); at >= 0 && listed.length < maxSources; ) {
    const found = sourceAt(text.slice(at + "&source=".length));
    if (found.source !== "") listed.push(found);
    at = text.indexOf("&source=", at + "&source=".length + found.raw.length);
  }
  if (listed.length > 0) return listed;
  for (const key of ["url", "image_url", "fileToLoad", "image"]) {
    const start = text.indexOf(`&${key}=`);
    if (start < 0) continue;
    const found = sourceAt(text.slice(start + key.length + 2));
    if (/^(https?|s3|gs):\/\//i.test(found.source)) return [found];
  }
  return [];
}

/** Which of several sources is shown: the first unless `at` says otherwise. */
export function positionIn(count: number, text: string | undefined, notices: string[]): number {
  if (text === undefined) return 0;
  const position = /^\d{1,4}$/.test(text) ? Number(text) : count;
  if (position < count) return position;
  notices.push(`The link's at ${quoted(text)} names none of its sources; the first is shown.`);
  return 0;
}

/** Pairs for the query that `sourcesIn` and `positionIn` read back. */
export function formatSources({
  source,
  sources,
}: Pick<Link, "source" | "sources">): readonly string[] {
  if (source === undefined) return [];
  const at = sources.indexOf(source);
  if (sources.length < 2 || at < 0) return [`source=${encode(source)}`];
  return [...sources.map((each) => `source=${encode(each)}`), ...(at > 0 ? [`at=${at}`] : [])];
}
