import type { TileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import { imageFraming } from "../../src/layers/tiles/view-framing.ts";
import type { WellMark } from "../../src/ui/state/plate.ts";
import type { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import type { NodeReader } from "../../src/zarr/image/node-reader.ts";
import { type FieldExtent, fieldExtent } from "../../src/zarr/plate/field-extent.ts";
import { type FieldModel, readField, readWell } from "../../src/zarr/plate/open-plate.ts";
import {
  type CellRange,
  type ImagePlacement,
  sameCells,
} from "../../src/zarr/plate/plate-layout.ts";
import {
  type PlateModel,
  type WellGrid,
  type WellModel,
  wellGrid,
} from "../../src/zarr/plate/plate-model.ts";
import { isPredictedRight, predictedImage } from "../../src/zarr/plate/predicted-image.ts";
import type { Store } from "../../src/zarr/store/store.ts";
import {
  type ChosenField,
  chosenFields,
  type FieldChoice,
  fieldElsewhere,
  samePlace,
} from "./field-choice.ts";
import { type LaidImage, LaidImages, placementOf } from "./laid-images.ts";
import type { PlateTemplate } from "./plate-template.ts";
import { markOfAbsentField, markOfDifference, markOfFailure } from "./well-mark.ts";

/** Images kept open although they are out of view; enough for every well of the largest plates. */
const keptImages = 2048;
/** Images opened at once, so that the page does not stand still: the rest follows with the next frames. */
const openedAtOnce = 256;

/** What a plate shows in a range of cells. The same object as long as nothing changed. */
export type PlateMembers = {
  readonly members: readonly TileCatalogue[];
  /** Those whose own metadata were not read yet. */
  readonly provisional: ReadonlySet<TileCatalogue>;
  /** More are to come: ask again. */
  readonly isPartial: boolean;
};

type Surroundings = {
  readonly model: PlateModel;
  readonly reader: NodeReader;
  readonly scheduler: ChunkScheduler;
  readonly store: Store;
};

/** The images of a plate's wells: predicted when they come into view; once their metadata are read, confirmed or laid anew. */
export class PlateImages {
  readonly marks = new Map<string, WellMark>();
  readonly #model: PlateModel;
  readonly #reader: NodeReader;
  readonly #grid: WellGrid;
  readonly #laid: LaidImages;
  readonly #fieldsOf = new Map<WellModel, readonly FieldModel[]>();
  /** Where the fields lie in wells of which all were read. */
  readonly #extents = new Map<WellModel, FieldExtent | undefined>();
  #choice: FieldChoice;
  #template: PlateTemplate;
  /** What the choice means for the template's well. */
  #expected: readonly ChosenField[] = [];
  #last: { readonly cells: CellRange; readonly members: PlateMembers } | undefined;

  constructor(around: Surroundings, choice: FieldChoice, template: PlateTemplate) {
    this.#model = around.model;
    this.#reader = around.reader;
    this.#grid = wellGrid(around.model);
    this.#laid = new LaidImages(around, keptImages);
    this.#choice = choice;
    this.#template = template;
    this.#learn(template);
  }

  get choice(): FieldChoice {
    return this.#choice;
  }

  get template(): PlateTemplate {
    return this.#template;
  }

  /** Shows other fields, predicted by `template`. */
  choose(choice: FieldChoice, template: PlateTemplate): void {
    this.#choice = choice;
    this.#template = template;
    for (const [id, { kind }] of this.marks) {
      if (kind === "absent" || kind === "odd") this.marks.delete(id);
    }
    // Those of other fields stay, until there are too many: one goes back and forth. In other places of the cell they are others.
    this.#extents.clear();
    this.#expect(template);
    for (const laid of [...this.#laid.values()]) {
      const now = this.#chosenOf(laid.well).find(
        ({ field }) => field.path === laid.chosen.field.path,
      );
      if (now && !samePlace(now, laid.chosen)) this.#laid.retire(laid);
    }
    this.#learn(template);
    this.#last = undefined;
  }

  /** What there is to show in a range of cells; new images are opened from `centre` outward. */
  in(cells: CellRange, centre: readonly [number, number]): PlateMembers {
    const last = this.#last;
    if (last && !last.members.isPartial && sameCells(last.cells, cells)) return last.members;
    const found: LaidImage[] = [];
    const missing: { readonly well: WellModel; readonly chosen: ChosenField }[] = [];
    for (const well of this.#wellsIn(cells)) {
      for (const chosen of this.#chosenOf(well)) {
        const laid = this.#laid.use(chosen);
        if (laid) found.push(laid);
        else missing.push({ well, chosen });
      }
    }
    const [x, y] = centre;
    const distance = ({ row, column }: WellModel) => (column - x) ** 2 + (row - y) ** 2;
    missing.sort((a, b) => distance(a.well) - distance(b.well));
    for (const { well, chosen } of missing.slice(0, openedAtOnce)) {
      const like = this.#imageLike(well, chosen.field);
      found.push(this.#laid.lay(well, chosen, predictedImage(like, chosen.field.path), false));
    }
    this.#laid.trim(found.length);
    const members = {
      members: found.map(({ catalogue }) => catalogue),
      provisional: new Set(found.flatMap((laid) => (laid.isRead ? [] : [laid.catalogue]))),
      isPartial: missing.length > openedAtOnce,
    };
    this.#last = { cells, members };
    return members;
  }

  /** The wells of those members whose metadata are still to be read, each once, in the members' order. */
  unreadWells(members: Iterable<TileCatalogue>): readonly WellModel[] {
    const wells = new Set<WellModel>();
    for (const member of members) {
      const laid = this.#laid.of(member);
      if (laid && !laid.isRead) wells.add(laid.well);
    }
    return [...wells];
  }

  imageOf(member: TileCatalogue): LaidImage | undefined {
    return this.#laid.of(member);
  }

  /** The image that a well shows, the first if there are several; undefined if none lies there. */
  shownIn(well: WellModel): LaidImage | undefined {
    const [first] = this.#chosenOf(well);
    return first && this.#laid.peek(first);
  }

  /** Where an image of a well is expected to lie that does not lie there yet. */
  expectedIn(well: WellModel): { readonly image: ImageModel; readonly placement: ImagePlacement } {
    const [first] = this.#chosenOf(well);
    const image = first ? this.#imageLike(well, first.field) : this.#template.image;
    return { image, placement: placementOf(well, first ?? { place: 0, places: 1 }, image) };
  }

  /** The fields of a well; those of the template as long as they were not read. */
  fieldsOf(well: WellModel): readonly FieldModel[] {
    const { well: from, fields } = this.#template;
    return this.#fieldsOf.get(well) ?? fields.map((field) => fieldElsewhere(field, from, well));
  }

  /** Reads the metadata of a well and of the fields that it shows. Never rejects: what goes wrong is marked. */
  async read(well: WellModel): Promise<void> {
    const choice = this.#choice;
    try {
      this.#fieldsOf.set(well, await readWell(this.#reader, well.path));
      const images = await Promise.all(
        this.#chosenOf(well).map(({ field }) => readField(this.#reader, field.path)),
      );
      // What is shown was chosen anew meanwhile, and is read when it is drawn.
      if (choice !== this.#choice) return;
      if (choice.field === "all") this.#extents.set(well, extentOf(images));
      const chosen = this.#chosenOf(well);
      this.#dropOthers(well, chosen);
      if (chosen.length === 0) this.#markAbsent(well);
      for (const [i, each] of chosen.entries()) {
        const image = images[i];
        if (image) this.#settle(well, each, image);
      }
    } catch (error) {
      this.fail(well, error);
    } finally {
      this.#last = undefined;
    }
  }

  /** A well that cannot be read: it is marked, and nothing of it is shown. */
  fail(well: WellModel, error: unknown): void {
    this.marks.set(well.id, markOfFailure(error));
    this.#dropOthers(well, []);
    this.#last = undefined;
  }

  /** Forgets what is known of a well, so that it is predicted and read again. */
  forgetWell(well: WellModel): void {
    this.marks.delete(well.id);
    this.#fieldsOf.delete(well);
    this.#extents.delete(well);
    this.#dropOthers(well, []);
    this.#last = undefined;
  }

  /** Gives up what is no longer shown; to be called when nobody wants it any more. */
  release(): void {
    this.#laid.release();
  }

  dispose(): void {
    this.#laid.dispose();
  }

  *#wellsIn({ firstRow, endRow, firstColumn, endColumn }: CellRange): Generator<WellModel> {
    for (let row = firstRow; row < endRow; row++) {
      for (let column = firstColumn; column < endColumn; column++) {
        const well = this.#grid.at(row, column);
        const mark = well && this.marks.get(well.id);
        if (well && (!mark || mark.kind === "odd" || mark.kind === "absent")) yield well;
      }
    }
  }

  #chosenOf(well: WellModel): readonly ChosenField[] {
    const known = this.#fieldsOf.get(well);
    if (known) {
      const expected = this.#expected[0]?.extent;
      const extent = this.#extents.has(well) ? this.#extents.get(well) : expected;
      return chosenFields(known, this.#choice, extent);
    }
    return this.#expected.map((chosen) => ({
      ...chosen,
      field: fieldElsewhere(chosen.field, this.#template.well, well),
    }));
  }

  /** The image by which a field of a well is predicted: that of the template's field with the same path in its well. */
  #imageLike(well: WellModel, field: FieldModel): ImageModel {
    const { well: from, image, images } = this.#template;
    return images?.get(fieldElsewhere(field, well, from).path) ?? image;
  }

  #expect({ fields, images }: PlateTemplate): void {
    const expected = chosenFields(fields, this.#choice);
    const isWhole = images !== undefined && expected.every(({ field }) => images.has(field.path));
    const extent = isWhole ? extentOf([...images.values()]) : undefined;
    this.#expected = extent ? chosenFields(fields, this.#choice, extent) : expected;
  }

  /** The template was read already. */
  #learn(template: PlateTemplate): void {
    const { well, fields, field, image, images } = template;
    this.#expect(template);
    this.#fieldsOf.set(well, fields);
    for (const chosen of this.#chosenOf(well)) {
      const { path } = chosen.field;
      const read = images?.get(path) ?? (path === field.path ? image : undefined);
      if (read) this.#settle(well, chosen, read);
    }
  }

  #settle(well: WellModel, chosen: ChosenField, image: ImageModel): void {
    const laid = this.#laid.peek(chosen);
    const isRight =
      laid !== undefined && samePlace(laid.chosen, chosen) && isPredictedRight(laid.image, image);
    if (!isRight) this.#laid.lay(well, chosen, image, true);
    else if (!laid.isRead) this.#laid.confirm(laid);
    const difference = markOfDifference(image, this.#template.image);
    if (difference) this.marks.set(well.id, difference);
  }

  #markAbsent(well: WellModel): void {
    const { field, acquisition } = this.#choice;
    const named = this.#model.acquisitions.find(({ id }) => id === acquisition);
    const name = named && (named.name ?? String(named.id));
    this.marks.set(well.id, markOfAbsentField(field === "all" ? 0 : field, name));
  }

  /** Retires the images of a well, but for those that are chosen. */
  #dropOthers(well: WellModel, chosen: readonly ChosenField[]): void {
    const kept = new Set<string>(chosen.map(({ field }) => field.path));
    for (const laid of [...this.#laid.values()]) {
      if (laid.well === well && !kept.has(laid.chosen.field.path)) this.#laid.retire(laid);
    }
  }
}

/** Where the fields of a well lie, by the images of all of them. */
function extentOf(images: readonly ImageModel[]): FieldExtent | undefined {
  return fieldExtent(images.map((image) => imageFraming(image).bounds));
}
