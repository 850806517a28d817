import type { WellModel } from "../../src/zarr/plate/plate-model.ts";
import type { OpenedPlate } from "./open-plate.ts";

/** Wells whose metadata are read at once while nothing else is to be done. */
const readAtOnce = 6;
/** How long the picture has to stand complete: whoever moves on at once needs none of it. */
const idleAfterMs = 1000;
/** How long what was read is gathered before it is shown. */
const gatherMs = 60;

type ReadPlate = Pick<OpenedPlate, "idlePaths"> & {
  readonly images: Pick<OpenedPlate["images"], "read">;
};

/** Reads the metadata of wells, each once at a time: those that somebody waits for at once, the others when the picture is complete. */
export class WellReader {
  readonly #plate: ReadPlate;
  readonly #changed: () => void;
  readonly #reading = new Map<WellModel, Promise<void>>();
  #waiting: WellModel[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #isIdle = false;
  #isDisposed = false;

  /** @param changed something was read, or failed */
  constructor(plate: ReadPlate, changed: () => void) {
    this.#plate = plate;
    this.#changed = changed;
  }

  /** Resolves when the well was read, or cannot be, and that is shown. */
  async read(well: WellModel): Promise<void> {
    this.#plate.idlePaths.delete(well.path);
    await this.#start(well);
    this.#show();
  }

  readNow(wells: Iterable<WellModel>): void {
    for (const well of wells) {
      this.#plate.idlePaths.delete(well.path);
      void this.#start(well);
    }
  }

  /** Replaces the list of wells to read in idle time; the first come first. None: it is no idle time. */
  readWhenIdle(wells: readonly WellModel[]): void {
    this.#waiting = wells.filter((well) => !this.#reading.has(well));
    if (wells.length === 0) {
      clearTimeout(this.#idleTimer);
      this.#idleTimer = undefined;
      this.#isIdle = false;
    } else if (this.#isIdle) {
      this.#next();
    } else {
      this.#idleTimer ??= setTimeout(() => {
        this.#isIdle = true;
        this.#next();
      }, idleAfterMs);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
    clearTimeout(this.#idleTimer);
  }

  #next(): void {
    while (this.#isIdle && this.#reading.size < readAtOnce) {
      const well = this.#waiting.shift();
      if (well === undefined) return;
      this.#plate.idlePaths.add(well.path);
      void this.#start(well).then(() => this.#next());
    }
  }

  #start(well: WellModel): Promise<void> {
    const known = this.#reading.get(well);
    if (known) return known;
    const reading = this.#plate.images.read(well).then(() => {
      this.#reading.delete(well);
      this.#plate.idlePaths.delete(well.path);
      this.#timer ??= setTimeout(() => this.#show(), gatherMs);
    });
    this.#reading.set(well, reading);
    return reading;
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isDisposed) this.#changed();
  }
}
