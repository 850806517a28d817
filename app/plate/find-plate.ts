import type { PlatePart } from "../../src/ui/state/link-plate.ts";
import { type GroupNode, shownPath } from "../../src/zarr/image/node-reader.ts";
import { OpenFailureError } from "../../src/zarr/image/open-failure.ts";
import { groupKind } from "../../src/zarr/ome/node-kind.ts";
import { fieldsOfWell, plateOfGroup } from "../../src/zarr/plate/open-plate.ts";
import { plateCandidates } from "../../src/zarr/plate/plate-address.ts";
import type { PlateModel } from "../../src/zarr/plate/plate-model.ts";
import { rootPath } from "../../src/zarr/store/node-path.ts";
import type { Source } from "../open-source.ts";

/** A plate that was found, maybe above the address that was opened. */
export type FoundPlate = {
  readonly model: PlateModel;
  readonly source: Source;
  /** Address of the plate. */
  readonly url: string;
  /** The well and field that the address itself means; else what the link says counts. */
  readonly place: PlatePart | undefined;
};

/** Opens another address for metadata. `format`: nothing but this version of Zarr is asked for. */
export type OpenElsewhere = (url: string, format?: 2 | 3) => Source;

/**
 * The plate of an address: of a plate itself, of a well or of a field in one, or of the stray "/0" that some pages add to a plate's address.
 * A well whose plate cannot be found is a plate of one well. undefined: there is no plate in play.
 */
export async function findPlate(
  url: string,
  source: Source,
  openElsewhere: OpenElsewhere,
): Promise<FoundPlate | undefined> {
  const node = await source.hierarchy.node(rootPath).catch(() => undefined);
  if (node === undefined) return plateAbove(url, openElsewhere);
  if (node.kind !== "group") return undefined;
  const { kind } = groupKind(node.attributes);
  if (kind === "plate") {
    const model = plateOfGroup(node, source.rootName);
    return model && { model, source, url, place: undefined };
  }
  // A group that says nothing may be a well all the same, if a plate lists it.
  if (kind !== "well" && kind !== "multiscales" && kind !== "group") return undefined;
  const format = node.zarrFormat === 3 ? 3 : 2;
  for (const candidate of plateCandidates(url, kind === "multiscales" ? "field" : "well")) {
    const above = openElsewhere(candidate.url, format);
    const model = await plateAt(above);
    const well = model?.wells.find(({ id }) => id === candidate.wellPath);
    if (model === undefined || well === undefined) continue;
    const place = await placeOf(above, well.path, candidate.fieldPath);
    return { model, source: above, url: candidate.url, place: { well: well.id, ...place } };
  }
  return kind === "well" ? loneWell(url, source, node) : undefined;
}

/** Nothing is at the address: is it a plate's, and a "/0" too long (case P08)? */
async function plateAbove(url: string, open: OpenElsewhere): Promise<FoundPlate | undefined> {
  const { origin, pathname, search } = new URL(url);
  if (!/[^/]\/0\/?$/.test(pathname)) return undefined;
  const above = `${origin}${pathname.replace(/\/0\/?$/, "")}${search}`;
  const source = open(above);
  const model = await plateAt(source);
  return model && { model, source, url: above, place: undefined };
}

/** The plate at the root of a source; what goes wrong while looking for it is no matter. */
async function plateAt({ hierarchy, rootName }: Source): Promise<PlateModel | undefined> {
  try {
    const hint = { expect: "group", sparing: true, onlyFormat: "own" } as const;
    const known = hierarchy.zarrFormat === undefined ? {} : hint;
    const node = await hierarchy.node(rootPath, known);
    return node?.kind === "group" ? plateOfGroup(node, rootName) : undefined;
  } catch {
    return undefined;
  }
}

/** Which field of its acquisition a field is. */
async function placeOf(
  { hierarchy }: Source,
  well: PlateModel["wells"][number]["path"],
  fieldPath: string | undefined,
): Promise<Pick<PlatePart, "field" | "acquisition">> {
  const nothing = { field: undefined, acquisition: undefined };
  if (fieldPath === undefined) return nothing;
  const node = await hierarchy
    .node(well, { expect: "group", sparing: true })
    .catch(() => undefined);
  const fields = node?.kind === "group" ? fieldsOfWell(node) : undefined;
  const meant = fields?.find(({ path }) => path === `${well}/${fieldPath}`);
  if (fields === undefined || meant === undefined) return nothing;
  const { acquisition } = meant;
  const own = fields.filter((field) => field.acquisition === acquisition);
  return { field: own.indexOf(meant), acquisition };
}

/** @throws OpenFailureError if the well lists nothing */
function loneWell(url: string, source: Source, group: GroupNode): FoundPlate {
  if ((fieldsOfWell(group) ?? []).length === 0) {
    throw new OpenFailureError({
      code: "ZS-NOIMAGE",
      title: "This well lists no field.",
      detail: `The well ${shownPath(group.path)} has no usable path in well.images.`,
      action: "Paste the address of another well.",
    });
  }
  const [row = "", column = ""] = new URL(url).pathname.split("/").filter(Boolean).slice(-2);
  const model: PlateModel = {
    name: [row, column].join("/"),
    format: "a well whose plate was not found",
    rows: [row],
    columns: [column],
    wells: [{ path: rootPath, id: `${row}/${column}`, row: 0, column: 0 }],
    acquisitions: [],
    fieldCount: undefined,
    attributes: group.attributes,
    problems: group.problems,
  };
  return {
    model,
    source,
    url,
    place: { well: `${row}/${column}`, field: undefined, acquisition: undefined },
  };
}
