import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { NumpyType } from "../../../src/zarr/array/stored-item.ts";
import { DataError, UsageError } from "../exit-code.ts";
import { npyHeader } from "./npy-header.ts";

/** A NumPy file under way. It gets its name when it is complete; until then it lies beside it under another one. */
export class NpyFile {
  readonly #file: FileHandle;
  readonly #draft: string;
  readonly #target: string;
  readonly #dataOffset: number;

  private constructor(file: FileHandle, draft: string, target: string, dataOffset: number) {
    this.#file = file;
    this.#draft = draft;
    this.#target = target;
    this.#dataOffset = dataOffset;
  }

  /**
   * Starts the file `path` of `dataBytes` bytes of elements.
   * @throws UsageError if nothing can be written there; DataError if the disk has no room
   */
  static async create(
    path: string,
    type: NumpyType,
    shape: readonly number[],
    dataBytes: number,
  ): Promise<NpyFile> {
    const target = resolve(path);
    const existing = await stat(target).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) {
      throw new UsageError(`${target} is no file; give the name of one.`);
    }
    const draft = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    const header = npyHeader(type, shape);
    let file: FileHandle;
    try {
      file = await open(draft, "wx");
    } catch (error) {
      throw new UsageError(`${target} cannot be written: ${reasonOf(error)}.`);
    }
    const npy = new NpyFile(file, draft, target, header.byteLength);
    await npy.#guarded(async () => {
      await file.truncate(header.byteLength + dataBytes);
      await writeFully(file, header, 0);
    });
    return npy;
  }

  /** Writes elements at a position that counts from the first element. @throws DataError */
  write(bytes: Uint8Array<ArrayBuffer>, position: number): Promise<void> {
    return this.#guarded(() => writeFully(this.#file, bytes, this.#dataOffset + position));
  }

  /** All is written: the file takes its name, in place of an older one. @throws DataError */
  async finish(): Promise<void> {
    await this.#guarded(async () => {
      await this.#file.close();
      await rename(this.#draft, this.#target);
    });
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#draft, { force: true });
  }

  async #guarded(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      await this.discard();
      throw new DataError(`${this.#target} could not be written: ${reasonOf(error)}.`);
    }
  }
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      done,
      bytes.byteLength - done,
      position + done,
    );
    done += bytesWritten;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
