import { type FieldExtent, sameExtent } from "../../src/zarr/plate/field-extent.ts";
import type { FieldModel } from "../../src/zarr/plate/open-plate.ts";
import type { WellModel } from "../../src/zarr/plate/plate-model.ts";
import { joinPath } from "../../src/zarr/store/node-path.ts";

/** Which fields of each well are shown. */
export type FieldChoice = {
  /** undefined: the plate has no acquisitions; fields of all are numbered through. */
  readonly acquisition: number | undefined;
  /** 0-based among the fields of the acquisition. */
  readonly field: number | "all";
};

/** Whether both choose the same fields. */
export function sameChoice(a: FieldChoice, b: FieldChoice): boolean {
  return a.acquisition === b.acquisition && a.field === b.field;
}

/** A field to show, and which of how many places of the cell it fills; where the fields' own positions are known, `extent` is what they cover. */
export type ChosenField = {
  readonly field: FieldModel;
  readonly place: number;
  readonly places: number;
  readonly extent?: FieldExtent | undefined;
};

/** Whether both lie at the same place of their cell. */
export function samePlace(a: ChosenField, b: ChosenField): boolean {
  return a.place === b.place && a.places === b.places && sameExtent(a.extent, b.extent);
}

/** The fields of an acquisition. Fields that name none belong to every one: where there is only one, nobody needs to say so (N4-64). */
export function fieldsOfAcquisition(
  fields: readonly FieldModel[],
  acquisition: number | undefined,
): readonly FieldModel[] {
  if (acquisition === undefined) return fields;
  return fields.filter(
    (field) => field.acquisition === undefined || field.acquisition === acquisition,
  );
}

/** What a choice means for a well with these fields, which together cover `extent`; empty if it has none such. */
export function chosenFields(
  fields: readonly FieldModel[],
  { acquisition, field }: FieldChoice,
  extent?: FieldExtent,
): readonly ChosenField[] {
  const own = fieldsOfAcquisition(fields, acquisition);
  if (field !== "all") {
    return own.slice(field, field + 1).map((one) => ({ field: one, place: 0, places: 1 }));
  }
  return own.map((one, place) => ({ field: one, place, places: own.length, extent }));
}

/** The field of another well that has the same path inside it. */
export function fieldElsewhere(field: FieldModel, from: WellModel, to: WellModel): FieldModel {
  return { ...field, path: joinPath(to.path, field.path.slice(from.path.length)) };
}
