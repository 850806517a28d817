import type { JsonObject } from "../../src/zarr/json.ts";
import type { ContentSource } from "./content-source.ts";
import { levelWorldFromIndex, type VirtualImage } from "./virtual-image.ts";
import { metadataDocuments } from "./virtual-metadata.ts";
import { virtualSource } from "./virtual-source.ts";

/** What is in one place of a plate: an image other than the plate's, only listed (404), documents that are no JSON, or not even listed. */
export type VirtualWell =
  | { readonly kind: "image"; readonly image: Partial<VirtualImage> }
  | { readonly kind: "missing" | "malformed" | "empty" };

/** A plate of coordinate images: that of row r, column c and field f is `image` with a `number` of its own (`fieldNumber`). */
export type VirtualPlate = {
  readonly image: VirtualImage;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Fields per well; default 1. Their paths are "0", "1", … */
  readonly fields?: number;
  readonly acquisitions?: readonly { readonly id: number; readonly name?: string }[];
  /** Acquisition of a field; only with `acquisitions`. */
  readonly acquisitionOf?: (field: number) => number;
  /** Stage positions: by how much the world of each field is shifted along y and x. */
  readonly positionOf?: (field: number) => readonly [y: number, x: number];
  /** Where a well is not as the others. */
  readonly wellAt?: (row: number, column: number) => VirtualWell | undefined;
  readonly consolidated?: boolean;
  /** How `plate.wells` lists them; as they lie without it. */
  readonly listedAs?: (wells: readonly JsonObject[]) => readonly JsonObject[];
};

/** What tells the fields of a plate apart: part of the value of each of their pixels. */
export function fieldNumber(
  plate: VirtualPlate,
  row: number,
  column: number,
  field: number,
): number {
  return 1 + (row * plate.columns.length + column) * (plate.fields ?? 1) + field;
}

/** The image of a field: what its pixels must be. */
export function fieldImage(
  plate: VirtualPlate,
  row: number,
  column: number,
  field = 0,
): VirtualImage {
  const well = plate.wellAt?.(row, column);
  const own = well?.kind === "image" ? well.image : {};
  const image = { ...plate.image, ...own, number: fieldNumber(plate, row, column, field) };
  return plate.positionOf ? movedImage(image, plate.positionOf(field)) : image;
}

/** The same image elsewhere in the world, all levels alike. */
function movedImage(image: VirtualImage, [y, x]: readonly [number, number]): VirtualImage {
  const count = image.levels?.length ?? 1;
  const levels = Array.from({ length: count }, (_, index) => {
    const { translation } = levelWorldFromIndex(image, index);
    const moved = translation.map((at, d) => {
      const fromEnd = image.shape.length - 1 - d;
      return at + (fromEnd === 0 ? x : fromEnd === 1 ? y : 0);
    });
    return {
      factors: image.levels?.[index]?.factors ?? image.shape.map(() => 1),
      translation: moved,
    };
  });
  return { ...image, levels };
}

/** Path of a well's group below the plate. */
export function wellPath({ rows, columns }: VirtualPlate, row: number, column: number): string {
  return `${rows[row]}/${columns[column]}`;
}

/** Serves a plate; what a field holds is made when it is first asked for. */
export function virtualPlateSource(plate: VirtualPlate): ContentSource {
  const { rows, columns } = plate;
  const documents = plateDocuments(plate);
  const fields = new Map<string, ContentSource>();

  return {
    async read(key) {
      const document = documents.get(key);
      if (document !== undefined) return document;
      const [row = "", column = "", field = "", ...rest] = key.split("/");
      const at = [rows.indexOf(row), columns.indexOf(column)] as const;
      if (at[0] < 0 || at[1] < 0 || rest.length === 0) return undefined;
      const kind = plate.wellAt?.(...at)?.kind ?? "image";
      if (kind === "missing" || kind === "empty") return undefined;
      if (!/^\d+$/.test(field) || Number(field) >= (plate.fields ?? 1)) return undefined;
      const path = `${row}/${column}/${field}`;
      const known = fields.get(path);
      const source = known ?? virtualSource(fieldImage(plate, ...at, Number(field)));
      if (known === undefined) fields.set(path, source);
      return source.read(rest.join("/"));
    },
  };
}

/** Documents of the plate and of its wells by key. */
function plateDocuments(plate: VirtualPlate): ReadonlyMap<string, Uint8Array> {
  const { image, rows, columns } = plate;
  const documents = new Map<string, JsonObject | string>();
  const members = new Map<string, JsonObject>();
  const add = (path: string, attributes: JsonObject) => {
    for (const [name, document] of groupDocuments(image, attributes)) {
      const key = path === "" ? name : `${path}/${name}`;
      documents.set(key, document);
      if (path !== "") members.set(image.format === "v2" ? key : path, document);
    }
  };
  const listed: JsonObject[] = [];
  for (const rowIndex of rows.keys()) {
    for (const columnIndex of columns.keys()) {
      const kind = plate.wellAt?.(rowIndex, columnIndex)?.kind ?? "image";
      const path = wellPath(plate, rowIndex, columnIndex);
      if (kind !== "empty") listed.push({ path, rowIndex, columnIndex });
      if (kind === "missing" || kind === "empty") continue;
      add(path, { well: wellBlock(plate) });
      if (kind === "malformed") {
        documents.set(`${path}/${image.format === "v2" ? ".zattrs" : "zarr.json"}`, "{ no JSON");
      } else if (plate.consolidated === true) {
        for (let field = 0; field < (plate.fields ?? 1); field++) {
          const own = metadataDocuments(fieldImage(plate, rowIndex, columnIndex, field));
          for (const [key, document] of own) {
            const member = `${path}/${field}/${key}`;
            members.set(
              image.format === "v2" ? member : member.replace(/\/zarr\.json$/, ""),
              document,
            );
          }
        }
      }
    }
  }
  const names = (list: readonly string[]) => list.map((name) => ({ name }));
  const block: JsonObject = {
    name: "virtual plate",
    rows: names(rows),
    columns: names(columns),
    wells: [...(plate.listedAs?.(listed) ?? listed)],
    field_count: plate.fields ?? 1,
    ...(plate.acquisitions === undefined
      ? {}
      : { acquisitions: plate.acquisitions.map((acquisition) => ({ ...acquisition })) }),
    ...(image.format === "v2" ? { version: "0.4" } : {}),
  };
  add("", { plate: block });
  if (plate.consolidated === true) addConsolidated(documents, members, image.format);
  const encoder = new TextEncoder();
  return new Map(
    [...documents].map(([key, document]) => [
      key,
      encoder.encode(typeof document === "string" ? document : JSON.stringify(document)),
    ]),
  );
}

function wellBlock({ fields = 1, acquisitionOf, image }: VirtualPlate): JsonObject {
  const images = Array.from({ length: fields }, (_, field) => ({
    path: String(field),
    ...(acquisitionOf === undefined ? {} : { acquisition: acquisitionOf(field) }),
  }));
  return { images, ...(image.format === "v2" ? { version: "0.4" } : {}) };
}

function groupDocuments(
  { format }: VirtualImage,
  attributes: JsonObject,
): readonly (readonly [string, JsonObject])[] {
  if (format === "v2") {
    return [
      [".zgroup", { zarr_format: 2 }],
      [".zattrs", attributes],
    ];
  }
  const ome = { version: "0.5", ...attributes };
  return [["zarr.json", { zarr_format: 3, node_type: "group", attributes: { ome } }]];
}

function addConsolidated(
  documents: Map<string, JsonObject | string>,
  members: ReadonlyMap<string, JsonObject>,
  format: "v2" | "v3",
): void {
  const metadata = Object.fromEntries(members);
  if (format === "v2") {
    documents.set(".zmetadata", { zarr_consolidated_format: 1, metadata });
    return;
  }
  const root = documents.get("zarr.json");
  if (typeof root !== "object") return;
  documents.set("zarr.json", {
    ...root,
    consolidated_metadata: { kind: "inline", must_understand: false, metadata },
  });
}
