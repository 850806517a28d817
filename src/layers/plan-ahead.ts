import type { FrameComposer } from "./frame-composer.ts";
import type { Scene } from "./scene.ts";
import type { ScenePlanner } from "./scene-planner.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** What is to be planned, and for whom. */
export type Planning = {
  readonly planner: ScenePlanner;
  readonly scene: Scene;
  readonly rect: ViewRect;
  /** Gets ready for what was planned, once there is a context. */
  readonly composer: FrameComposer | undefined;
};

/**
 * Asks for chunks before the next frame does: frames come after the interface has drawn the same change, and the first one after the graphics are
 * there.
 */
export class PlanAhead {
  readonly #planning: () => Planning | undefined;
  readonly #fail: (error: unknown) => void;
  #isPlanned = false;

  /**
   * @param planning undefined while there is nothing to plan
   * @param fail is told what goes wrong (a context may be lost at any time); whoever changed the scene is not to blame
   */
  constructor(planning: () => Planning | undefined, fail: (error: unknown) => void) {
    this.#planning = planning;
    this.#fail = fail;
  }

  /** At once, but once a frame: each event of a hand that moves fast need not be planned for. */
  now(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.again();
  }

  /** Once whoever changed the scene has said from where it is seen. */
  soon(): void {
    queueMicrotask(() => this.again());
  }

  again(): void {
    try {
      const planning = this.#planning();
      if (!planning) return;
      const { planner, scene, rect, composer } = planning;
      const [first] = planner.plan(scene, rect);
      composer?.prepare(first, rect);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The next frame is being drawn. */
  drawn(): void {
    this.#isPlanned = false;
  }
}
