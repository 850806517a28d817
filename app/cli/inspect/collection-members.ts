import type { Hierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import { findCollection } from "../../../src/zarr/image/find-collection.ts";
import type { ImageCollection, MemberPlace } from "../../../src/zarr/image/image-collection.ts";
import { maxOmeXmlBytes, omeXmlImageNames } from "../../../src/zarr/ome/ome-xml-names.ts";
import { joinPath, rootPath } from "../../../src/zarr/store/node-path.ts";
import type { Source } from "../source.ts";
import type { ReportMember, ReportMembers } from "./report.ts";

/** The images of a source that holds several: bioformats2raw, RFC-8, a group of images, several multiscales; none if it does not. */
export async function collectionMembers(
  hierarchy: Hierarchy,
  { rootUrl, store }: Source,
): Promise<readonly ReportMembers[]> {
  const collection = await findCollection(hierarchy, rootPath, rootUrl);
  if (collection === undefined) return [];
  const names = collection.kind === "bioformats2raw" ? await namesOf(store) : [];
  const images = membersOf(collection, names, false);
  const labels = membersOf(collection, names, true);
  return [
    ...(images.length === 0
      ? []
      : [{ kind: "images", count: images.length, items: images } as const]),
    ...(labels.length === 0
      ? []
      : [{ kind: "labels", count: labels.length, items: labels } as const]),
  ];
}

function membersOf(
  { members }: ImageCollection,
  names: readonly string[],
  isLabel: boolean,
): ReportMember[] {
  return [...members.entries()]
    .filter(([, member]) => member.isLabel === isLabel)
    .map(([index, { place, name }]) => ({
      ...memberAt(place),
      name: name ?? (names[index] || null),
    }));
}

function memberAt(place: MemberPlace): Pick<ReportMember, "path" | "summary"> {
  switch (place.kind) {
    case "node":
      return { path: place.path, summary: null };
    case "inline":
      return { path: place.base, summary: null };
    case "refused":
      return { path: place.named, summary: `not followed: it ${place.reason}` };
  }
}

/** Names of the images in OME-XML, in their order (N4-74); a help only, that may be missing. */
async function namesOf(store: Source["store"]): Promise<readonly string[]> {
  try {
    const options = { maxBytes: maxOmeXmlBytes };
    const document = await store.get(joinPath(rootPath, "OME/METADATA.ome.xml"), options);
    return document === undefined ? [] : await omeXmlImageNames(document.bytes);
  } catch {
    return [];
  }
}
