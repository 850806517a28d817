import type { JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";

/** Where an image of a collection is. */
export type MemberPlace =
  /** A node of the store; `entry` is the index in its `multiscales` (N4-20). */
  | { readonly kind: "node"; readonly path: NodePath; readonly entry: number }
  /** Described by the collection itself (RFC-8); `base` is the group to which its paths are relative. */
  | { readonly kind: "inline"; readonly base: NodePath; readonly attributes: JsonObject }
  /** Named by the metadata, but not to be followed; `reason` ends the sentence "It …". */
  | { readonly kind: "refused"; readonly named: string; readonly reason: string };

/** One image, as far as the collection itself tells. */
export type CollectionMember = {
  readonly place: MemberPlace;
  /** undefined: the collection gives it none. */
  readonly name: string | undefined;
  /** A label image, which is of little use without the image below it. */
  readonly isLabel: boolean;
};

/** Several images behind one address. The position in `members` is the image's number in links: it never shifts. */
export type ImageCollection = {
  readonly kind: "bioformats2raw" | "group" | "multiscales" | "rfc8";
  /** The node that holds it. */
  readonly path: NodePath;
  /** At least one. */
  readonly members: readonly CollectionMember[];
  /** Nothing lists the images: those that follow are called by the next numbers, and have to be looked for (N4-72). */
  readonly isOpenEnded: boolean;
  readonly problems: readonly Problem[];
};

/** More images than this are not listed. */
export const maxMembers = 10_000;

/** A member that is a node of its own. */
export function memberAt(path: NodePath, name?: string, isLabel = false): CollectionMember {
  return { place: { kind: "node", path, entry: 0 }, name, isLabel };
}
