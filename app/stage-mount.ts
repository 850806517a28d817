import type { Stage } from "../src/layers/stage.ts";
import type { StageDeps } from "../src/layers/stage-deps.ts";

/** deck.gl and the tile pool are half of the code and of no use on the start page: loaded beside the first metadata. */
export const loadStage = () => import("../src/layers/stage.ts");

/** The stage, as soon as its code is there and the page has a place for it. */
export class StageMount {
  #stage: Stage | undefined;
  readonly #waiting: ((stage: Stage) => void)[] = [];

  get stage(): Stage | undefined {
    return this.#stage;
  }

  /** Puts a stage into an element; the returned function takes it out again. */
  mount(parent: HTMLElement, deps: StageDeps, mounted: (stage: Stage) => void): () => void {
    let stage: Stage | undefined;
    let isWanted = true;
    void loadStage().then((module) => {
      if (!isWanted) return;
      stage = new module.Stage(parent, deps);
      this.#stage = stage;
      mounted(stage);
      for (const resolve of this.#waiting.splice(0)) resolve(stage);
    });
    return () => {
      isWanted = false;
      stage?.destroy();
      if (this.#stage === stage) this.#stage = undefined;
    };
  }

  /** Resolves with the stage, now or once there is one. */
  there(): Promise<Stage> {
    if (this.#stage) return Promise.resolve(this.#stage);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
