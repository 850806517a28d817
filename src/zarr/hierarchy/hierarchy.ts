import { withPart } from "../array/element-part.ts";
import type { JsonValue } from "../json.ts";
import { MetadataError, type Problem } from "../problem.ts";
import { joinPath, type NodePath, rootPath } from "../store/node-path.ts";
import type { Store } from "../store/store.ts";
import { StoreError, type StoreErrorKind } from "../store/store-error.ts";
import { ConsolidatedMetadata } from "./consolidated-metadata.ts";
import { type Attempt, DocumentReader, type DocumentReaderOptions } from "./document-reader.ts";
import { readSparing, readV1, readV2, readV3, type Tried } from "./probe.ts";
import { nodeFromV2, nodeFromV3, type V3Options, type ZarrNode } from "./zarr-node.ts";

export type HierarchyOptions = DocumentReaderOptions &
  V3Options & {
    /** What is shown of elements that are no plain numbers, where they have it (`elementParts`). */
    readonly part?: string;
    /** The version of Zarr, where it is known: the root is not probed for others. */
    readonly format?: 2 | 3;
  };

/** What a node is believed to be: saves a request in v2. It is found all the same if it is the other. */
export type NodeHint = {
  readonly expect?: "array" | "group";
  /** Not asked for in the other format if it is not there in the hierarchy's own: for what is optional and often absent. */
  readonly onlyFormat?: "own";
  /** One document is enough (`readSparing`). */
  readonly sparing?: boolean;
};

/** Groups of consolidated metadata that are told below one. */
const maxNodesBelow = 10_000;

/**
 * The nodes below a store's root, v2 and v3. The root is probed for both formats at once; after that only the format that was found
 * is asked for, the other one where nothing is there (N5-10). Each document is requested once.
 */
export class Hierarchy {
  readonly store: Store;
  readonly #documents: DocumentReader;
  readonly #signal: AbortSignal | undefined;
  readonly #part: string | undefined;
  readonly #v3Options: V3Options;
  readonly #consolidated = new ConsolidatedMetadata();
  readonly #nodes = new Map<NodePath, Promise<ZarrNode | undefined>>();
  #format: 1 | 2 | 3 | undefined;
  /** v2's consolidated metadata on its way; every node below the root waits for it. */
  #consolidating: Promise<void> = Promise.resolve();

  constructor(store: Store, options: HierarchyOptions = {}) {
    this.store = store;
    this.#documents = new DocumentReader(store, options);
    this.#signal = options.signal;
    this.#part = options.part;
    this.#v3Options = { passOverUnknown: options.passOverUnknown === true };
    this.#format = options.format;
  }

  /** Every key that was asked for so far and what came of it, for the message when nothing was found. */
  get attempts(): readonly Attempt[] {
    return this.#documents.attempts;
  }

  /** Format of the first node that was found. */
  get zarrFormat(): 1 | 2 | 3 | undefined {
    return this.#format;
  }

  /**
   * The node at `path`, undefined if there is none (`attempts` says what was tried).
   * @throws MetadataError if it cannot be read, StoreError if the store fails or denies access
   */
  node(path: NodePath, hint: NodeHint = {}): Promise<ZarrNode | undefined> {
    const known = this.#nodes.get(path);
    if (known !== undefined) return known;
    const node = this.#shown(this.#load(path, hint));
    // Half an answer is none for who asks in full.
    if (hint.onlyFormat !== undefined) return node;
    this.#nodes.set(path, node);
    node.catch(() => this.#nodes.delete(path));
    return node;
  }

  /** Forgets a node and all below it, so that they are asked for again. */
  forget(path: NodePath): void {
    for (const known of this.#nodes.keys()) if (isWithin(known, path)) this.#nodes.delete(known);
    this.#documents.forget((key) => isWithin(key, path));
  }

  /** Groups below `path` that consolidated metadata tell of; they may be stale, and there may be others. Asks for nothing. */
  async groupsBelow(path: NodePath): Promise<readonly NodePath[]> {
    await this.#consolidating;
    return this.#consolidated.nodesBelow(path, "group", maxNodesBelow);
  }

  /** As `groupsBelow`, of arrays. */
  async arraysBelow(path: NodePath): Promise<readonly NodePath[]> {
    await this.#consolidating;
    return this.#consolidated.nodesBelow(path, "array", maxNodesBelow);
  }

  /**
   * A JSON document that is no node's metadata; undefined if there is none.
   * @throws MetadataError if it is not JSON, StoreError if the store fails
   */
  async document(path: NodePath): Promise<JsonValue | undefined> {
    const read = await this.#documents.read(path);
    if (read.kind === "failed") throw read.error;
    return read.kind === "found" ? read.document.value : undefined;
  }

  async #shown(loading: Promise<ZarrNode | undefined>): Promise<ZarrNode | undefined> {
    const node = await loading;
    if (this.#part === undefined || node?.kind !== "array") return node;
    return { ...node, metadata: withPart(node.metadata, this.#part) };
  }

  async #load(path: NodePath, hint: NodeHint): Promise<ZarrNode | undefined> {
    if (this.#format === undefined) return this.#probe(path);
    if (this.#format === 2) await this.#consolidating;
    const copied = this.#fromConsolidated(path);
    if (copied !== undefined) return copied;
    const first = this.#format === 3 ? await this.#tryV3(path) : await this.#tryV2(path, hint);
    if (first.node !== undefined) return first.node;
    if (hint.onlyFormat === "own" || first.errors.some(isMetadataError))
      return this.#giveUp(first.errors);
    const second = this.#format === 3 ? await this.#tryV2(path, hint) : await this.#tryV3(path);
    return second.node ?? this.#giveUp([...first.errors, ...second.errors]);
  }

  /** Both formats in one round trip. */
  async #probe(path: NodePath): Promise<ZarrNode | undefined> {
    const trying2 = this.#tryV2(path, {});
    // It may be aborted while nobody waits for it yet, or any more.
    trying2.catch(() => undefined);
    const stopConsolidating = path === rootPath ? this.#startConsolidating() : () => undefined;
    const v3 = await this.#tryV3(path);
    const isEmptyV3 = v3.node?.kind === "group" && isEmpty(v3.node.attributes);
    if (v3.node !== undefined && !isEmptyV3) {
      stopConsolidating();
      return this.#found(v3.node);
    }
    const v2 = await trying2;
    const isRicher = v2.node?.kind === "array" || (v2.node && !isEmpty(v2.node.attributes));
    if (v3.node !== undefined && !isRicher) {
      stopConsolidating();
      return this.#found(v3.node);
    }
    if (v2.node === undefined) {
      stopConsolidating();
      return this.#tryV1(path, [...v3.errors, ...v2.errors]);
    }
    if (v2.node.kind === "array") stopConsolidating();
    const notes =
      v3.node === undefined ? v3.errors.map((error) => noteOf(path, error)) : [emptyV3Note(path)];
    return this.#found({ ...v2.node, problems: [...notes, ...v2.node.problems] });
  }

  #found(node: ZarrNode): ZarrNode {
    this.#format ??= node.kind === "array" ? node.metadata.zarrFormat : node.zarrFormat;
    return node;
  }

  /** v1 has one array and nothing else, so that it is looked for where nothing of the others is. */
  async #tryV1(path: NodePath, errors: Tried["errors"]): Promise<ZarrNode | undefined> {
    if (errors.some(isGrave)) return this.#giveUp(errors);
    const v1 = await readV1(this.#documents, path);
    return v1.node === undefined ? this.#giveUp([...errors, ...v1.errors]) : this.#found(v1.node);
  }

  async #tryV3(path: NodePath): Promise<Tried> {
    const tried = await readV3(this.#documents, path, this.#v3Options);
    if (tried.document !== undefined) this.#consolidated.addV3(path, tried.document);
    return tried;
  }

  async #tryV2(path: NodePath, { expect, sparing }: NodeHint): Promise<Tried> {
    const spared = sparing && expect ? await readSparing(this.#documents, path, expect) : undefined;
    return spared ? { node: spared, errors: [] } : readV2(this.#documents, path, expect);
  }

  /** @returns a function that breaks off reading `.zmetadata`, which may be long */
  #startConsolidating(): () => void {
    const stop = new AbortController();
    const signal =
      this.#signal === undefined ? stop.signal : AbortSignal.any([stop.signal, this.#signal]);
    const read = this.#documents.read(joinPath(rootPath, ".zmetadata"), signal);
    this.#consolidating = read.then(
      (result) => {
        if (result.kind === "found") this.#consolidated.addV2(rootPath, result.document);
      },
      () => undefined,
    );
    return () => stop.abort();
  }

  #fromConsolidated(path: NodePath): ZarrNode | undefined {
    const copies = this.#consolidated;
    try {
      const document = copies.v3Document(path);
      if (document !== undefined) {
        const node = nodeFromV3(path, document, this.#v3Options);
        copies.addV3(path, document);
        return node;
      }
      const zarray = copies.v2Document(path, ".zarray");
      const zgroup = copies.v2Document(path, ".zgroup");
      if (zarray === undefined && zgroup === undefined) return undefined;
      return nodeFromV2(path, { zarray, zgroup, zattrs: copies.v2Document(path, ".zattrs") });
    } catch (error) {
      // A stale copy: the document itself decides.
      if (error instanceof MetadataError) return undefined;
      throw error;
    }
  }

  /**
   * Nothing was found. A broken document or a failing store is the reason; a denial only while nothing at all could be read, since
   * object stores deny what does not exist (ZH-01). A web page counts as missing.
   */
  #giveUp(errors: readonly (StoreError | MetadataError)[]): undefined {
    const grave = errors.filter(isGrave);
    const gravest = grave.find(isMetadataError) ?? grave[0];
    if (gravest !== undefined) throw gravest;
    const denial = errors.find((error) => isStoreError(error, "denied"));
    if (denial !== undefined && !this.#documents.hasFound) throw denial;
    return undefined;
  }
}

function isWithin(path: NodePath, base: NodePath): boolean {
  return path === base || base === rootPath || path.startsWith(`${base}/`);
}

/** The hierarchy of a store. Nothing is requested before the first `node`. */
export function openHierarchy(store: Store, options: HierarchyOptions = {}): Hierarchy {
  return new Hierarchy(store, options);
}

function isGrave(error: StoreError | MetadataError): boolean {
  return !isStoreError(error, "denied") && !isStoreError(error, "html");
}

function isMetadataError(error: unknown): boolean {
  return error instanceof MetadataError;
}

function isStoreError(error: unknown, kind: StoreErrorKind): boolean {
  return error instanceof StoreError && error.kind === kind;
}

function isEmpty(attributes: object): boolean {
  return Object.keys(attributes).length === 0;
}

function emptyV3Note(path: NodePath): Problem {
  return {
    code: "N5-10",
    severity: "info",
    path: `${joinPath(path, "zarr.json")}#/attributes`,
    expected: "attributes; those of Zarr v2 beside it are used",
    received: "none",
  };
}

function noteOf(path: NodePath, error: StoreError | MetadataError): Problem {
  if (error instanceof MetadataError) return { ...error.problem, severity: "warning" };
  return {
    code: "ZS-UNREADABLE",
    severity: "info",
    path: joinPath(path, "zarr.json"),
    expected: "found or missing; read as missing",
    received: error.message,
  };
}
