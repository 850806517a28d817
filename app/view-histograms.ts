import type { DecodedPlane, PlaneStatistics } from "../src/zarr/chunks/chunk-state.ts";
import { mergeStatistics } from "../src/zarr/chunks/plane-statistics.ts";

type Known = { readonly planes: readonly DecodedPlane[]; readonly statistics: PlaneStatistics };

/** One histogram per channel of what is in view, merged again only when other planes are. */
export class ViewHistograms {
  readonly #planesInView: (channel: number) => readonly DecodedPlane[];
  readonly #known = new Map<number, Known>();

  constructor(planesInView: (channel: number) => readonly DecodedPlane[]) {
    this.#planesInView = planesInView;
  }

  /** undefined if nothing finite is in view, or the channel is not visible. */
  of(channel: number): PlaneStatistics {
    const planes = this.#planesInView(channel);
    const known = this.#known.get(channel);
    const isSame =
      known?.planes.length === planes.length &&
      known.planes.every((plane, i) => plane === planes[i]);
    if (known && isSame) return known.statistics;
    const statistics = mergeStatistics(planes.map((plane) => plane.statistics));
    this.#known.set(channel, { planes, statistics });
    return statistics;
  }

  clear(): void {
    this.#known.clear();
  }
}
