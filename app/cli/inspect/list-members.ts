import type { Hierarchy } from "../../../src/zarr/hierarchy/hierarchy.ts";
import { findLabels } from "../../../src/zarr/image/find-labels.ts";
import { type GroupNode, omeOf } from "../../../src/zarr/image/node-reader.ts";
import { parseLabelsList } from "../../../src/zarr/ome/labels-list.ts";
import type { GroupKind } from "../../../src/zarr/ome/node-kind.ts";
import { type Plate, parsePlate } from "../../../src/zarr/ome/plate.ts";
import { parseScene } from "../../../src/zarr/ome/scene.ts";
import { parseSeries } from "../../../src/zarr/ome/series.ts";
import { parseWell } from "../../../src/zarr/ome/well.ts";
import type { Source } from "../source.ts";
import { childNodes } from "./child-nodes.ts";
import { collectionMembers } from "./collection-members.ts";
import type { InspectReport, ReportMembers, ReportPlate } from "./report.ts";

/** What a group lists; `problems` are those of other groups that were looked at. */
export type Listing = Pick<InspectReport, "members" | "plate" | "problems">;

const nothing: Listing = { members: [], plate: null, problems: [] };

/** Reads the lists of the group at the source's root: wells, fields, images, labels. None of the images is opened. */
export async function listMembers(
  hierarchy: Hierarchy,
  source: Source,
  group: GroupNode,
  kind: GroupKind["kind"],
): Promise<Listing> {
  const { ome, namespaced, log } = omeOf(group);
  switch (kind) {
    case "plate": {
      const plate = parsePlate(ome, namespaced, log);
      if (plate === undefined) return nothing;
      return { ...nothing, members: membersOf("wells", plate.wells), plate: reportPlate(plate) };
    }
    case "well":
      return {
        ...nothing,
        members: membersOf("fields", parseWell(ome, namespaced, log)?.images ?? []),
      };
    case "labels":
    case "series": {
      const parse = kind === "labels" ? parseLabelsList : parseSeries;
      const items = (parse(ome, namespaced, log) ?? []).map((path) => ({ path }));
      return { ...nothing, members: membersOf(kind === "labels" ? "labels" : "images", items) };
    }
    case "multiscales": {
      const { entries, problems } = await findLabels(hierarchy, group.path);
      const images = await collectionMembers(hierarchy, source);
      return { ...nothing, members: [...images, ...membersOf("labels", entries)], problems };
    }
    case "bioformats2raw":
    case "collection":
      return { ...nothing, members: await collectionMembers(hierarchy, source) };
    case "group": {
      const images = await collectionMembers(hierarchy, source);
      if (images.length > 0) return { ...nothing, members: images };
      return { ...nothing, members: await childNodes(hierarchy, source, group.path) };
    }
    case "scene": {
      const edges = parseScene(ome, namespaced, log)?.edges ?? [];
      const ends = edges.flatMap(({ input, output }) => [input, output]);
      const paths = new Set(ends.flatMap(({ path }) => (path ? [path] : [])));
      return {
        ...nothing,
        members: membersOf(
          "images",
          [...paths].map((path) => ({ path })),
        ),
      };
    }
  }
}

function reportPlate({ rows, columns, fieldCount, acquisitions }: Plate): ReportPlate {
  return {
    rows,
    columns,
    fieldCount: fieldCount ?? null,
    acquisitions: acquisitions.map(({ id, name }) => ({ id, name: name ?? null })),
  };
}

function membersOf(
  kind: ReportMembers["kind"],
  paths: readonly { readonly path: string }[],
): readonly ReportMembers[] {
  if (paths.length === 0) return [];
  const items = paths.map(({ path }) => ({ path, name: null, summary: null }));
  return [{ kind, count: items.length, items }];
}
