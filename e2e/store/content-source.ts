import { readFile } from "node:fs/promises";
import { normalize, resolve, sep } from "node:path";

/** What a name in the test store serves: bytes by key; undefined where nothing is stored. */
export type ContentSource = { read(key: string): Promise<Uint8Array | undefined> };

/** Files below a folder of the disk; a key never leaves it. */
export function folderSource(folder: string): ContentSource {
  const root = resolve(folder);
  return {
    async read(key) {
      const path = normalize(resolve(root, key));
      if (!path.startsWith(root + sep)) return undefined;
      try {
        return await readFile(path);
      } catch {
        return undefined; // missing or a folder: both are 404 to a reader
      }
    },
  };
}

/** Files that a test wrote down itself. Strings are stored as UTF-8, anything else that is not bytes as JSON. */
export function filesSource(files: Readonly<Record<string, unknown>>): ContentSource {
  const entries = new Map<string, Uint8Array>();
  for (const [key, content] of Object.entries(files)) {
    if (content instanceof Uint8Array) entries.set(key, content);
    else if (typeof content === "string") entries.set(key, new TextEncoder().encode(content));
    else entries.set(key, new TextEncoder().encode(JSON.stringify(content)));
  }
  return { read: async (key) => entries.get(key) };
}

/** Several sources under one name, each below a folder of its own ("" is the top); the first one that has a key answers. */
export function foldersSource(parts: Readonly<Record<string, ContentSource>>): ContentSource {
  const entries = Object.entries(parts);
  return {
    async read(key) {
      for (const [folder, source] of entries) {
        const prefix = folder === "" ? "" : `${folder}/`;
        if (!key.startsWith(prefix)) continue;
        const bytes = await source.read(key.slice(prefix.length));
        if (bytes !== undefined) return bytes;
      }
      return undefined;
    },
  };
}
