import { groupKind } from "../ome/node-kind.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import { type CollectionMember, type ImageCollection, memberAt } from "./image-collection.ts";
import type { NodeReader } from "./node-reader.ts";

/** Images are looked for up to this number. */
const maxNumber = 1024;
/** So many are asked for at once; as many requests go to nothing at the end. */
const atOnce = 3;

/**
 * Images called by consecutive numbers from `first` on, until the first number that is none (N4-72). `found` hears of each lot, so that
 * a long row can be shown while it is still being walked along.
 */
export async function findNumberedImages(
  reader: NodeReader,
  base: NodePath,
  first: number,
  found: (members: readonly CollectionMember[]) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let from = first; from < maxNumber; from += atOnce) {
    const numbers = Array.from({ length: atOnce }, (_, k) => from + k);
    const members = await Promise.all(
      numbers.map(async (number) => ({
        path: joinPath(base, String(number)),
        isImage: await isImageAt(reader, base, String(number)),
      })),
    );
    if (signal.aborted) return;
    const missing = members.findIndex(({ isImage }) => !isImage);
    const here = missing < 0 ? members : members.slice(0, missing);
    if (here.length > 0) found(here.map(({ path }) => memberAt(path)));
    if (missing >= 0) return;
  }
}

/**
 * An open-ended collection in which the image of a number is taken to be there, with all before it: a link names it, and it is opened before
 * the row is walked along.
 */
export function withNumbers(collection: ImageCollection, last: number): ImageCollection {
  const { members, path, isOpenEnded } = collection;
  if (!isOpenEnded || last < members.length || last >= maxNumber) return collection;
  const further = Array.from({ length: last + 1 - members.length }, (_, k) =>
    memberAt(joinPath(path, String(members.length + k))),
  );
  return { ...collection, members: [...members, ...further] };
}

/** Whether there is an image; what cannot be read is none, for this is a guess. */
export async function isImageAt(
  reader: NodeReader,
  base: NodePath,
  relative: string,
): Promise<boolean> {
  try {
    const node = await reader.node(joinPath(base, relative), {
      expect: "group",
      onlyFormat: "own",
    });
    return node?.kind === "group" && groupKind(node.attributes).kind === "multiscales";
  } catch {
    return false;
  }
}
