import { findLabels } from "../../../src/zarr/image/find-labels.ts";
import { type GroupNode, type NodeReader, omeOf } from "../../../src/zarr/image/node-reader.ts";
import { parseLabelsList } from "../../../src/zarr/ome/labels-list.ts";
import type { GroupKind } from "../../../src/zarr/ome/node-kind.ts";
import { parsePlate } from "../../../src/zarr/ome/plate.ts";
import { checkBioformats2rawLayout, parseSeries } from "../../../src/zarr/ome/series.ts";
import { parseWell } from "../../../src/zarr/ome/well.ts";
import { joinPath } from "../../../src/zarr/store/node-path.ts";
import type { InspectReport, ReportMembers } from "./report.ts";

/** What a group lists, the rules broken there included. */
export type Listing = Pick<InspectReport, "members" | "plate" | "problems">;

const nothing: Listing = { members: [], plate: null, problems: [] };

/** Reads the lists of a group: wells, fields, images, labels. None of what they name is opened. */
export async function listMembers(
  reader: NodeReader,
  group: GroupNode,
  kind: GroupKind["kind"],
): Promise<Listing> {
  const { ome, namespaced, log } = omeOf(group);
  switch (kind) {
    case "plate": {
      const plate = parsePlate(ome, namespaced, log);
      if (plate === undefined) return nothing;
      const { rows, columns, fieldCount, acquisitions, wells } = plate;
      return {
        members: membersOf("wells", wells),
        plate: {
          rows,
          columns,
          fieldCount: fieldCount ?? null,
          acquisitions: acquisitions.map(({ id, name }) => ({ id, name: name ?? null })),
        },
        problems: log.problems,
      };
    }
    case "well": {
      // Its problems come with those of the field that is shown.
      const well = parseWell(ome, namespaced, log);
      return { ...nothing, members: membersOf("fields", well?.images ?? []) };
    }
    case "labels":
      return listed("labels", parseLabelsList(ome, namespaced, log), log.problems);
    case "series":
      return listed("images", parseSeries(ome, namespaced, log), log.problems);
    case "bioformats2raw": {
      checkBioformats2rawLayout(ome, namespaced, log);
      const series = await seriesBelow(reader, group);
      return { ...series, problems: [...log.problems, ...series.problems] };
    }
    case "multiscales": {
      const { entries, problems } = await findLabels(reader, group.path);
      return { ...nothing, members: membersOf("labels", entries), problems };
    }
    case "collection":
    case "scene":
    case "group":
      return nothing;
  }
}

/** The images of a bioformats2raw collection, as its group `OME` lists them; the list is optional (N4-72). */
async function seriesBelow(reader: NodeReader, group: GroupNode): Promise<Listing> {
  try {
    const node = await reader.node(joinPath(group.path, "OME"), { expect: "group" });
    if (node?.kind !== "group") return nothing;
    const { ome, namespaced, log } = omeOf(node);
    const paths = parseSeries(ome, namespaced, log);
    return listed("images", paths, [...node.problems, ...log.problems]);
  } catch {
    return nothing;
  }
}

function listed(
  kind: ReportMembers["kind"],
  paths: readonly string[] | undefined,
  problems: Listing["problems"],
): Listing {
  return {
    ...nothing,
    members: membersOf(
      kind,
      (paths ?? []).map((path) => ({ path })),
    ),
    problems,
  };
}

function membersOf(
  kind: ReportMembers["kind"],
  items: readonly { readonly path: string }[],
): readonly ReportMembers[] {
  if (items.length === 0) return [];
  return [{ kind, count: items.length, paths: items.map(({ path }) => path) }];
}
