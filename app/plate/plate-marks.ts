import type { ComposedFrame } from "../../src/layers/frame-composer.ts";
import type { WellMark } from "../../src/ui/state/plate.ts";
import type { ChunkClient } from "../../src/zarr/chunks/chunk-request.ts";
import type { Problem } from "../../src/zarr/problem.ts";
import type { OpenedPlate } from "./open-plate.ts";
import { marksOfFrame, problemOfMark, sameMarks } from "./well-mark.ts";

/** Damaged wells that the list of problems names. */
const listedMarks = 100;

/** What is known of wells that are not as they should be: from their metadata, and from what of their tiles is in view. */
export class PlateMarks {
  readonly #plate: OpenedPlate;
  readonly #chunks: Pick<ChunkClient, "state">;
  #ofTiles: ReadonlyMap<string, WellMark> = new Map();

  constructor(plate: OpenedPlate, chunks: Pick<ChunkClient, "state">) {
    this.#plate = plate;
    this.#chunks = chunks;
  }

  /** Looks at a frame; returns whether its tiles say something else than those before. */
  note(frame: ComposedFrame): boolean {
    const marks = marksOfFrame(frame, this.#chunks, (member) => this.#plate.images.imageOf(member));
    if (sameMarks(marks, this.#ofTiles)) return false;
    this.#ofTiles = marks;
    return true;
  }

  /** By the well's id; the same object as `before` if there are the same marks. */
  all(before?: ReadonlyMap<string, WellMark>): ReadonlyMap<string, WellMark> {
    const marks = new Map([...this.#ofTiles, ...this.#plate.images.marks]);
    return before && sameMarks(before, marks) ? before : marks;
  }

  /** The plate's own problems, those of the image by which it is shown, and its wells'. */
  problems(marks: ReadonlyMap<string, WellMark>): readonly Problem[] {
    const { model, images } = this.#plate;
    return [
      ...model.problems,
      ...images.template.image.problems,
      ...[...marks].slice(0, listedMarks).map(([id, mark]) => problemOfMark(id, mark)),
    ];
  }
}
