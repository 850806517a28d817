import { type Hierarchy, openHierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import type { GroupNode } from "../../../src/zarr/hierarchy/zarr-node.ts";
import { notFound } from "../../../src/zarr/image/no-image-failures.ts";
import { omeOf } from "../../../src/zarr/image/node-reader.ts";
import { OpenFailureError } from "../../../src/zarr/image/open-failure.ts";
import { openImage } from "../../../src/zarr/image/open-image.ts";
import { checkAttributes } from "../../../src/zarr/ome/check-attributes.ts";
import { type GroupKind, groupKind } from "../../../src/zarr/ome/node-kind.ts";
import { omeAttributes } from "../../../src/zarr/ome/ome-attributes.ts";
import { parsePlate } from "../../../src/zarr/ome/plate.ts";
import { parseScene } from "../../../src/zarr/ome/scene.ts";
import { statedVersion } from "../../../src/zarr/ome/version.ts";
import type { Problem } from "../../../src/zarr/problem.ts";
import { rootPath } from "../../../src/zarr/store/node-path.ts";
import { version } from "../../version.ts";
import { failureOf } from "../failure.ts";
import type { Source } from "../source.ts";
import { type Description, describeArray, describeImage, nothing } from "./describe-image.ts";
import { listMembers } from "./list-members.ts";
import type { InspectReport, SourceKind } from "./report.ts";

/** Reads the metadata of a source and says what is there. Never rejects for the data's sake: that is in the report. */
export async function inspectSource(source: Source): Promise<InspectReport> {
  const { store, shown, rootName } = source;
  const hierarchy = openHierarchy(store);
  const blank: InspectReport = {
    schema: 1,
    zarrscope: version,
    source: shown,
    kind: null,
    zarrFormat: null,
    omeVersion: null,
    members: [],
    plate: null,
    ...nothing,
  };
  try {
    const node = await hierarchy.node(rootPath);
    if (node === undefined) throw new OpenFailureError(notFound(rootPath, hierarchy.attempts));
    if (node.kind === "array") {
      const { metadata, problems } = node;
      const { zarrFormat } = metadata;
      const description = describeArray(metadata, rootName, problems);
      return { ...blank, kind: "array", zarrFormat, ...description };
    }
    const kind = groupKind(node.attributes);
    const [description, { problems, ...listing }] = await Promise.all([
      describeGroup(hierarchy, node, kind.kind, rootName),
      listMembers(hierarchy, source, node, kind.kind),
    ]);
    return {
      ...blank,
      kind: sourceKind(kind),
      zarrFormat: node.zarrFormat,
      omeVersion: omeVersion(node) ?? null,
      ...description,
      ...listing,
      problems: distinct([
        ...description.problems,
        ...problems,
        ...checkAttributes(node.attributes, attributesBlock(node)),
      ]),
    };
  } catch (error) {
    return { ...blank, failure: failureOf(error) };
  }
}

/** Where the attributes of the root stand, as problems name the place. */
function attributesBlock({ zarrFormat }: GroupNode): string {
  return zarrFormat === 2 ? ".zattrs#" : "zarr.json#/attributes";
}

/** The parts of a source are looked at from several sides; each broken rule is told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byText.values()];
}

/** The image or array that the page shows of a group, where it shows one. */
async function describeGroup(
  hierarchy: Hierarchy,
  group: GroupNode,
  kind: GroupKind["kind"],
  rootName: string,
): Promise<Description> {
  const { problems } = group;
  switch (kind) {
    case "multiscales":
    case "bioformats2raw":
    case "collection":
    case "group":
    case "well":
      try {
        const { image, path } = await openImage(hierarchy, rootPath, { rootName });
        return describeImage(image, path);
      } catch (error) {
        const failure = failureOf(error);
        // A group need hold no image.
        const isFault = kind !== "group" || failure.code !== "ZS-NOIMAGE";
        return { ...nothing, name: rootName, problems, failure: isFault ? failure : null };
      }
    case "plate":
    case "labels":
    case "series":
    case "scene": {
      const { ome, namespaced, log } = omeOf(group);
      const name = parsePlate(ome, namespaced, log)?.name ?? rootName;
      const systems = parseScene(ome, namespaced, log)?.systems.map((system) => system.name) ?? [];
      return { ...nothing, name, systems, problems };
    }
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
