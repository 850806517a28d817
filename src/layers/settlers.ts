import { emptyCounts, type TileCounts } from "../zarr/chunks/chunk-state.ts";

/** Those who wait until a picture is whole. */
export class Settlers {
  readonly #waiting: ((tiles: TileCounts) => void)[] = [];

  wait(): Promise<TileCounts> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** @param tiles what the picture shows; nothing by default */
  answer(tiles: TileCounts = emptyCounts()): void {
    for (const resolve of this.#waiting.splice(0)) resolve({ ...tiles });
  }
}
