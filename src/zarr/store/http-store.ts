import { bodyLength, contentRange, discardBody, headLength } from "./http-body.ts";
import {
  type HttpBytes,
  type HttpReading,
  type LengthLimit,
  readRange,
  readWhole,
  sliceRange,
} from "./http-read.ts";
import {
  defaultHttpTimeouts,
  type HttpTimeouts,
  sendRequest,
  statusError,
} from "./http-request.ts";
import { type HttpStoreSpec, parseHttpRoot, urlBelow, urlForPeople } from "./http-root.ts";
import type { NodePath } from "./node-path.ts";
import { isOtherVersion, KnownVersions, type ObjectVersion, versionOf } from "./object-version.ts";
import type { ByteRange, Store, StoreObject, StoreReadOptions } from "./store.ts";
import { StoreError } from "./store-error.ts";

export type HttpStoreOptions = {
  /** Stands in for the global fetch. */
  readonly fetch?: typeof globalThis.fetch;
  readonly timeouts?: HttpTimeouts;
  /** Origin of the page, where there is one: a suffix range to any other origin would need a preflight. */
  readonly pageOrigin?: string;
  /** What is read again may be of another version than before: documents, which are read again only if somebody wants them as they are now. */
  readonly acceptsChanges?: boolean;
};

/** A server without ranges sends the whole object; up to this length it is taken and cut here. */
const sliceLimit: LengthLimit = { maxBytes: 32 * 2 ** 20, kind: "range" };
const maxProtocolLooks = 8;

/**
 * Reads keys below one URL. No request ever leaves that root or its origin, and the query (a signature, maybe) goes
 * nowhere else. Ranges bypass the browser's cache, which would serialise those of one object.
 */
export class HttpStore implements Store {
  readonly spec: HttpStoreSpec;
  readonly origin: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #timeouts: HttpTimeouts;
  readonly #pageOrigin: string | undefined;
  /** Learnt from an answer of 200 to a range. */
  #ignoresRanges = false;
  /** The object that such a server sent last; the next range is usually one of the same. */
  #lastSliced: { readonly path: NodePath; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
  readonly #versions: KnownVersions | undefined;
  #protocol: string | undefined;
  #protocolLooks = 0;

  /** @throws StoreUrlError if the root is not an http(s) URL */
  constructor(spec: HttpStoreSpec, options: HttpStoreOptions = {}) {
    const { root } = parseHttpRoot(spec.root);
    const { authorization, unchangedSince, revalidate } = spec;
    const search = new URL(spec.search, root).search;
    this.spec = {
      kind: "http",
      root,
      search,
      ...(authorization ? { authorization } : {}),
      ...(unchangedSince === undefined ? {} : { unchangedSince }),
      ...(revalidate ? { revalidate } : {}),
    };
    this.#versions = options.acceptsChanges ? undefined : new KnownVersions(unchangedSince);
    this.origin = new URL(root).origin;
    const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#fetch = authorization ? authorized(send, authorization) : send;
    this.#timeouts = options.timeouts ?? defaultHttpTimeouts;
    this.#pageOrigin = options.pageOrigin ?? globalThis.location?.origin;
  }

  /** URL of a key, with the query: for requests only, never to be shown. */
  urlFor(path: NodePath): string {
    return urlBelow(this.spec, path);
  }

  async get(path: NodePath, options: StoreReadOptions = {}): Promise<StoreObject | undefined> {
    const { range } = options;
    if (range === undefined) return this.#getWhole(path, options);
    if (("offset" in range ? range.length : range.suffixLength) === 0)
      return emptyObject(undefined);
    if (this.#ignoresRanges) return this.#getSliced(path, range, options);
    if ("offset" in range || this.origin === this.#pageOrigin) {
      return this.#getRange(path, range, options);
    }
    const total = await this.#measure(path, options.signal);
    if (total === "missing") return undefined;
    if (total === 0) return emptyObject(0);
    // Where nothing tells the length, the preflight is the only way left.
    if (total === "unknown") return this.#getRange(path, range, options);
    const length = Math.min(range.suffixLength, total);
    return this.get(path, { ...options, range: { offset: total - length, length } });
  }

  async size(
    path: NodePath,
    options: Pick<StoreReadOptions, "signal"> = {},
  ): Promise<number | undefined> {
    const total = await this.#measure(path, options.signal);
    return typeof total === "number" ? total : undefined;
  }

  #getWhole(path: NodePath, options: StoreReadOptions): Promise<StoreObject | undefined> {
    const { maxBytes = Number.MAX_SAFE_INTEGER } = options;
    return this.#send(path, this.#wholeInit(options), options.signal, async (reading) => {
      if (!isWhole(reading.response)) throw statusError(reading.response, reading.url);
      const version = this.#sameVersion(path, reading, options.version);
      const whole = await readWhole(reading, { maxBytes, kind: "too-large" });
      return this.#arrived(path, whole, version);
    });
  }

  #getRange(
    path: NodePath,
    range: ByteRange,
    options: StoreReadOptions,
  ): Promise<StoreObject | undefined> {
    const { maxBytes = Number.MAX_SAFE_INTEGER, signal } = options;
    return this.#send(path, rangeInit(range), signal, async (reading) => {
      const { response, url } = reading;
      if (response.status === 206) {
        const version = this.#sameVersion(path, reading, options.version);
        return this.#arrived(path, await readRange(reading, range, maxBytes), version);
      }
      if (!isWhole(response)) throw statusError(response, url);
      const version = this.#sameVersion(path, reading, options.version);
      const whole = await readWhole(reading, sliceLimit);
      // A range that covers the whole object may be answered by 200, too.
      const covers = "offset" in range && whole.bytes.byteLength === range.length;
      if (!covers) {
        this.#ignoresRanges = true;
        this.#lastSliced = { path, bytes: whole.bytes };
      }
      return {
        ...this.#arrived(path, whole, version),
        bytes: sliceRange(whole.bytes, range, url, maxBytes),
      };
    });
  }

  /** From a server that ignores ranges: the whole object, out of the HTTP cache where that has it. */
  async #getSliced(
    path: NodePath,
    range: ByteRange,
    options: StoreReadOptions,
  ): Promise<StoreObject | undefined> {
    const { maxBytes = Number.MAX_SAFE_INTEGER, signal } = options;
    if (this.#lastSliced?.path === path && !options.reload) {
      const whole = this.#lastSliced.bytes;
      const bytes = sliceRange(whole, range, urlForPeople(this.urlFor(path)), maxBytes);
      return { ...emptyObject(whole.byteLength), bytes };
    }
    return this.#send(path, this.#wholeInit(options), signal, async (reading) => {
      if (!isWhole(reading.response)) throw statusError(reading.response, reading.url);
      const version = this.#sameVersion(path, reading, options.version);
      const whole = await readWhole(reading, sliceLimit).catch((error: unknown) => {
        // Too long to be cut here: the next range is asked for as a range again, some servers learn.
        if (error instanceof StoreError && error.kind === "range") this.#ignoresRanges = false;
        throw error;
      });
      this.#lastSliced = { path, bytes: whole.bytes };
      const bytes = sliceRange(whole.bytes, range, reading.url, maxBytes);
      return { ...this.#arrived(path, whole, version), bytes };
    });
  }

  /** Length of an object: HEAD, and where that is refused or silent, the Content-Range of its first byte. */
  async #measure(
    path: NodePath,
    signal: AbortSignal | undefined,
  ): Promise<number | "missing" | "unknown"> {
    const init: RequestInit = { method: "HEAD", cache: "no-store" };
    const head = await this.#send(path, init, signal, async ({ response, url }) => {
      if (response.ok) return headLength(response) ?? "unknown";
      // Presigned URLs are often signed for GET alone.
      if ([400, 401, 403, 405, 501].includes(response.status)) return "unknown";
      throw statusError(response, url);
    });
    if (head === undefined) return "missing";
    if (head !== "unknown") return head;
    const firstByte: ByteRange = { offset: 0, length: 1 };
    const total = await this.#send(
      path,
      rangeInit(firstByte),
      signal,
      async ({ response, url }) => {
        // An empty object has no first byte.
        const isEmpty = response.status === 416;
        if (!isEmpty && !isWhole(response) && response.status !== 206) {
          throw statusError(response, url);
        }
        const range = contentRange(response);
        discardBody(response);
        if (isEmpty) return 0;
        if (isWhole(response)) return bodyLength(response) ?? "unknown";
        return typeof range === "object" ? (range.total ?? "unknown") : "unknown";
      },
    );
    return total ?? "missing";
  }

  #send<T>(
    path: NodePath,
    init: RequestInit,
    signal: AbortSignal | undefined,
    consume: (reading: HttpReading) => Promise<T>,
  ): Promise<T | undefined> {
    const requestUrl = this.urlFor(path);
    const url = urlForPeople(requestUrl);
    const request = { url: requestUrl, init, fetch: this.#fetch, timeouts: this.#timeouts, signal };
    return sendRequest(request, async (response, onProgress) => {
      if (response.status === 404 || response.status === 410) {
        discardBody(response);
        return undefined;
      }
      return consume({ response, url, onProgress });
    });
  }

  /** The version that is being read. @throws StoreError "changed" if it is not the one that was read before */
  #sameVersion(
    path: NodePath,
    { response, url }: HttpReading,
    before: ObjectVersion | undefined,
  ): ObjectVersion {
    const version = versionOf(response);
    const isChanged =
      this.#versions?.isChanged(path, version, Date.now()) ||
      (before !== undefined && isOtherVersion(before, version));
    if (!isChanged) return version;
    discardBody(response);
    const message = `${url} was changed since these data were opened.`;
    throw new StoreError("changed", message, { url, status: response.status });
  }

  #arrived(path: NodePath, { bytes, totalBytes }: HttpBytes, version: ObjectVersion): StoreObject {
    const protocol = this.#protocolOf(path);
    return { bytes, totalBytes, transferredBytes: bytes.byteLength, protocol, version };
  }

  #wholeInit({ reload }: StoreReadOptions): RequestInit {
    return { cache: reload ? "reload" : this.spec.revalidate ? "no-cache" : "default" };
  }

  /** Looked up a few times only: across origins the browser may never tell. */
  #protocolOf(path: NodePath): string | undefined {
    if (this.#protocol !== undefined || this.#protocolLooks >= maxProtocolLooks)
      return this.#protocol;
    this.#protocolLooks++;
    for (const entry of globalThis.performance?.getEntriesByName(this.urlFor(path), "resource") ??
      []) {
      if ("nextHopProtocol" in entry && typeof entry.nextHopProtocol === "string") {
        this.#protocol = entry.nextHopProtocol || undefined;
      }
    }
    return this.#protocol;
  }
}

/** A store from a URL as people paste it. @throws StoreUrlError */
export function httpStoreFromUrl(url: string, options: HttpStoreOptions = {}): HttpStore {
  return new HttpStore(parseHttpRoot(url, globalThis.location?.href), options);
}

/** Every request carries the header, and ends where the server would send it on: nobody else gets to see it. */
function authorized(send: typeof globalThis.fetch, authorization: string): typeof globalThis.fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("Authorization", authorization);
    return send(input, { ...init, headers, redirect: "error" });
  };
}

function rangeInit(range: ByteRange): RequestInit {
  const value =
    "offset" in range
      ? `bytes=${range.offset}-${range.offset + range.length - 1}`
      : `bytes=-${range.suffixLength}`;
  return { cache: "no-store", headers: { range: value } };
}

function isWhole(response: Response): boolean {
  return response.status === 200 || response.status === 203;
}

function emptyObject(totalBytes: number | undefined): StoreObject {
  return { bytes: new Uint8Array(0), totalBytes, transferredBytes: 0, protocol: undefined };
}
