import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import type { NodeReader } from "../../src/zarr/image/node-reader.ts";
import { OpenFailureError } from "../../src/zarr/image/open-failure.ts";
import { type FieldModel, readField, readWell } from "../../src/zarr/plate/open-plate.ts";
import { type PlateModel, type WellModel, wellName } from "../../src/zarr/plate/plate-model.ts";
import { chosenFields, type FieldChoice, fieldsOfAcquisition } from "./field-choice.ts";
import { markOfFailure } from "./well-mark.ts";

/** A well that was read, by which the others are predicted. */
export type PlateTemplate = {
  readonly well: WellModel;
  readonly fields: readonly FieldModel[];
  /** The image of `field`. */
  readonly image: ImageModel;
  readonly field: FieldModel;
  /** The images of all fields of the acquisition by their paths, where all of them are shown: each lies elsewhere in the well. */
  readonly images?: ReadonlyMap<string, ImageModel>;
};

/** Fields of a well that are read beforehand to see where they lie. */
const mostPlaced = 100;

/** Wells that are tried at once while none can be read; the first try is of one well alone. */
const triesAtOnce = 6;

/**
 * Reads wells until one has the chosen field: first `preferred`, then in reading order.
 * @param failed is told of every well that cannot be read
 * @throws OpenFailureError if none can
 */
export async function findTemplate(
  model: PlateModel,
  reader: NodeReader,
  choice: FieldChoice,
  preferred: WellModel | undefined,
  failed: (well: WellModel, error: unknown) => void,
): Promise<PlateTemplate> {
  const wells = preferred
    ? [preferred, ...model.wells.filter((well) => well !== preferred)]
    : model.wells;
  let reason: unknown;
  /** The first well that lacks just this field: with its first one it is still better than nothing. */
  let other: PlateTemplate | undefined;
  for (let from = 0, count = 1; from < wells.length; from += count, count = triesAtOnce) {
    const tries = wells.slice(from, from + (from === 0 ? 1 : triesAtOnce)).map(async (well) => {
      try {
        return await readTemplate(reader, well, choice);
      } catch (error) {
        reason ??= error;
        failed(well, error);
        return undefined;
      }
    });
    const read = (await Promise.all(tries)).filter((template) => template !== undefined);
    const fitting = read.find(({ fields, field }) => fieldOf(fields, choice)?.path === field.path);
    if (fitting) return fitting;
    other ??= read[0];
    // A field that a well lacks is mostly one that no well has: not all of them are asked for it.
    if (other && from > 0) break;
  }
  if (other) return other;
  throw noWells(model, reason);
}

/** The template with the images of all fields, if all are chosen; fields that cannot be read are left to their own wells' reading. */
export async function withAllFields(
  reader: NodeReader,
  template: PlateTemplate,
  { acquisition, field }: FieldChoice,
): Promise<PlateTemplate> {
  const own = fieldsOfAcquisition(template.fields, acquisition);
  if (field !== "all" || own.length > mostPlaced) return template;
  if (own.every(({ path }) => template.images?.has(path))) return template;
  const read = async ({ path }: FieldModel) => {
    if (path === template.field.path) return [[path, template.image] as const];
    const image = await readField(reader, path).catch(() => undefined);
    return image ? [[path, image] as const] : [];
  };
  return { ...template, images: new Map((await Promise.all(own.map(read))).flat()) };
}

async function readTemplate(
  reader: NodeReader,
  well: WellModel,
  choice: FieldChoice,
): Promise<PlateTemplate> {
  const fields = await readWell(reader, well.path);
  const own = fieldsOfAcquisition(fields, choice.acquisition);
  const field = fieldOf(fields, choice) ?? own[0] ?? fields[0];
  if (field === undefined) throw new Error("readWell gives at least one field.");
  return { well, fields, field, image: await readField(reader, field.path) };
}

function fieldOf(fields: readonly FieldModel[], choice: FieldChoice): FieldModel | undefined {
  return chosenFields(fields, choice)[0]?.field;
}

function noWells(model: PlateModel, reason: unknown): OpenFailureError {
  const { wells } = model;
  const [first] = wells;
  if (first === undefined) {
    return new OpenFailureError({
      code: "ZS-PLATE",
      title: "This plate lists no well.",
      detail: `It has ${model.rows.length} rows and ${model.columns.length} columns, but plate.wells names none of its wells.`,
      action: "Whoever wrote these data can repair the metadata.",
    });
  }
  const mark = markOfFailure(reason);
  return new OpenFailureError(
    {
      code: "ZS-PLATE",
      title: `None of this plate's ${wells.length} wells can be read.`,
      detail: `Well ${wellName(model, first)}: ${mark.reason} (${mark.code})`,
      action: "Check the address, or ask whoever wrote these data.",
    },
    { cause: reason },
  );
}

/** The template for another choice: the one so far knows the fields of its own well; another acquisition may be in another well. */
export async function templateFor(
  model: PlateModel,
  reader: NodeReader,
  choice: FieldChoice,
  template: PlateTemplate,
): Promise<PlateTemplate> {
  const isKnown = fieldsOfAcquisition(template.fields, choice.acquisition).length > 0;
  const found = isKnown
    ? template
    : await findTemplate(model, reader, choice, undefined, () => {}).catch(() => template);
  return withAllFields(reader, found, choice);
}
