import {
  type AccessNote,
  accessNote,
  mergedAccess,
  type SourceAccess,
} from "../src/ui/state/source-access.ts";
import type { HttpStoreSpec } from "../src/zarr/store/http-root.ts";
import { parseHttpRoot } from "../src/zarr/store/http-root.ts";

/** Addresses whose access is kept, at most. */
const maxAddresses = 50;

/**
 * What lets this page read private sources: in memory, until the page is left. Nothing in here is ever written to state, storage, links or
 * messages; it leaves by `specOf` alone, for requests below the same address or to the same origin. Also keeps of which origins the browser's
 * cache is not to be trusted.
 */
export class AccessVault {
  readonly #byUrl = new Map<string, SourceAccess>();
  readonly #byOrigin = new Map<string, SourceAccess>();
  readonly #staleOrigins = new Set<string>();

  /** Keeps what was taken out of an address; `url` is what is left of it. */
  keep(url: string, access: SourceAccess): void {
    const [oldest] = this.#byUrl.keys();
    if (this.#byUrl.size >= maxAddresses && oldest !== undefined) this.#byUrl.delete(oldest);
    this.#byUrl.set(url, access);
  }

  /** Uses a token or a signature for everything that is read from the origin of `url`; undefined forgets it. */
  useFor(url: string, access: SourceAccess | undefined): void {
    const { origin } = new URL(url);
    if (access) this.#byOrigin.set(origin, access);
    else this.#byOrigin.delete(origin);
  }

  noteOf(url: string): AccessNote | undefined {
    return accessNote(this.#of(url));
  }

  /** The address with its own signature, for a link whose sender wants to share it; undefined if there is none. */
  signedUrl(url: string): string | undefined {
    const search = this.#byUrl.get(url)?.search;
    if (search === undefined) return undefined;
    const signed = new URL(url);
    signed.search = search;
    return signed.href;
  }

  /** The data at an address were changed while they were open: what the browser keeps of that origin may be older. */
  distrustCache(url: string): void {
    this.#staleOrigins.add(new URL(url).origin);
  }

  /** How the store at an address is read. @throws StoreUrlError if it is no http(s) address */
  specOf(url: string): HttpStoreSpec {
    const spec = parseHttpRoot(url);
    const { search = spec.search, authorization } = this.#of(url) ?? {};
    const isStale = this.#staleOrigins.has(new URL(spec.root).origin);
    return {
      ...spec,
      search,
      ...(authorization === undefined ? {} : { authorization }),
      ...(isStale ? { revalidate: true } : {}),
    };
  }

  /** Kept for this address, or for one above or below it: a well is read from its plate's. */
  #ownOf(url: string): SourceAccess | undefined {
    const [path = ""] = url.split("?", 1);
    const kept = [...this.#byUrl].findLast(([other]) => {
      const [otherPath = ""] = other.split("?", 1);
      return isWithin(path, otherPath) || isWithin(otherPath, path);
    });
    return this.#byUrl.get(url) ?? kept?.[1];
  }

  #of(url: string): SourceAccess | undefined {
    let parsed: URL;
    try {
      parsed = new URL(url);
    } catch {
      return undefined;
    }
    return mergedAccess(this.#ownOf(url), this.#byOrigin.get(parsed.origin), parsed.search);
  }
}

function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(above.endsWith("/") ? above : `${above}/`);
}
