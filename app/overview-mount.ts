import { Overview } from "../src/layers/overview/overview.ts";
import type { Scene } from "../src/layers/scene.ts";
import type { ChunkClient } from "../src/zarr/chunks/chunk-request.ts";

/** The navigator's picture of what the stage shows, while there is a canvas for it. */
export class OverviewMount {
  readonly #chunks: ChunkClient;
  #overview: Overview | undefined;
  #scene: Scene | undefined;

  constructor(chunks: ChunkClient) {
    this.#chunks = chunks;
  }

  /** Paints the whole plane on a canvas; the returned function ends it. */
  mount(canvas: HTMLCanvasElement): () => void {
    const overview = new Overview(canvas, this.#chunks);
    this.#overview = overview;
    overview.setScene(this.#scene);
    return () => {
      overview.destroy();
      if (this.#overview === overview) this.#overview = undefined;
    };
  }

  setScene(scene: Scene | undefined): void {
    this.#scene = scene;
    this.#overview?.setScene(scene);
  }
}
