import { ChunkSizeError } from "../array/chunk-size-error.ts";
import { UnsupportedCodecError } from "../codecs/codec.ts";
import { MetadataError } from "../problem.ts";
import { PathError } from "../store/node-path.ts";
import { StoreError } from "../store/store-error.ts";
import { failureOfChunkSize } from "./chunk-size-failure.ts";

/** Stable codes of what can keep a source from opening. */
export type OpenFailureCode =
  | "ZS-URL"
  | "ZS-NOTFOUND"
  | "ZS-NOTZARR"
  | "ZS-NOIMAGE"
  | "ZS-NOLEVELS"
  | "ZS-VERSION"
  | "ZS-PLATE"
  | "ZS-CODEC"
  | "ZS-DTYPE"
  | "ZS-CHUNKSIZE"
  | "ZS-METADATA"
  | "ZS-PATH"
  | "ZS-OFFLINE"
  | "ZS-MIXED"
  | "ZS-LOCAL"
  | "ZS-CORS"
  | "ZS-NETWORK"
  | "ZS-DENIED"
  | "ZS-HTML"
  | "ZS-STATUS"
  | "ZS-TIMEOUT"
  | "ZS-TRUNCATED"
  | "ZS-RANGE"
  | "ZS-TOOLARGE"
  | "ZS-DISK"
  | "ZS-CHANGED"
  | "ZS-UNEXPECTED";

/** Why a source could not be opened, in words for the page. All plain text, free of secrets. */
export type OpenFailure = {
  readonly code: OpenFailureCode;
  /** What happened, one sentence. */
  readonly title: string;
  /** What was tried and where; may be several lines. */
  readonly detail: string;
  /** What to do, and who can do it. */
  readonly action: string;
  /** Something to copy and hand on, for whoever can mend it. */
  readonly fix?: { readonly label: string; readonly text: string };
  /** It can be opened all the same, if a person takes that upon themselves. */
  readonly mayOpenAnyway?: boolean;
};

/** Thrown when a source cannot be opened. */
export class OpenFailureError extends Error {
  override readonly name = "OpenFailureError";
  readonly failure: OpenFailure;
  constructor(failure: OpenFailure, options?: ErrorOptions) {
    super(failure.title, options);
    this.failure = failure;
  }
}

/** Words for anything that `openImage` or a store may throw; of a bounded length, whatever metadata are quoted. */
export function openFailureOf(error: unknown): OpenFailure {
  const failure = failureOf(error);
  return { ...failure, title: cut(failure.title, 400), detail: cut(failure.detail, 4_000) };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function failureOf(error: unknown): OpenFailure {
  if (error instanceof OpenFailureError) return error.failure;
  if (error instanceof StoreError) return failureOfStoreError(error);
  if (error instanceof ChunkSizeError) return failureOfChunkSize(error);
  if (error instanceof MetadataError) return failureOfMetadataError(error);
  if (error instanceof UnsupportedCodecError) return unsupportedCodec(error.codec, error.message);
  if (error instanceof PathError) return refusedPath(error.message);
  return {
    code: "ZS-UNEXPECTED",
    title: "Opening failed for a reason that Zarrscope does not know.",
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    action: "Please report this, with the address if it is public.",
  };
}

/** Cross-origin rules as S3 and most of its kin take them. */
const bucketCorsRules = `[
  {
    "AllowedOrigins": ["*"],
    "AllowedMethods": ["GET", "HEAD"],
    "AllowedHeaders": ["Range"],
    "ExposeHeaders": [
      "Content-Range", "Content-Length", "ETag", "Retry-After"
    ]
  }
]`;

/** Metadata name a path that leads out of the store. */
export function refusedPath(detail: string): OpenFailure {
  return {
    code: "ZS-PATH",
    title: "The source names a path that may not be followed.",
    detail,
    action: "Whoever wrote these data has to use paths that stay inside the Zarr.",
  };
}

/** Words for a failed read of metadata. */
export function failureOfStoreError(error: StoreError): OpenFailure {
  const asked = `Asked for ${error.url}`;
  if (error.url.startsWith("file:") && error.kind === "denied") {
    return {
      code: "ZS-DENIED",
      title: "A file may not be read.",
      detail: error.message,
      action: "Check the permissions of the files, and that no link leads out of the folder.",
    };
  }
  switch (error.kind) {
    case "cors":
      return {
        code: "ZS-CORS",
        title: "This server does not allow other sites to read it (CORS).",
        detail: `${asked}. The server answers, but without the header Access-Control-Allow-Origin, so the browser withholds the answer.`,
        action:
          "Whoever runs the server can allow it: Access-Control-Allow-Origin: *, methods GET and HEAD, request header Range, exposed headers Content-Range and Content-Length.",
        fix: { label: "Copy the rule for an S3 bucket", text: bucketCorsRules },
      };
    case "offline":
      return {
        code: "ZS-OFFLINE",
        title: "This computer is offline.",
        detail: `${asked}.`,
        action: "Connect to a network, then try again.",
      };
    case "mixed-content":
      return {
        code: "ZS-MIXED",
        title: "Browsers do not let a page that came by https read data by http.",
        detail: `${asked}.`,
        action:
          "Try the address with https://. If the server has no https, whoever runs it can add it; or open the data in a Zarrscope of your own that comes by http.",
      };
    case "local-network":
      return {
        code: "ZS-LOCAL",
        title: "Your browser keeps this page from reading your computer or local network.",
        detail: `${asked}.`,
        action:
          "Allow “local network access” for this page when the browser asks, or in its site settings, then try again. In an embedded page, open the viewer in a tab of its own first.",
      };
    case "network":
      return {
        code: "ZS-NETWORK",
        title: "No answer from this server.",
        detail: `${asked}. ${error.message}`,
        action:
          "Check the address, the server and your connection, then try again. A server that forbids other sites to read it (CORS) can look the same.",
      };
    case "denied":
      return {
        code: "ZS-DENIED",
        title: `The server refuses access${statusNote(error)}.`,
        detail: `${asked}. On some object stores this is also the answer for what does not exist.`,
        action:
          "Check the address. If the data are private, ask their owner for a signed address; an old one may have expired.",
      };
    case "html":
      return {
        code: "ZS-HTML",
        title: "The server sent a web page where data were expected.",
        detail: `${asked}. ${error.message} Often this is a login page, or the page of a file browser.`,
        action: "Paste the address of the data themselves, or log in to that server first.",
      };
    case "status":
      return {
        code: "ZS-STATUS",
        title: `The server answered with an error${statusNote(error)}.`,
        detail: `${asked}.`,
        action: error.retryable
          ? "The server is busy or in trouble: try again later."
          : "Check the address, or ask whoever runs the server.",
      };
    case "timeout":
      return {
        code: "ZS-TIMEOUT",
        title: "The server took too long to answer.",
        detail: `${asked}.`,
        action: "Try again; if it stays so, the server or the connection is too slow.",
      };
    case "truncated":
      return {
        code: "ZS-TRUNCATED",
        title: "The server's answer was cut off.",
        detail: `${asked}. ${error.message}`,
        action: "Try again; if it stays so, the file on the server is damaged.",
      };
    case "range":
      return {
        code: "ZS-RANGE",
        title: "The server does not send the part of a file that was asked for.",
        detail: `${asked}. ${error.message}`,
        action: "Whoever runs the server has to support range requests.",
      };
    case "too-large":
      return {
        code: "ZS-TOOLARGE",
        title: "The metadata are too large to read.",
        detail: `${asked}. ${error.message}`,
        action: "Paste the address of one image inside this Zarr.",
      };
    case "changed":
      return {
        code: "ZS-CHANGED",
        title: "The data were changed while they were being opened.",
        detail: `${asked}. ${error.message}`,
        action: "Open them again.",
      };
    case "disk":
      return {
        code: "ZS-DISK",
        title: "A file could not be read from the disk.",
        detail: error.message,
        action: "Check the disk, or whatever the folder lies on, then try again.",
      };
  }
}

function failureOfMetadataError(error: MetadataError): OpenFailure {
  const { path, expected, received } = error.problem;
  const detail = `${path}: expected ${expected}, found ${received}.`;
  const pointer = path.slice(path.indexOf("#") + 1);
  if (/^\/(dtype|data_type)\b/.test(pointer)) {
    return {
      code: "ZS-DTYPE",
      title: error.message,
      detail,
      action:
        "Integers of 8 to 64 bits, floats of 16 to 64 bits, bool, complex numbers and fields of records can be shown.",
    };
  }
  if (/^\/(codecs|compressor|filters)\b/.test(pointer)) {
    return { ...unsupportedCodec("", detail), title: error.message };
  }
  if (error.problem.code === "Z3-04") {
    return {
      code: "ZS-METADATA",
      title: error.message,
      detail,
      action:
        "Newer software may read it. If you know that its values mean the same without the extension, open it anyway; otherwise they may be shown wrong.",
      mayOpenAnyway: true,
    };
  }
  if (error.problem.code === "ZS-JSON") {
    return {
      code: "ZS-NOTZARR",
      title: "What lies at this address is not Zarr metadata.",
      detail: error.message,
      action: "Check the address; whoever wrote these data can repair this document.",
    };
  }
  return {
    code: "ZS-METADATA",
    title: error.message,
    detail,
    action: "Whoever wrote these data can repair this document.",
  };
}

/** The array's codec chain cannot be decoded. */
export function unsupportedCodec(codec: string, detail: string): OpenFailure {
  return {
    code: "ZS-CODEC",
    title: `These data are compressed with "${codec}", which is not supported.`,
    detail,
    action: "Write the data again with a common codec (blosc, zstd, gzip, zlib, lz4).",
  };
}

function statusNote(error: StoreError): string {
  return error.status === undefined ? "" : ` (HTTP ${error.status})`;
}
