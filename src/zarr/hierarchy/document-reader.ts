import { type JsonParseResult, maxJsonBytes, parseJson } from "../array/parse-json.ts";
import { MetadataError } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";
import { maxAttempts, maxThrottles, pause, retryDelayMs } from "../store/retry-policy.ts";
import type { Store } from "../store/store.ts";
import { StoreError, type StoreErrorKind } from "../store/store-error.ts";
import type { Document } from "./zarr-node.ts";

/** Longer documents go to `DocumentReaderOptions.parseJson`. */
export const largeDocumentBytes = 256 * 1024;

/** What came of asking for one metadata key. "invalid": it is there, but not JSON. */
export type Attempt = {
  readonly path: NodePath;
  readonly outcome: "found" | "missing" | "invalid" | StoreErrorKind;
  /** Of a web page that came instead. */
  readonly pageWords?: string;
};

export type DocumentReaderOptions = {
  /** Parses long documents off the page's thread; by default they are parsed here. */
  readonly parseJson?: (bytes: Uint8Array<ArrayBuffer>, where: string) => Promise<JsonParseResult>;
  /** Ends all reading. */
  readonly signal?: AbortSignal;
  /** Delay before a further try; the policy of chunks by default. */
  readonly delayMs?: (attempts: number, error: StoreError) => number;
};

export type DocumentRead =
  | { readonly kind: "found"; readonly document: Document }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly error: StoreError | MetadataError };

/** Reads metadata documents, each once; what failed for want of a server may be asked for again. */
export class DocumentReader {
  readonly #store: Store;
  readonly #options: DocumentReaderOptions;
  readonly #reads = new Map<NodePath, Promise<DocumentRead>>();
  readonly #attempts: Attempt[] = [];

  constructor(store: Store, options: DocumentReaderOptions) {
    this.#store = store;
    this.#options = options;
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** True once any document was read: the source exists, and may be read. */
  get hasFound(): boolean {
    return this.#attempts.some(({ outcome }) => outcome === "found");
  }

  /** Forgets what was read, or found missing, so that it is asked for again. */
  forget(isMeant: (key: NodePath) => boolean): void {
    for (const key of this.#reads.keys()) if (isMeant(key)) this.#reads.delete(key);
  }

  /** Rejects only if it is aborted. */
  read(key: NodePath, signal = this.#options.signal): Promise<DocumentRead> {
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const read = this.#read(key, signal);
    this.#reads.set(key, read);
    const forget = () => this.#reads.delete(key);
    read.then((result) => {
      if (result.kind === "failed" && result.error instanceof StoreError) forget();
    }, forget);
    return read;
  }

  async #read(key: NodePath, signal: AbortSignal | undefined): Promise<DocumentRead> {
    try {
      const bytes = await this.#fetch(key, signal);
      if (bytes === undefined) return this.#ended(key, "missing", { kind: "missing" });
      const document = await this.#parse(bytes, key);
      return this.#ended(key, "found", { kind: "found", document });
    } catch (error) {
      if (error instanceof StoreError)
        return this.#ended(key, error.kind, { kind: "failed", error }, error.pageWords);
      if (error instanceof MetadataError)
        return this.#ended(key, "invalid", { kind: "failed", error });
      throw error;
    }
  }

  #ended(
    path: NodePath,
    outcome: Attempt["outcome"],
    read: DocumentRead,
    pageWords?: string,
  ): DocumentRead {
    this.#attempts.push({ path, outcome, ...(pageWords === undefined ? {} : { pageWords }) });
    return read;
  }

  async #fetch(
    key: NodePath,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { delayMs = defaultDelayMs } = this.#options;
    for (let attempts = 1; ; attempts++) {
      try {
        const options = { maxBytes: maxJsonBytes, ...(signal === undefined ? {} : { signal }) };
        return (await this.#store.get(key, options))?.bytes;
      } catch (error) {
        if (!(error instanceof StoreError) || !error.retryable || attempts >= maxTries(error))
          throw error;
        await pause(delayMs(attempts, error), signal);
      }
    }
  }

  async #parse(bytes: Uint8Array<ArrayBuffer>, where: string): Promise<JsonParseResult> {
    const { parseJson: parseElsewhere } = this.#options;
    if (parseElsewhere === undefined || bytes.byteLength <= largeDocumentBytes) {
      return parseJson(bytes, where);
    }
    try {
      return await parseElsewhere(bytes, where);
    } catch (cause) {
      if (cause instanceof MetadataError) throw cause;
      const received = cause instanceof Error ? cause.message : String(cause);
      throw new MetadataError(
        { code: "ZS-JSON", severity: "error", path: `${where}#`, expected: "JSON", received },
        `The document "${where}" could not be read: ${received}`,
        { cause },
      );
    }
  }
}

/** Without an answer people wait for, four tries are too long: nothing may be there, or CORS be missing on a 404. */
function maxTries(error: StoreError): number {
  if (error.status === 429) return maxThrottles;
  return error.kind === "network" || error.kind === "timeout" ? 2 : maxAttempts;
}

function defaultDelayMs(attempts: number, error: StoreError): number {
  return retryDelayMs(attempts, Math.random(), error.retryAfterMs);
}
