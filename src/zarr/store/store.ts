import type { NodePath } from "./node-path.ts";
import type { ObjectVersion } from "./object-version.ts";

/** Bytes of an object: `[offset, offset + length)`, or its last `suffixLength` bytes. */
export type ByteRange =
  | { readonly offset: number; readonly length: number }
  | { readonly suffixLength: number };

export type StoreReadOptions = {
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
  /** Ask the origin again instead of the HTTP cache (after a checksum mismatch). */
  readonly reload?: boolean;
  /** Largest body that is accepted, in bytes; a longer one is a `StoreError` of kind "too-large". */
  readonly maxBytes?: number;
  /** Of which the object must still be: a part of it was read before, maybe by another reader. Else a `StoreError` of kind "changed". */
  readonly version?: ObjectVersion;
};

/** What a store returns for a key that exists. */
export type StoreObject = {
  /** Exactly the range that was asked for, or the whole object. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Length of the whole object in bytes, where the store knows it. */
  readonly totalBytes: number | undefined;
  /** Bytes that came over the network (a server without ranges sends more than was asked for). */
  readonly transferredBytes: number;
  /** "h2", "http/1.1", …; undefined where the browser does not say (cross-origin without Timing-Allow-Origin). */
  readonly protocol: string | undefined;
  /** The version that was read; absent where the store does not say. */
  readonly version?: ObjectVersion;
};

/** From this a worker rebuilds the same store. Structured-clonable. */
export type StoreSpec =
  | {
      readonly kind: "http";
      /** Absolute URL of the root without query and fragment, ending in "/". */
      readonly root: string;
      /** Query appended to every key (signed URLs), with its "?", or "". Never shown, never logged. */
      readonly search: string;
      /** Header `Authorization` of every request; they follow no redirect. Never shown, never logged. */
      readonly authorization?: string;
      /** What was modified after this time (milliseconds since 1970) is of another version than what was opened: "changed". */
      readonly unchangedSince?: number;
      /** The HTTP cache may hold an older version: it is asked for nothing without asking the server. */
      readonly revalidate?: true;
    }
  | {
      readonly kind: "memory";
      readonly name: string;
      readonly entries: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
    }
  /** Absolute path of a folder of this machine's disk; no page and no worker can reach it. */
  | { readonly kind: "directory"; readonly root: string };

/** Read access to keys below one root. A missing key (404, 410) is `undefined`; all else that fails throws a `StoreError`. */
export interface Store {
  readonly spec: StoreSpec;
  /** Concurrency is granted per this string: the origin of an HTTP store, the name of any other. */
  readonly origin: string;
  get(path: NodePath, options?: StoreReadOptions): Promise<StoreObject | undefined>;
  /** Length of an object in bytes (HEAD), `undefined` if missing or not told. */
  size(path: NodePath, options?: Pick<StoreReadOptions, "signal">): Promise<number | undefined>;
}
