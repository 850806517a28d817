/** A source that was opened before. */
export type RecentSource = {
  /** Absolute address, without any part of it that may be a secret. */
  readonly url: string;
  readonly name: string;
  /** The address was signed; what is kept of it opens only if it is public, too. */
  readonly signed: boolean;
};

export type RecentSources = {
  /** false: nothing is kept, and what was kept is gone. */
  readonly remember: boolean;
  /** The latest first. */
  readonly sources: readonly RecentSource[];
};

const keptSources = 8;
const longestUrl = 2000;
const longestName = 120;

export const noRecentSources: RecentSources = { remember: true, sources: [] };

/** Query keys that say what is asked for, not who asks. Any other key may carry a secret. */
const plainQueryKeys: ReadonlySet<string> = new Set(["v", "version", "versionid", "format", "raw"]);

/**
 * An address fit to be kept: no user, no fragment, and no query unless all of it is known to be harmless (signed addresses carry
 * their secret there). undefined if it cannot be kept at all.
 */
export function keepableSource(url: string, name: string): RecentSource | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return undefined;
  const isPlain = [...parsed.searchParams].every(
    ([key, value]) => plainQueryKeys.has(key.toLowerCase()) && value.length <= 40,
  );
  const kept = `${parsed.origin}${parsed.pathname}${isPlain ? parsed.search : ""}`;
  if (kept.length > longestUrl) return undefined;
  return { url: kept, name: name.slice(0, longestName), signed: !isPlain };
}

/** The list with a source at its top, unless nothing is to be remembered. */
export function withRecentSource(recent: RecentSources, source: RecentSource): RecentSources {
  if (!recent.remember) return recent;
  const others = recent.sources.filter(({ url }) => url !== source.url);
  return { ...recent, sources: [source, ...others].slice(0, keptSources) };
}

/** From what was kept, whatever that is. */
export function parseRecentSources(kept: unknown): RecentSources {
  if (typeof kept !== "object" || kept === null) return noRecentSources;
  const remember = Reflect.get(kept, "remember") !== false;
  const list: unknown = Reflect.get(kept, "sources");
  if (!remember || !Array.isArray(list)) return { remember, sources: [] };
  const sources = list.slice(0, keptSources).flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const url: unknown = Reflect.get(entry, "url");
    const name: unknown = Reflect.get(entry, "name");
    if (typeof url !== "string" || typeof name !== "string") return [];
    const source = keepableSource(url, name);
    if (source === undefined) return [];
    return [{ ...source, signed: source.signed || Reflect.get(entry, "signed") === true }];
  });
  return { remember, sources };
}
