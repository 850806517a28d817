import type { ChunkCoords } from "../array/array-metadata.ts";
import type { QueuedPlane } from "./chunk-queue.ts";
import type { ArrayHandle } from "./chunk-request.ts";

/** "cors": the server answers, but does not let this page read the answer. "network": nothing answers. */
export type Verdict = "cors" | "network";

export type Diagnose = (array: ArrayHandle, object: ChunkCoords) => Promise<Verdict>;

/** Probes of objects of which nothing readable came: one per object at a time, however many planes are read from it. */
export class Diagnoses {
  readonly #diagnose: Diagnose;
  readonly #underWay = new Map<string, Promise<Verdict>>();
  readonly #planes = new Set<string>();
  /** Origins that answer errors without CORS headers. */
  readonly #unreadableErrors = new Set<string>();

  constructor(diagnose: Diagnose) {
    this.#diagnose = diagnose;
  }

  /** True while the plane waits for a verdict. */
  isWaiting(planeKey: string): boolean {
    return this.#planes.has(planeKey);
  }

  /** True if the origin is known to answer errors unreadably, so that trying again is of no use. */
  hidesErrors(origin: string): boolean {
    return this.#unreadableErrors.has(origin);
  }

  rememberHidesErrors(origin: string): void {
    this.#unreadableErrors.add(origin);
  }

  forgetOrigins(): void {
    this.#unreadableErrors.clear();
  }

  /** Never rejects: a probe that fails says that nothing answers. */
  async verdictOn({ ref, unit, unitKey }: QueuedPlane): Promise<Verdict> {
    this.#planes.add(ref.key);
    let verdict = this.#underWay.get(unitKey);
    if (verdict === undefined) {
      verdict = this.#probe(ref.array, unit).finally(() => this.#underWay.delete(unitKey));
      this.#underWay.set(unitKey, verdict);
    }
    const said = await verdict;
    this.#planes.delete(ref.key);
    return said;
  }

  async #probe(array: ArrayHandle, object: ChunkCoords): Promise<Verdict> {
    try {
      return await this.#diagnose(array, object);
    } catch {
      return "network";
    }
  }
}
