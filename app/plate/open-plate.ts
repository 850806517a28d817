import type { PlatePart } from "../../src/ui/state/link-plate.ts";
import type { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { Hierarchy } from "../../src/zarr/hierarchy/hierarchy.ts";
import { type NodeReader, sparingReader } from "../../src/zarr/image/node-reader.ts";
import { findWell } from "../../src/zarr/plate/find-well.ts";
import type { PlateModel, WellModel } from "../../src/zarr/plate/plate-model.ts";
import type { NodePath } from "../../src/zarr/store/node-path.ts";
import { type FieldChoice, fieldsOfAcquisition } from "./field-choice.ts";
import type { FoundPlate } from "./find-plate.ts";
import { PlateImages } from "./plate-images.ts";
import { findTemplate, withAllFields } from "./plate-template.ts";

/** A plate whose first readable well was read. */
export type OpenedPlate = {
  readonly model: PlateModel;
  /** Address of the plate. */
  readonly url: string;
  readonly hierarchy: Hierarchy;
  readonly reader: NodeReader;
  readonly images: PlateImages;
  /** Wells whose metadata may wait until chunks leave slots free. */
  readonly idlePaths: Set<NodePath>;
  /** The well that the link names. */
  readonly well: WellModel | undefined;
  readonly notices: readonly string[];
  dispose(): void;
};

/**
 * Opens a plate at the place that a link names. Reads one well: that one, else the first that can be read.
 * @throws OpenFailureError if no well can be read
 */
export async function openPlate(
  found: FoundPlate,
  asked: PlatePart,
  scheduler: ChunkScheduler,
): Promise<OpenedPlate> {
  const { model, source, url } = found;
  const { store, hierarchy, nodes, idlePaths } = source;
  const link = found.place ?? asked;
  const notices: string[] = [];
  const named = link.well === undefined ? undefined : findWell(model, link.well);
  if (named?.kind === "none") notices.push(named.reason);
  const well = named?.kind === "well" ? named.well : undefined;
  const acquisition = acquisitionOf(model, link, notices);
  const wanted: FieldChoice = { acquisition, field: link.field ?? 0 };
  const reader = sparingReader(nodes);
  const failures: (readonly [WellModel, unknown])[] = [];
  const template = await findTemplate(model, reader, wanted, well, (...failure) =>
    failures.push(failure),
  );
  const choice = { acquisition, field: fieldWithin(wanted, template.fields, notices) };
  const whole = await withAllFields(reader, template, choice);
  const images = new PlateImages({ model, reader, scheduler, store }, choice, whole);
  for (const failure of failures) images.fail(...failure);
  return {
    model,
    hierarchy,
    reader,
    images,
    idlePaths,
    url,
    well,
    notices,
    dispose: () => images.dispose(),
  };
}

function acquisitionOf(
  { acquisitions }: PlateModel,
  { acquisition }: PlatePart,
  notices: string[],
): number | undefined {
  const first = acquisitions[0]?.id;
  if (acquisition === undefined || acquisitions.some(({ id }) => id === acquisition)) {
    return acquisition ?? first;
  }
  const has =
    acquisitions.length === 0 ? "has none" : `has ${acquisitions.map(({ id }) => id).join(", ")}`;
  notices.push(`The link asks for acquisition ${acquisition}; the plate ${has}.`);
  return first;
}

function fieldWithin(
  { field, acquisition }: FieldChoice,
  fields: Parameters<typeof fieldsOfAcquisition>[0],
  notices: string[],
): FieldChoice["field"] {
  const count = fieldsOfAcquisition(fields, acquisition).length;
  if (field === "all" || field < count) return field;
  notices.push(
    `The link asks for field ${field + 1}; there ${count === 1 ? "is 1" : `are ${count}`}, so field ${count} is shown.`,
  );
  return Math.max(0, count - 1);
}
