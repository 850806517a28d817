import { type SourceAccess, splitAccess, withoutSecrets } from "./source-access.ts";
import type { SourceFailure } from "./viewer-state.ts";

/** An absolute http(s) address without trailing slash or metadata file name, or why there is none. */
export type NormalisedSource =
  /** `access`: what was taken out of the address, not to be shown. */
  { readonly url: string; readonly access?: SourceAccess } | { readonly failure: SourceFailure };

const metadataFile = /\/+(?:zarr\.json|\.zattrs|\.zgroup|\.zmetadata|\.zarray)?$/;
const quotesAround = /^[\s"'`“”‘’<]+|[\s"'`“”‘’>]+$/g;
const hostWithPort = /^(?:[a-z0-9-]+\.)*[a-z0-9-]+:\d+(?:\/|$)/i;
const bareHost = /^(?:[a-z0-9-]+\.)+[a-z]{2,}\//i;
const localHost = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:\/|$)/i;
const localPath =
  /^(?:[a-z]:[\\/]|\\\\|~[\\/]|\/(?:home|Users|mnt|media|tmp|Volumes|var|opt|root|private)\/)/i;

function failure(title: string, tried: string, action: string): NormalisedSource {
  const safe = withoutSecrets(tried);
  const shown = safe.length > 300 ? `${safe.slice(0, 300)}…` : safe;
  return {
    failure: { code: "ZS-URL", title, detail: `Given: ${shown}`, action: withoutSecrets(action) },
  };
}

function encodeKey(key: string): string {
  return key
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}

/** Object-store addresses as their public https end points. */
function httpsOfBucket(text: string): string | undefined {
  const match = /^(s3|gs):\/\/([a-z0-9][a-z0-9._-]*)(?:\/(.*))?$/i.exec(text);
  if (match === null) return undefined;
  const [, scheme = "", bucket = "", key = ""] = match;
  if (scheme.toLowerCase() === "gs")
    return `https://storage.googleapis.com/${bucket}/${encodeKey(key)}`;
  // A dot in the bucket's name would not match the certificate of *.s3.amazonaws.com.
  if (bucket.includes(".")) return `https://s3.amazonaws.com/${bucket}/${encodeKey(key)}`;
  return `https://${bucket}.s3.amazonaws.com/${encodeKey(key)}`;
}

/** Why a text with a scheme that is not http(s) cannot be opened. */
function refusedScheme(scheme: string, text: string): NormalisedSource {
  if (scheme === "file") return refusedLocal(text);
  if (scheme === "s3" || scheme === "gs") {
    return failure(
      `This ${scheme}:// address names no bucket.`,
      text,
      `Write ${scheme}://bucket/path/image.zarr, or the https:// address of the image.`,
    );
  }
  return failure(
    `Addresses that start with “${scheme}:” cannot be opened.`,
    text,
    "Paste the https:// address of a Zarr (s3:// and gs:// work too).",
  );
}

function refusedLocal(text: string): NormalisedSource {
  return failure(
    "This is a file on a computer, which a web page cannot reach by its path.",
    text,
    "Serve the folder (for example with “ome_zarr view” or “npx http-server --cors”) and paste the http:// address it prints.",
  );
}

/** A text without scheme: a host that lost its https://, or a path below the page. */
function withScheme(text: string): string | undefined {
  if (localHost.test(text)) return `http://${text}`;
  if (hostWithPort.test(text)) return `https://${text}`;
  const isZarrFolder = /^[^/]*\.(?:zarr|ozx|zip)\//i.test(text);
  if (bareHost.test(text) && !isZarrFolder) return `https://${text}`;
  return undefined;
}

/** A link to a viewer instead of to data: the source inside it. */
function sourceInside(url: URL): string | undefined {
  const inner = url.searchParams.get("source");
  const isData = /\.(?:zarr|ozx|zip)$/i.test(url.pathname);
  return !isData && inner !== null && /^https?:\/\//i.test(inner) ? inner : undefined;
}

/**
 * What people paste, made an address to read from: quotes and blanks trimmed; `s3://`, `gs://` and Neuroglancer's `zarr://` resolved; trailing
 * slash and `zarr.json`, `.zattrs`, `.zgroup`, `.zmetadata`, `.zarray` cut off; a viewer's link replaced by the source in it; a missing
 * `https://` added; signatures, user names and passwords taken out. Paths are relative to `base`, the page. Nothing is requested.
 */
export function normaliseSource(input: string, base: string): NormalisedSource {
  const text = input
    .replace(quotesAround, "")
    .replace(/^zarr[23]?:\/\//i, "")
    .replace(/\|zarr[23]?:.*$/i, "");
  if (text === "") {
    return failure(
      "There is no address to open.",
      input.trim() || "nothing",
      "Paste the address of a Zarr.",
    );
  }
  if (localPath.test(text)) return refusedLocal(text);
  if (text.startsWith("//")) {
    return failure("This address lacks its “https:”.", text, `Write https:${text}`);
  }
  const absolute = withScheme(text) ?? httpsOfBucket(text) ?? text;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(absolute)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https")
    return refusedScheme(scheme, text);
  const isPath =
    scheme === undefined && /^[^\s?#\\]*(?:\/|\.zarr|\.ozx|\.zip)[^\s\\]*$/i.test(absolute);
  if (scheme === undefined && !isPath) return notAnAddress(text);
  let url: URL;
  try {
    url = new URL(absolute, base);
  } catch {
    return notAnAddress(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return notAnAddress(text);
  const inner = sourceInside(url);
  if (inner !== undefined) return normaliseSource(inner, base);
  const { address, access } = splitAccess(url);
  return { url: trimmedAddress(address), ...(access ? { access } : {}) };
}

function notAnAddress(text: string): NormalisedSource {
  return failure(
    "This is not a web address.",
    text,
    "Paste the address of a Zarr, such as https://host/path/image.zarr.",
  );
}

function trimmedAddress(url: URL): string {
  let path = url.pathname;
  for (let shorter = path.replace(metadataFile, ""); shorter !== path; ) {
    path = shorter;
    shorter = path.replace(metadataFile, "");
  }
  // A quote at the end would be taken for one around the address when that is read again.
  const quoted = path.replace(/'+$/, (quotes) => "%27".repeat(quotes.length));
  return `${url.origin}${quoted}${url.search}`;
}

/** The address as links show it: relative if it lies below the page's folder, so that links survive a move of the page. */
export function sourceForLink(url: string, base: string): string {
  const folder = new URL(".", base).href;
  if (!url.startsWith(folder)) return url;
  const relative = url.slice(folder.length);
  const readBack = normaliseSource(relative, base);
  return "url" in readBack && readBack.url === url ? relative : url;
}
