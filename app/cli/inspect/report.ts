import type { OpenFailure } from "../../../src/zarr/image/open-failure.ts";
import type { JsonObject } from "../../../src/zarr/json.ts";
import type { GroupKind } from "../../../src/zarr/ome/node-kind.ts";
import type { Problem } from "../../../src/zarr/problem.ts";

/**
 * What `zarrscope inspect` finds; with `--json` it is printed as it stands (docs/command-line.md). Fields may be added under the
 * same `schema`; a change of meaning makes it 2. What does not apply is null, or an empty list.
 */
export type InspectReport = {
  readonly schema: 1;
  /** Version of the program. */
  readonly zarrscope: string;
  /** Path or address, without query. */
  readonly source: string;
  /** What lies at the source; null if that could not be found out. */
  readonly kind: SourceKind | null;
  readonly zarrFormat: number | null;
  /** Version of OME-NGFF that the metadata state. */
  readonly omeVersion: string | null;
  readonly name: string | null;
  /** "4 time points × 14 planes … uint16". */
  readonly summary: string | null;
  /** Path, below the source, of the image or array that the following fields describe: the first image of a collection or well. */
  readonly path: string | null;
  readonly axes: readonly ReportAxis[];
  /** Names of the coordinate systems of a scene, or of an image among which there is a choice (OME-NGFF 0.6); the first is shown. */
  readonly systems: readonly string[];
  /** Finest first; a plain array is one level. */
  readonly levels: readonly ReportLevel[];
  readonly channels: readonly ReportChannel[];
  /** What the source lists. */
  readonly members: readonly ReportMembers[];
  readonly plate: ReportPlate | null;
  readonly problems: readonly Problem[];
  /** Why there is no image or array to describe, where one should be. */
  readonly failure: OpenFailure | null;
};

/** "image" has multiscales, "label" is an image of labels. */
export type SourceKind = Exclude<GroupKind["kind"], "multiscales"> | "array" | "image" | "label";

export type ReportAxis = {
  readonly name: string;
  /** t, c, z, y or x; null for any other axis. */
  readonly role: string | null;
  /** As the metadata spell it. */
  readonly unit: string | null;
  readonly size: number;
};

export type ReportLevel = {
  /** Path of the array below the source. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Shape of what is decoded at once; in a rectilinear grid the largest. */
  readonly chunk: readonly number[];
  readonly chunkGrid: "regular" | "rectilinear";
  readonly shard: readonly number[] | null;
  /** As the metadata spell it. */
  readonly dataType: string;
  /** As Zarr v3 codecs, in encoding order; those of v2 are lifted. */
  readonly codecs: readonly { readonly name: string; readonly configuration: JsonObject }[];
  /** The codecs of what is decoded at once, in words. */
  readonly storedAs: string;
  /** Uncompressed; 0 if the elements' length varies. */
  readonly bytes: number;
  /** World position of index i along each axis: `scale * i + translation`; null for a plain array. */
  readonly scale: readonly number[] | null;
  readonly translation: readonly number[] | null;
};

export type ReportChannel = {
  readonly index: number;
  readonly label: string;
  /** Six hex digits. */
  readonly color: string;
  readonly visible: boolean;
  readonly window: { start: number; end: number; min: number; max: number } | null;
};

/** "arrays" and "groups" are what is known to lie in a group without OME-NGFF metadata. */
export type ReportMembers = {
  readonly kind: "wells" | "fields" | "images" | "labels" | "groups" | "arrays";
  readonly count: number;
  readonly items: readonly ReportMember[];
};

export type ReportMember = {
  /** Below the source; as stated where it cannot be followed. */
  readonly path: string;
  readonly name: string | null;
  /** "365 × 721 × 1440, float32", of arrays. */
  readonly summary: string | null;
};

export type ReportPlate = {
  /** Names in the order of display. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** The most fields that any well has, as stated. */
  readonly fieldCount: number | null;
  readonly acquisitions: readonly { readonly id: number; readonly name: string | null }[];
};

/** A source that is at fault: nothing to describe where something should be, or a broken rule that makes pixels wrong. */
export function isAtFault({ failure, problems }: InspectReport): boolean {
  return failure !== null || problems.some(({ severity }) => severity === "error");
}
