import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { NodePath } from "./node-path.ts";
import type { ByteRange, Store, StoreObject, StoreReadOptions, StoreSpec } from "./store.ts";
import { StoreError, type StoreErrorKind } from "./store-error.ts";

/** There is no such file, or something above it is no folder, or no file can have such a name. */
const missingCodes: ReadonlySet<string> = new Set([
  "ENOENT",
  "ENOTDIR",
  "ENAMETOOLONG",
  "EISDIR",
  "EINVAL",
]);
const deniedCodes: ReadonlySet<string> = new Set(["EACCES", "EPERM", "ELOOP"]);

/**
 * Files below a folder of this machine's disk; Node only. Links inside the folder are followed, those that lead out of it
 * are "denied": who opens somebody else's Zarr does not read files of their own through it.
 */
export class DirectoryStore implements Store {
  readonly spec: Extract<StoreSpec, { kind: "directory" }>;
  readonly origin: string;
  readonly #root: string;
  #realRoot: Promise<string> | undefined;

  constructor(root: string) {
    this.#root = resolve(root);
    this.origin = `directory:${this.#root}`;
    this.spec = { kind: "directory", root: this.#root };
  }

  async get(path: NodePath, options: StoreReadOptions = {}): Promise<StoreObject | undefined> {
    options.signal?.throwIfAborted();
    return this.#withFile(path, async (file, size) => {
      const { offset, length } = placeOf(options.range, size);
      if (offset + length > size) {
        const asked = `Bytes ${offset} to ${offset + length} were asked for`;
        throw this.#error("range", path, `${asked}, but ${this.#fileOf(path)} has ${size}.`);
      }
      if (length > (options.maxBytes ?? Number.MAX_SAFE_INTEGER)) {
        const limit = `more than the ${options.maxBytes} that may be there`;
        throw this.#error("too-large", path, `${this.#fileOf(path)} has ${size} bytes, ${limit}.`);
      }
      const bytes = new Uint8Array(length);
      const got = await readFully(file, bytes, offset);
      if (got < length) {
        const message = `${this.#fileOf(path)} became shorter while it was read.`;
        throw this.#error("truncated", path, message);
      }
      return { bytes, totalBytes: size, transferredBytes: length, protocol: undefined };
    });
  }

  size(path: NodePath): Promise<number | undefined> {
    return this.#withFile(path, async (_, size) => size);
  }

  /** Names of the folders in a folder, sorted; none if it is missing or may not be read. */
  async folders(path: NodePath): Promise<readonly string[]> {
    const folder = await this.#resolve(path).catch(() => undefined);
    if (folder === undefined && path !== "") return [];
    const entries = await readdir(folder ?? this.#root, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => name)
      .sort();
  }

  /** Opens a regular file that lies below the root; undefined if there is none. */
  async #withFile<T>(
    path: NodePath,
    use: (file: FileHandle, size: number) => Promise<T>,
  ): Promise<T | undefined> {
    let file: FileHandle | undefined;
    try {
      const target = await this.#resolve(path);
      if (target === undefined) return undefined;
      // Looked at before it is opened: opening a pipe would wait for its other end.
      if (!(await stat(target)).isFile()) return undefined;
      file = await open(target, "r");
      return await use(file, (await file.stat()).size);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      return this.#undefinedIfMissing(path, error);
    } finally {
      await file?.close();
    }
  }

  /** Where the key lies once all links are followed. */
  async #resolve(path: NodePath): Promise<string | undefined> {
    this.#realRoot ??= realpath(this.#root);
    const root = await this.#realRoot;
    const target = await realpath(this.#fileOf(path));
    if (target === root) return undefined;
    if (target.startsWith(root.endsWith(sep) ? root : root + sep)) return target;
    const message = `${this.#fileOf(path)} is a link that leads out of the folder; it is not followed.`;
    throw this.#error("denied", path, message);
  }

  #undefinedIfMissing(path: NodePath, cause: unknown): undefined {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    if (missingCodes.has(code)) return undefined;
    const file = this.#fileOf(path);
    if (deniedCodes.has(code)) {
      throw this.#error("denied", path, `${file} may not be read (${code}).`, cause);
    }
    throw this.#error("disk", path, `${file} could not be read (${code}).`, cause);
  }

  #fileOf(path: NodePath): string {
    return join(this.#root, path);
  }

  #error(kind: StoreErrorKind, path: NodePath, message: string, cause?: unknown): StoreError {
    return new StoreError(kind, message, { url: pathToFileURL(this.#fileOf(path)).href, cause });
  }
}

/** A suffix that is longer than the file is the whole file, as in HTTP. */
function placeOf(range: ByteRange | undefined, size: number): { offset: number; length: number } {
  if (range === undefined) return { offset: 0, length: size };
  if ("offset" in range) return range;
  const length = Math.min(range.suffixLength, size);
  return { offset: size - length, length };
}

/** @returns how many bytes there were */
async function readFully(file: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesRead } = await file.read(bytes, done, bytes.byteLength - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
