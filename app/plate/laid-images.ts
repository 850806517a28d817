import type { TileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import { imageFraming } from "../../src/layers/tiles/view-framing.ts";
import type { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import {
  cellRect,
  fieldPlace,
  type ImagePlacement,
  placeWithin,
} from "../../src/zarr/plate/plate-layout.ts";
import type { WellModel } from "../../src/zarr/plate/plate-model.ts";
import type { Store } from "../../src/zarr/store/store.ts";
import type { ChosenField } from "./field-choice.ts";
import { type FieldImage, layOnPlate } from "./field-image.ts";

/** A field's image in its well's cell. */
export type LaidImage = FieldImage & {
  readonly well: WellModel;
  readonly chosen: ChosenField;
  /** The image's own metadata were read; else it is predicted. */
  readonly isRead: boolean;
};

/** The images that lie on a plate, by the path of their field, bounded in number: those used last stay. */
export class LaidImages {
  readonly #around: { readonly scheduler: ChunkScheduler; readonly store: Store };
  readonly #capacity: number;
  readonly #byPath = new Map<string, LaidImage>();
  readonly #byCatalogue = new Map<TileCatalogue, LaidImage>();
  /** No longer shown, but maybe still wanted by the frame before. */
  readonly #retired: FieldImage[] = [];

  constructor(around: { scheduler: ChunkScheduler; store: Store }, capacity: number) {
    this.#around = around;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#byPath.size;
  }

  /** Marks it as recently used. */
  use({ field: { path } }: ChosenField): LaidImage | undefined {
    const laid = this.#byPath.get(path);
    if (laid === undefined) return undefined;
    this.#byPath.delete(path);
    this.#byPath.set(path, laid);
    return laid;
  }

  peek({ field: { path } }: ChosenField): LaidImage | undefined {
    return this.#byPath.get(path);
  }

  of(catalogue: TileCatalogue): LaidImage | undefined {
    return this.#byCatalogue.get(catalogue);
  }

  values(): Iterable<LaidImage> {
    return this.#byPath.values();
  }

  /** Lays an image in place of the one that was there. */
  lay(well: WellModel, chosen: ChosenField, image: ImageModel, isRead: boolean): LaidImage {
    const before = this.peek(chosen);
    if (before) this.retire(before);
    const placement = placementOf(well, chosen, image);
    const laid = { ...layOnPlate(image, placement, this.#around), well, chosen, isRead };
    this.#put(laid);
    return laid;
  }

  /** The prediction was right: what is on show stays. */
  confirm(laid: LaidImage): void {
    this.#put({ ...laid, isRead: true });
  }

  retire(laid: LaidImage): void {
    this.#byPath.delete(laid.chosen.field.path);
    this.#byCatalogue.delete(laid.catalogue);
    this.#retired.push(laid);
  }

  /** Retires what was not used for longest, as long as there are more than the capacity, and than are in use now. */
  trim(inUse: number): void {
    for (const laid of this.#byPath.values()) {
      if (this.size <= Math.max(this.#capacity, inUse)) return;
      this.retire(laid);
    }
  }

  /** Gives up what was retired; to be called when nobody wants it any more. */
  release(): void {
    if (this.#retired.length === 0) return;
    const ids = this.#retired
      .splice(0)
      .flatMap(({ catalogue }) => catalogue.arrays.map(({ id }) => id));
    // Not all at once: an argument list has an end.
    while (ids.length > 0) this.#around.scheduler.forget(...ids.splice(-10_000));
  }

  dispose(): void {
    for (const laid of [...this.#byPath.values()]) this.retire(laid);
    this.release();
  }

  #put(laid: LaidImage): void {
    this.#byPath.set(laid.chosen.field.path, laid);
    this.#byCatalogue.set(laid.catalogue, laid);
  }
}

/** In the middle of the well's cell, where the field's own position puts it there, or in one of the cell's places. */
export function placementOf(
  well: WellModel,
  { place, places, extent }: Pick<ChosenField, "place" | "places" | "extent">,
  image: ImageModel,
): ImagePlacement {
  const cell = cellRect(well);
  if (extent) return placeWithin(extent.bounds, cell);
  const into = places === 1 ? cell : fieldPlace(cell, place, places);
  return placeWithin(imageFraming(image).bounds, into);
}
