import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { normaliseSource } from "../../src/ui/state/source-url.ts";
import type { OpenFailure } from "../../src/zarr/image/open-failure.ts";
import { DirectoryStore } from "../../src/zarr/store/directory-store.ts";
import { lastSegment, parseHttpRoot, urlForPeople } from "../../src/zarr/store/http-root.ts";
import { HttpStore } from "../../src/zarr/store/http-store.ts";
import type { NodePath } from "../../src/zarr/store/node-path.ts";
import type { Store } from "../../src/zarr/store/store.ts";
import { UsageError } from "./exit-code.ts";

/** Where a command reads from. */
export type Source = {
  readonly store: Store;
  /** The address or path as it may be shown: a signature behind "?" is not in it. */
  readonly shown: string;
  /** Name of what lies at the root, if it has none of its own. */
  readonly rootName: string;
  /** Address of the root, with "/" at its end and without query; undefined for a folder. */
  readonly rootUrl: string | undefined;
  /** Names of the folders below a path, where that can be known. */
  readonly folders?: (path: NodePath) => Promise<readonly string[]>;
};

const metadataFiles: ReadonlySet<string> = new Set([
  "zarr.json",
  ".zattrs",
  ".zgroup",
  ".zmetadata",
  ".zarray",
]);

/** `text` is an address if it begins with a scheme of at least two letters ("C:\…" is a path). */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) && !/^file:/i.test(text);
}

/**
 * The source that a path or an address names. Nothing is read of either.
 * @throws UsageError if it can be neither
 */
export async function openSource(text: string): Promise<Source> {
  return isAddress(text) ? addressSource(text) : folderSource(await zarrFolder(text));
}

/**
 * The absolute path of the folder that `text` names, or of the folder of the metadata file that it names. It need not be there.
 * @throws UsageError if it is a file
 */
export async function zarrFolder(text: string): Promise<string> {
  const path = /^file:/i.test(text) ? pathOfFileUrl(text) : resolve(text);
  const folder = metadataFiles.has(basename(path)) ? resolve(path, "..") : path;
  const stats = await stat(folder).catch(() => undefined);
  if (stats === undefined || stats.isDirectory()) return folder;
  throw new UsageError(`${folder} is a file; give the folder that holds the Zarr.`);
}

function folderSource(folder: string): Source {
  const store = new DirectoryStore(folder);
  return {
    store,
    shown: folder,
    rootName: basename(folder) || "image",
    rootUrl: undefined,
    folders: (path) => store.folders(path),
  };
}

/** @throws UsageError with the words of the page */
function addressSource(text: string): Source {
  // No relative address comes here, so that the base is not used.
  const source = normaliseSource(text, "https://localhost/");
  if ("failure" in source) throw new UsageError(usageOf(source.failure));
  const shown = urlForPeople(source.url);
  const rootUrl = `${shown}/`;
  const spec = parseHttpRoot(source.url);
  const { search = spec.search, authorization } = source.access ?? {};
  const store = new HttpStore({ ...spec, search, ...(authorization ? { authorization } : {}) });
  return { store, shown, rootName: lastSegment(shown), rootUrl };
}

/** The detail repeats the address, which may hold a password. */
function usageOf({ title, action }: Pick<OpenFailure, "title" | "action">): string {
  return `${title} ${action}`;
}

function pathOfFileUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw new UsageError("This file: address names no file of this machine; give a path.");
  }
}
