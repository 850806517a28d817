import { loadedLuts, loadLuts } from "../src/layers/luts/load-luts.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";

/** Fetches the lookup tables when a channel first asks for one; until then its channel is fetched, but not drawn. */
export class NeededLuts {
  readonly #store: ViewerStore;
  readonly #onLoaded: () => void;
  #loading: Promise<void> | undefined;

  constructor(store: ViewerStore, onLoaded: () => void) {
    this.#store = store;
    this.#onLoaded = onLoaded;
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.#loading;
  }

  loadFor(channels: ViewerState["channels"]): void {
    if (this.#loading || loadedLuts() || !channels.some(({ lut }) => lut !== null)) return;
    this.#loading = loadLuts().then(this.#onLoaded, () => {
      this.#loading = undefined;
      this.#store.setState(({ channels: now, notices }) => ({
        channels: now.map((channel) => ({ ...channel, lut: null })),
        notices: [...notices, "The lookup tables could not be loaded; colours are shown instead."],
      }));
    });
  }
}
