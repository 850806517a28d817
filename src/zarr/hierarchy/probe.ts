import { isJsonObject } from "../array/metadata-reading.ts";
import { MetadataError, type Problem } from "../problem.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import { StoreError } from "../store/store-error.ts";
import type { DocumentRead, DocumentReader } from "./document-reader.ts";
import {
  type Document,
  nodeFromV1,
  nodeFromV2,
  nodeFromV3,
  type V3Options,
  type ZarrNode,
} from "./zarr-node.ts";

/** What asking for a node in one format gave. Without a node, `errors` says what else than absence was met. */
export type Tried = {
  readonly node: ZarrNode | undefined;
  readonly errors: readonly (StoreError | MetadataError)[];
};

/** `document` is the `zarr.json`, whether or not it makes a node. */
export type TriedV3 = Tried & { readonly document?: Document };

/** Asks for `zarr.json`. Rejects only if it is aborted. */
export async function readV3(
  documents: DocumentReader,
  path: NodePath,
  options: V3Options,
): Promise<TriedV3> {
  const read = await documents.read(joinPath(path, "zarr.json"));
  if (read.kind !== "found") return { node: undefined, errors: errorsOf([read]) };
  const { document } = read;
  return { ...attempt(() => nodeFromV3(path, document, options)), document };
}

/**
 * Asks for one document of v2 that says enough where hundreds of nodes of one kind are read: an array's `.zarray`, a group's `.zattrs` with
 * anything in it. An array's attributes stay unknown, and whether there is a `.zgroup` does. undefined if that document does not do.
 */
export async function readSparing(
  documents: DocumentReader,
  path: NodePath,
  expect: "array" | "group",
): Promise<ZarrNode | undefined> {
  const read = await documents.read(joinPath(path, expect === "array" ? ".zarray" : ".zattrs"));
  if (read.kind !== "found") return undefined;
  const { document } = read;
  if (expect === "array") {
    return attempt(() =>
      nodeFromV2(path, { zarray: document, zgroup: undefined, zattrs: undefined }),
    ).node;
  }
  if (!isJsonObject(document.value) || Object.keys(document.value).length === 0) return undefined;
  return nodeFromV2(path, { zarray: undefined, zgroup: assumedGroup, zattrs: document });
}

const assumedGroup: Document = {
  value: { zarr_format: 2 },
  exactIntegers: new Map(),
  problems: [],
};

/**
 * Asks for v2's documents together: `.zattrs`, `.zarray` and `.zgroup`. With an expectation the third is asked for only if the
 * expected one is not there. Rejects only if it is aborted.
 */
export async function readV2(
  documents: DocumentReader,
  path: NodePath,
  expect?: "array" | "group",
): Promise<Tried> {
  const readFile = (name: string) => documents.read(joinPath(path, name));
  const readWithout = async (expected: string, name: string) =>
    (await readFile(expected)).kind === "found" ? absent : readFile(name);
  const readingAttributes = readFile(".zattrs");
  const readingArray = expect === "group" ? readWithout(".zgroup", ".zarray") : readFile(".zarray");
  const readingGroup = expect === "array" ? readWithout(".zarray", ".zgroup") : readFile(".zgroup");
  const [attributes, array, group] = await Promise.all([
    readingAttributes,
    readingArray,
    readingGroup,
  ]);
  const reads = [array, group, attributes];
  if (reads.every(({ kind }) => kind !== "found")) {
    return { node: undefined, errors: errorsOf(reads) };
  }
  const isArray = array.kind === "found";
  // Without its attributes an array is an array still, but a group may be an image that looks like none.
  const isVital = attributes.kind === "failed" && !isArray && !meansAbsent(attributes.error);
  if (isVital) return { node: undefined, errors: [attributes.error] };
  const [zarray, zgroup, zattrs] = reads.map(documentOf);
  const tried = attempt(() => nodeFromV2(path, { zarray, zgroup, zattrs }));
  if (tried.node === undefined || attributes.kind !== "failed") return tried;
  const problems = [...tried.node.problems, unreadable(path, attributes.error)];
  return { ...tried, node: { ...tried.node, problems } };
}

/**
 * Asks for v1's `meta`, and for `attrs` if that is there. Only a document of format 1 counts: other things are called `meta`, too. Rejects
 * only if it is aborted.
 */
export async function readV1(documents: DocumentReader, path: NodePath): Promise<Tried> {
  const meta = await documents.read(joinPath(path, "meta"));
  if (meta.kind !== "found") return { node: undefined, errors: [] };
  const { document } = meta;
  if (!isJsonObject(document.value) || document.value.zarr_format !== 1) {
    return { node: undefined, errors: [] };
  }
  const attrs = documentOf(await documents.read(joinPath(path, "attrs")));
  return attempt(() => nodeFromV1(path, document, attrs));
}

const absent: DocumentRead = { kind: "missing" };

function attempt(parse: () => ZarrNode): Tried {
  try {
    return { node: parse(), errors: [] };
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    return { node: undefined, errors: [error] };
  }
}

function documentOf(read: DocumentRead): Document | undefined {
  return read.kind === "found" ? read.document : undefined;
}

function errorsOf(reads: readonly DocumentRead[]): (StoreError | MetadataError)[] {
  return reads.flatMap((read) => (read.kind === "failed" ? [read.error] : []));
}

/** Beside a document that could be read, a denial is how object stores say "missing", and a web page how some sites do. */
function meansAbsent(error: StoreError | MetadataError): boolean {
  return error instanceof StoreError && (error.kind === "denied" || error.kind === "html");
}

function unreadable(path: NodePath, error: StoreError | MetadataError): Problem {
  return {
    code: "ZS-UNREADABLE",
    severity: error instanceof StoreError && meansAbsent(error) ? "info" : "warning",
    path: joinPath(path, ".zattrs"),
    expected: "found or missing; read as missing",
    received: error.message,
  };
}
