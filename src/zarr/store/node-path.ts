declare const brand: unique symbol;

/**
 * Path of a node or key below a store's root: segments joined by "/", no leading or trailing slash, the root is "".
 * Only the functions of this file make one, so that a path that holds still holds everywhere. Segments are
 * literal names: a percent sign is data, and a store encodes it.
 */
export type NodePath = string & { readonly [brand]: true };

/** A path that could leave the root, or that no Zarr key may have. `path` is the text that was refused. */
export class PathError extends Error {
  override readonly name = "PathError";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`The path ${shown(path)} ${reason}.`);
    this.path = path;
  }
}

/** The root of a store. */
export const rootPath: NodePath = brandPath([]);

/**
 * Parses a path below the root. One leading "/", trailing and doubled slashes and "." segments are dropped
 * (Zarr v2 spec, "Logical storage paths").
 * @throws PathError
 */
export function nodePath(text: string): NodePath {
  return brandPath(resolve([], text, "refuse-parent"));
}

/**
 * Path of `relative` (as metadata names it, several segments are usual) below `base`. A leading "/" is dropped: it is
 * never the root of the server.
 * @throws PathError, also for ".."
 */
export function joinPath(base: NodePath, relative: string): NodePath {
  return brandPath(resolve(segmentsOf(base), relative, "refuse-parent"));
}

/**
 * As `joinPath`, but ".." goes one up as long as that stays below the root (OME-NGFF `image-label.source.image`).
 * @throws PathError where it would leave the root
 */
export function resolveWithin(base: NodePath, relative: string): NodePath {
  return brandPath(resolve(segmentsOf(base), relative, "allow-parent"));
}

/** The path one up; undefined for the root. */
export function parentPath(path: NodePath): NodePath | undefined {
  return path === "" ? undefined : brandPath(segmentsOf(path).slice(0, -1));
}

/** The last segment; "" for the root. */
export function baseName(path: NodePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The segments; none for the root. */
export function segmentsOf(path: NodePath): string[] {
  return path === "" ? [] : path.split("/");
}

function resolve(
  base: readonly string[],
  text: string,
  parents: "refuse-parent" | "allow-parent",
): string[] {
  if (text.includes("\\")) throw new PathError(text, "holds a backslash");
  if (hasControlCharacter(text)) throw new PathError(text, "holds a control character");
  // A lone surrogate cannot be encoded.
  if (/\p{Surrogate}/u.test(text)) throw new PathError(text, "is not well-formed Unicode");
  if (text.startsWith("//")) throw new PathError(text, "looks like the address of another server");
  if (/^\/?[a-z][a-z0-9+.-]*:/i.test(text)) {
    throw new PathError(text, "looks like a URL, not like a path inside the store");
  }
  const segments = [...base];
  for (const segment of text.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") {
      segments.push(segment);
      continue;
    }
    if (parents === "refuse-parent") throw new PathError(text, 'holds ".."');
    if (segments.pop() === undefined) throw new PathError(text, "leads out of the store");
  }
  return segments;
}

function brandPath(segments: readonly string[]): NodePath {
  return segments.join("/") as NodePath;
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}

function shown(path: string): string {
  return JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}…` : path);
}
