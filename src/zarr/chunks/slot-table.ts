import type { PausedOrigin } from "./origin-breakers.ts";
import { OriginSlots } from "./origin-slots.ts";

/** "urgent": somebody looks at what depends on it; "idle": only while chunks leave half of the slots free. */
export type SlotUrgency = "urgent" | "idle";

const toldRestMs = 2_000;

/** Gives a slot back, and tells the protocol by which the answer came, where it can be read. A second call does nothing. */
export type ReleaseSlot = (protocol?: string) => void;

type Waiter = {
  readonly slots: OriginSlots;
  readonly urgency: SlotUrgency;
  readonly give: (release: ReleaseSlot) => void;
};

/** The slots of all origins, and who waits for one: requests that are no chunk's (the metadata of wells) share them with the chunks. */
export class SlotTable {
  readonly #changed: () => void;
  readonly #slots = new Map<string, OriginSlots>();
  #waiting: Waiter[] = [];

  /** @param changed is called when `serve` may have something to do */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Number of origins. */
  get size(): number {
    return this.#slots.size;
  }

  of(origin: string): OriginSlots {
    const known = this.#slots.get(origin);
    if (known) return known;
    const slots = new OriginSlots();
    this.#slots.set(origin, slots);
    return slots;
  }

  /** When the first origin that asked for a rest may be asked again; undefined if none rests. */
  nextFreeMs(nowMs: number): number | undefined {
    const rests = [...this.#slots.values()].flatMap((slots) => slots.restsUntilMs(nowMs) ?? []);
    return rests.length === 0 ? undefined : Math.min(...rests);
  }

  /** Origins that asked for a rest that is long enough to be told. */
  resting(): PausedOrigin[] {
    const nowMs = performance.now();
    return [...this.#slots].flatMap(([origin, slots]): PausedOrigin[] => {
      const nextTryMs = slots.restsUntilMs(nowMs);
      const isLong = nextTryMs !== undefined && nextTryMs - nowMs > toldRestMs;
      return isLong ? [{ origin, cause: "throttled", nextTryMs }] : [];
    });
  }

  endRests(): void {
    for (const slots of this.#slots.values()) slots.endRest();
  }

  /** Resolves with what gives the slot back, once `serve` has one; first come, first served. */
  wait(origin: string, urgency: SlotUrgency): Promise<ReleaseSlot> {
    const slots = this.of(origin);
    return new Promise((give) => {
      this.#waiting.push({ slots, urgency, give });
      this.#changed();
    });
  }

  /** Gives out the slots that are free for requests of this urgency. */
  serve(urgency: SlotUrgency): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter((waiter) => {
      const { slots, give } = waiter;
      const kept = urgency === "urgent" ? 0 : Math.floor(slots.limit / 2);
      if (waiter.urgency !== urgency || slots.free <= kept) return true;
      slots.take();
      let isHeld = true;
      give((protocol) => {
        if (!isHeld) return;
        isHeld = false;
        slots.learn(protocol);
        slots.release();
        this.#changed();
      });
      return false;
    });
  }
}
