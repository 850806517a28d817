/** What goes wrong, and for which requests. All members are optional; rules that match one request are merged, later ones win. */
export type Rule = {
  /**
   * Keys below the store's name; `*` is any text without "/", `**` any text. Default: all keys. A list matches if any
   * entry does.
   */
  readonly key?: string | readonly string[];
  /** Only requests with a Range header (true), or only those without (false). */
  readonly ranged?: boolean;
  /** Not for requests whose query or Authorization header holds this text: those are let in. */
  readonly unless?: string;
  /** Applies to the first n matching requests of each key, then the key is healthy. */
  readonly times?: number;
  /** Applies only after n requests matched (in the whole scenario). */
  readonly after?: number;
  /**
   * Applies to this share of the matching requests, 0…1. The dice are the seed's, the key's and the number's of its request, so that requests
   * in another order have the same fate.
   */
  readonly probability?: number;

  /** Wait before the first byte, in milliseconds. */
  readonly latencyMs?: number;
  /** Body bytes per second of one response. */
  readonly bytesPerSecond?: number;
  /** "off-on-errors": no CORS headers from status 400 on. Default "on". */
  readonly cors?: "on" | "off" | "off-on-errors";
  /** Access-Control-Expose-Headers for Content-Range, Content-Length, ETag, Retry-After. Default true. */
  readonly exposed?: boolean;
  /** Timing-Allow-Origin: *, so that pages can read the protocol. Default false. */
  readonly timingAllowed?: boolean;
  /** Refuse the CORS preflight. */
  readonly preflight?: "refuse";
  /**
   * "ignore": 200 with the whole object; "shift": 206 of a range 16 bytes further, honestly labelled; "shift-silently":
   * the same with the label of the range that was asked for; "refuse-suffix": 416 to `bytes=-n`. Default "on".
   */
  readonly ranges?: "on" | "ignore" | "shift" | "shift-silently" | "refuse-suffix";
  /** The 206 body ends n bytes early, with a Content-Length that fits the short body. */
  readonly shortBy?: number;
  /** Answer HEAD with 405. */
  readonly head?: "refuse";
  readonly status?: number;
  /** Further response headers, e.g. Retry-After; "" leaves one out. Names as they are sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Absolute URL to send the reader to (302). "{path}" stands for the request's path without its scenario. */
  readonly redirect?: string;
  /** Serve this instead of the object: "html" is a log-in page. */
  readonly swap?: "html" | Uint8Array;
  /** Invert the byte at this offset of the object (from its end if negative). */
  readonly corruptAt?: number;
  /** End the body after n bytes: "length" and "chunked" break the promise, "close" is a legal but short body. */
  readonly cut?: { readonly at: number; readonly how: "length" | "chunked" | "close" };
  /** Take the request, and never answer. */
  readonly hang?: true;
  /** ETag of the content and Last-Modified (when it was defined); 304 to whoever has it. Default: neither. */
  readonly validators?: true;
  /** "gzip": whole objects are sent compressed once more, as Content-Encoding says; "false-gzip": it says so, but they are not. */
  readonly encoding?: "gzip" | "false-gzip";
  /** Send n body bytes, then nothing more until the reader gives up. */
  readonly stallAt?: number;
  /** Send n body bytes, then reset the TCP connection; 0 is before the head of the response. */
  readonly resetAt?: number;
};

/** What one request is answered with: the members of all rules that apply, merged. */
export type Effect = Omit<Rule, "key" | "ranged" | "unless" | "times" | "after" | "probability">;

/** One named scenario with its counters. */
export type Scenario = {
  /** `credentials`: query and Authorization header of the request. */
  effectOn(key: string, ranged: boolean, credentials?: string): Effect;
  reset(): void;
};

function globPattern(glob: string): RegExp {
  const source = glob
    .split("**")
    .map((part) =>
      part
        .split("*")
        .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
        .join("[^/]*"),
    )
    .join(".*");
  return new RegExp(`^${source}$`);
}

/** 0 ≤ n < 1, the same for the same texts and seed (FNV-1a, then one step of mulberry32). */
function dice(seed: number, ...texts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of texts.join("\0")) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return seededRandom(hash)();
}

/** mulberry32: 0 ≤ n < 1, the same sequence for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let n = Math.imul(state ^ (state >>> 15), state | 1);
    n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
    return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
  };
}

export function createScenario(rules: readonly Rule[], seed = 1): Scenario {
  const compiled = rules.map((rule) => {
    const globs =
      rule.key === undefined ? ["**"] : typeof rule.key === "string" ? [rule.key] : rule.key;
    return { rule, patterns: globs.map(globPattern), seen: 0, perKey: new Map<string, number>() };
  });
  return {
    effectOn(key, ranged, credentials = "") {
      const effect: Record<string, unknown> = {};
      for (const [index, entry] of compiled.entries()) {
        const { key: _key, ranged: wantsRange, unless, ...rest } = entry.rule;
        const { times, after, probability, ...members } = rest;
        if (unless !== undefined && credentials.includes(unless)) continue;
        if (wantsRange !== undefined && wantsRange !== ranged) continue;
        if (!entry.patterns.some((pattern) => pattern.test(key))) continue;
        entry.seen += 1;
        const seenOfKey = (entry.perKey.get(key) ?? 0) + 1;
        entry.perKey.set(key, seenOfKey);
        if (after !== undefined && entry.seen <= after) continue;
        if (times !== undefined && seenOfKey > times) continue;
        const isSpared =
          probability !== undefined && dice(seed, index, key, seenOfKey) >= probability;
        if (isSpared) continue;
        Object.assign(effect, members);
      }
      return effect;
    },
    reset() {
      for (const entry of compiled) {
        entry.seen = 0;
        entry.perKey.clear();
      }
    },
  };
}
