import { type Hierarchy, openHierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import type { GroupNode } from "../../../src/zarr/hierarchy/zarr-node.ts";
import { notFound } from "../../../src/zarr/image/no-image-failures.ts";
import { OpenFailureError } from "../../../src/zarr/image/open-failure.ts";
import { openImage } from "../../../src/zarr/image/open-image.ts";
import { type GroupKind, groupKind } from "../../../src/zarr/ome/node-kind.ts";
import { omeAttributes } from "../../../src/zarr/ome/ome-attributes.ts";
import { statedVersion } from "../../../src/zarr/ome/version.ts";
import { joinPath, rootPath } from "../../../src/zarr/store/node-path.ts";
import { version } from "../../version.ts";
import { failureOf } from "../failure.ts";
import type { Source } from "../source.ts";
import { type Description, describeArray, describeImage, nothing } from "./describe-image.ts";
import type { InspectReport, ReportMembers, SourceKind } from "./report.ts";

type Identity = Pick<InspectReport, "kind" | "zarrFormat" | "omeVersion" | "members">;

const unknown: Identity = { kind: null, zarrFormat: null, omeVersion: null, members: [] };

/** Reads the metadata of a source and says what is there. Never rejects for the data's sake: that is in the report. */
export async function inspectSource({ store, shown, rootName }: Source): Promise<InspectReport> {
  const hierarchy = openHierarchy(store);
  const report = (identity: Identity, description: Description): InspectReport => {
    return { schema: 1, zarrscope: version, source: shown, ...identity, ...description };
  };
  try {
    const node = await hierarchy.node(rootPath);
    if (node === undefined) {
      throw new OpenFailureError(notFound(rootPath, hierarchy.attempts));
    }
    if (node.kind === "array") {
      const { metadata, problems } = node;
      const identity: Identity = { ...unknown, kind: "array", zarrFormat: metadata.zarrFormat };
      return report(identity, describeArray(metadata, rootName, problems));
    }
    const kind = groupKind(node.attributes);
    const identity: Identity = {
      kind: sourceKind(kind),
      zarrFormat: node.zarrFormat,
      omeVersion: omeVersion(node) ?? null,
      members: await membersOf(hierarchy, kind),
    };
    return report(identity, await describeGroup(hierarchy, node, kind, rootName));
  } catch (error) {
    return report(unknown, { ...nothing, failure: failureOf(error) });
  }
}

async function describeGroup(
  hierarchy: Hierarchy,
  { problems }: GroupNode,
  kind: GroupKind,
  rootName: string,
): Promise<Description> {
  switch (kind.kind) {
    case "multiscales":
    case "bioformats2raw":
    case "well":
      try {
        const { image, path } = await openImage(hierarchy, rootPath, { rootName });
        return describeImage(image, path);
      } catch (error) {
        return { ...nothing, problems, failure: failureOf(error) };
      }
    case "plate":
      return { ...nothing, name: kind.name ?? rootName, problems };
    case "labels":
    case "series":
    case "collection":
    case "scene":
    case "group":
      return { ...nothing, name: rootName, problems };
  }
}

function sourceKind(kind: GroupKind): SourceKind {
  if (kind.kind !== "multiscales") return kind.kind;
  return kind.isLabel ? "label" : "image";
}

/** Of the image, plate or well, whichever the group is. */
function omeVersion({ attributes }: GroupNode): string | undefined {
  const { ome, namespaced } = omeAttributes(attributes);
  const [first] = Array.isArray(ome.multiscales) ? ome.multiscales : [];
  return statedVersion(ome, first ?? ome.plate ?? ome.well, namespaced);
}

async function membersOf(hierarchy: Hierarchy, kind: GroupKind): Promise<ReportMembers[]> {
  switch (kind.kind) {
    case "plate":
      return [membersFrom("wells", kind.wellPaths)];
    case "well":
      return [membersFrom("fields", kind.imagePaths)];
    case "labels":
      return [membersFrom("labels", kind.paths)];
    case "series":
      return [membersFrom("images", kind.paths)];
    case "bioformats2raw":
      return listedIn(hierarchy, "OME");
    case "multiscales":
      return listedIn(hierarchy, "labels");
    case "collection":
    case "scene":
    case "group":
      return [];
  }
}

/** What a group below lists: the labels of an image, the images of a collection. It may be absent. */
async function listedIn(hierarchy: Hierarchy, name: "OME" | "labels"): Promise<ReportMembers[]> {
  try {
    const node = await hierarchy.node(joinPath(rootPath, name), { expect: "group" });
    const kind = node?.kind === "group" ? groupKind(node.attributes) : undefined;
    if (kind?.kind === "series") return [membersFrom("images", kind.paths)];
    if (kind?.kind === "labels") {
      return [
        membersFrom(
          "labels",
          kind.paths.map((path) => `${name}/${path}`),
        ),
      ];
    }
    return [];
  } catch {
    // The list is optional; an image can be described without it.
    return [];
  }
}

function membersFrom(kind: ReportMembers["kind"], paths: readonly string[]): ReportMembers {
  return { kind, count: paths.length, paths };
}
