/** What tells one version of a stored object from another (RFC 9110, 8.8); both are undefined where the server does not say. */
export type ObjectVersion = {
  /** A strong entity tag; across origins only where it is exposed. */
  readonly etag: string | undefined;
  /** Last-Modified, in milliseconds; to be seen across origins without being exposed. */
  readonly modifiedMs: number | undefined;
};

/** The version that a response is of. */
export function versionOf({ headers }: Response): ObjectVersion {
  const modifiedMs = Date.parse(headers.get("last-modified") ?? "");
  return {
    etag: strongTag(headers.get("etag")),
    modifiedMs: Number.isNaN(modifiedMs) ? undefined : modifiedMs,
  };
}

/** Some servers name a compressed transfer in the tag of what is transferred. */
function strongTag(tag: string | null): string | undefined {
  return tag !== null && /^".*"$/.test(tag)
    ? tag.replace(/[-;]+(gzip|br|zstd|deflate)"$/, '"')
    : undefined;
}

/** Whether two answers for one key are surely of two versions: parts of them must not be put together (RFC 9110, 15.3.7.3). */
export function isOtherVersion(a: ObjectVersion, b: ObjectVersion): boolean {
  if (a.etag !== undefined && b.etag !== undefined) return a.etag !== b.etag;
  return a.modifiedMs !== undefined && b.modifiedMs !== undefined && a.modifiedMs !== b.modifiedMs;
}

/** Clocks tick in seconds in HTTP. */
const clockSlackMs = 2_000;
const maxObjects = 4_096;

/**
 * The versions of what was read from one store. Two rules say that data were changed while somebody looks at them: an object has another version
 * than when it was read before; or it was modified after the source was opened. The second one compares the server's clock with this
 * computer's, so it rests as soon as an answer from the future shows that they differ.
 */
export class KnownVersions {
  readonly #unchangedSince: number;
  readonly #versions = new Map<string, ObjectVersion>();
  #clocksDiffer = false;

  /** @param unchangedSince nothing should have been modified after this time (milliseconds); undefined: that is not known */
  constructor(unchangedSince: number | undefined) {
    this.#unchangedSince = unchangedSince ?? Number.POSITIVE_INFINITY;
  }

  /** Whether this answer for a key is of another version than what was read before. */
  isChanged(key: string, version: ObjectVersion, nowMs: number): boolean {
    const { etag, modifiedMs } = version;
    if (etag === undefined && modifiedMs === undefined) return false;
    const known = this.#versions.get(key);
    if (known !== undefined && isOtherVersion(known, version)) return true;
    if (modifiedMs !== undefined && modifiedMs > nowMs + clockSlackMs) this.#clocksDiffer = true;
    if (!this.#clocksDiffer && modifiedMs !== undefined && modifiedMs > this.#unchangedSince) {
      return true;
    }
    const [oldest] = this.#versions.keys();
    if (known === undefined && this.#versions.size >= maxObjects && oldest !== undefined) {
      this.#versions.delete(oldest);
    }
    this.#versions.set(key, known ?? version);
    return false;
  }
}
