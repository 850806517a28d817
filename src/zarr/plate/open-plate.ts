import type { ImageModel } from "../image/image-model.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "../image/node-reader.ts";
import { OpenFailureError } from "../image/open-failure.ts";
import { openImage } from "../image/open-image.ts";
import { groupKind } from "../ome/node-kind.ts";
import { parsePlate } from "../ome/plate.ts";
import type { PlateWell } from "../ome/plate-wells.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import { parseWell } from "../ome/well.ts";
import { baseName, joinPath, type NodePath, PathError } from "../store/node-path.ts";
import type { PlateModel, WellModel } from "./plate-model.ts";

/** A field of view of a well: where its image lies, and which acquisition it belongs to (undefined: not stated). */
export type FieldModel = { readonly path: NodePath; readonly acquisition: number | undefined };

/** The plate that a group describes; undefined if it describes none. `rootName` names a plate at the root that has no name. */
export function plateOfGroup(group: GroupNode, rootName: string): PlateModel | undefined {
  const { ome, namespaced, log } = omeOf(group);
  const plate = parsePlate(ome, namespaced, log);
  if (plate === undefined) return undefined;
  const wells = plate.wells
    .flatMap((well) => wellModel(group.path, well, log) ?? [])
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    name: plate.name ?? (baseName(group.path) || rootName),
    format: `OME-NGFF ${plate.version ?? (namespaced ? "0.5" : "0.4 (no version stated)")} plate`,
    rows: plate.rows,
    columns: plate.columns,
    wells,
    acquisitions: plate.acquisitions.map(({ id, name }) => ({ id, name })),
    fieldCount: plate.fieldCount,
    attributes: group.attributes,
    problems: [...group.problems, ...log.problems],
  };
}

/** A well whose path leads out of the store is left out: it could never be read. */
function wellModel(
  base: NodePath,
  { path, rowIndex, columnIndex }: PlateWell,
  log: ProblemLog,
): WellModel | undefined {
  try {
    return { path: joinPath(base, path), id: path, row: rowIndex, column: columnIndex };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    log.warn("ZS-PATH", "/plate/wells", "a path that stays in the plate", path);
    return undefined;
  }
}

/**
 * The fields that a well lists, in stated order; those whose paths lead out of the store are left out.
 * @throws OpenFailureError if the group at `path` is missing or no well, or lists nothing; errors of the reader pass through
 */
export async function readWell(reader: NodeReader, path: NodePath): Promise<readonly FieldModel[]> {
  const node = await reader.node(path, { expect: "group" });
  if (node === undefined) throw noWell(path, "There is nothing at the path of this well.");
  const stated = node.kind === "group" ? fieldsOfWell(node) : undefined;
  const fields = stated ?? (await unlistedField(reader, path));
  if (fields === undefined) throw noWell(path, "What lies at the path of this well is no well.");
  if (fields.length === 0) throw noWell(path, "This well lists no field.");
  return fields;
}

/** Some writers leave the metadata of wells out: then the image "0" is the field, if it is there. */
async function unlistedField(
  reader: NodeReader,
  well: NodePath,
): Promise<readonly FieldModel[] | undefined> {
  const path = joinPath(well, "0");
  const node = await reader.node(path, { expect: "group" });
  const isImage = node?.kind === "group" && groupKind(node.attributes).kind === "multiscales";
  return isImage ? [{ path, acquisition: undefined }] : undefined;
}

/** The fields that a group lists as a well; undefined if it is none. */
export function fieldsOfWell(group: GroupNode): readonly FieldModel[] | undefined {
  const { ome, namespaced, log } = omeOf(group);
  return parseWell(ome, namespaced, log)?.images.flatMap(({ path, acquisition }) => {
    try {
      return { path: joinPath(group.path, path), acquisition };
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      return [];
    }
  });
}

/**
 * The image of a field.
 * @throws OpenFailureError if there is none that can be shown; errors of the reader pass through
 */
export async function readField(reader: NodeReader, path: NodePath): Promise<ImageModel> {
  const node = await reader.node(path, { expect: "group" });
  if (node?.kind === "group") {
    const { kind } = groupKind(node.attributes);
    // A plate or a well inside a well would be opened for ever.
    if (kind === "plate" || kind === "well") {
      throw noWell(path, "What lies at the path of this field is no image.");
    }
  }
  const { image } = await openImage(reader, path, { rootName: baseName(path) });
  return image;
}

function noWell(path: NodePath, title: string): OpenFailureError {
  return new OpenFailureError({
    code: "ZS-NOIMAGE",
    title,
    detail: `Looked at ${shownPath(path)}.`,
    action: "Whoever wrote these data can repair the well; the others can be seen.",
  });
}
