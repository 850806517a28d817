import { type NodePath, PathError, segmentsOf } from "./node-path.ts";
import type { StoreSpec } from "./store.ts";

export type HttpStoreSpec = Extract<StoreSpec, { kind: "http" }>;

/** A URL that cannot be the root of an HTTP store. The message is one sentence a person can act on, without secrets. */
export class StoreUrlError extends Error {
  override readonly name = "StoreUrlError";
  readonly reason: "not-a-url" | "scheme" | "user-info";
  constructor(reason: StoreUrlError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Splits a URL as people paste it into root and query; the fragment is dropped. Escapes stay as they were given.
 * @param base makes relative URLs absolute
 * @throws StoreUrlError
 */
export function parseHttpRoot(text: string, base?: string): HttpStoreSpec {
  const url = parseUrl(text.trim(), base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new StoreUrlError(
      "scheme",
      `"${url.protocol}" addresses cannot be read; give one that begins with http: or https:.`,
    );
  }
  // fetch refuses such URLs, and a password must not sit in a link.
  if (url.username !== "" || url.password !== "") {
    throw new StoreUrlError(
      "user-info",
      `The address holds a user name or password before "@${url.host}"; remove it.`,
    );
  }
  const root = `${url.origin}${url.pathname.replace(/\/+$/, "")}/`;
  return { kind: "http", root, search: url.search === "?" ? "" : url.search };
}

/**
 * URL of a key: the root, each segment percent-encoded, the query.
 * @throws PathError if that would not lie below the root (it cannot, by construction; this is the last line of defence)
 */
export function urlBelow(spec: HttpStoreSpec, path: NodePath): string {
  const key = segmentsOf(path).map(encodeSegment).join("/");
  const text = `${spec.root}${key}`;
  if (new URL(text).href !== text || !text.startsWith(spec.root)) {
    throw new PathError(path, "leads out of the store");
  }
  return `${text}${spec.search}`;
}

/** For messages and logs: without query, fragment and user info. */
export function urlForPeople(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** Last segment of an address' path, decoded: what people call the image if it has no name. */
export function lastSegment(url: string): string {
  const segment = new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? "image";
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A name as one segment of an address: all but RFC 3986's unreserved characters is encoded. */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseUrl(text: string, base: string | undefined): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new StoreUrlError(
      "not-a-url",
      "This is not a web address; it should begin with https:// or http://.",
    );
  }
}
