import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PlanePace } from "./plane-pace.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stack of which a plane is on screen `loadMs` after it was first shown. */
function paced(loadMs: number, inMemory: (z: number) => boolean = () => false) {
  const world = { selected: { z: 0 }, isPassed: false, shown: [] as number[], onScreen: -1 };
  const pace = new PlanePace({
    isShown: ({ z }) => z === world.onScreen,
    isThere: ({ z = -1 }) => inMemory(z),
    changed: () => look(),
    nowMs: () => Date.now(),
  });
  function look(): void {
    const { z } = pace.shown(world.selected, world.isPassed);
    if (z === undefined || z === world.shown.at(-1)) return;
    world.shown.push(z);
    setTimeout(
      () => {
        if (world.shown.at(-1) !== z) return;
        world.onScreen = z;
        pace.drawn();
      },
      inMemory(z) ? 0 : loadMs,
    );
  }
  const select = (z: number, isPassed: boolean) => {
    world.selected = { z };
    world.isPassed = isPassed;
    look();
  };
  const pass = (first: number, last: number, everyMs: number) => {
    for (let z = first; z <= last; z++) {
      select(z, true);
      vi.advanceTimersByTime(everyMs);
    }
  };
  select(0, false);
  vi.advanceTimersByTime(1000);
  return { world, pace, select, pass };
}

describe("PlanePace", () => {
  it("shows what is selected at rest at once, however little of the last one is there", () => {
    const { world, select } = paced(1000);
    for (const z of [3, 4, 9]) select(z, false);
    expect(world.shown).toEqual([0, 3, 4, 9]);
  });

  it("shows every plane to a hand that is slower than they come", () => {
    const { world, pass } = paced(40);
    pass(1, 20, 50);
    expect(world.shown).toEqual(Array.from({ length: 21 }, (_, z) => z));
  });

  it("shows fewer than one plane in ten to a hand that is faster, and the last one as soon as it lets go", () => {
    const { world, select, pass } = paced(70);
    pass(1, 200, 16);
    const onTheWay = world.shown.length;
    expect(onTheWay).toBeGreaterThan(5);
    expect(onTheWay).toBeLessThan(20);
    select(200, false);
    expect(world.shown.at(-1)).toBe(200);
  });

  it("shows on the way what is in memory anyway", () => {
    const { world, pass } = paced(500, (z) => z % 2 === 0);
    pass(1, 40, 10);
    expect(world.shown.filter((z) => z % 2 === 0).length).toBe(21);
  });

  it("shows the plane that the hand rests on, though it does not let go", () => {
    const { world, pass } = paced(500);
    pass(1, 10, 10);
    expect(world.shown).toEqual([0, 1]);
    vi.advanceTimersByTime(100);
    expect(world.shown).toEqual([0, 1, 10]);
  });

  it("is idle once what is selected is shown", async () => {
    const { pace, pass } = paced(500);
    await pace.idle();
    pass(1, 3, 5);
    const idle = vi.fn();
    void pace.idle().then(idle);
    await vi.advanceTimersByTimeAsync(50);
    expect(idle).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(50);
    expect(idle).toHaveBeenCalled();
  });

  it("lets nobody wait for an image that is closed", async () => {
    const { pace, pass } = paced(500);
    pass(1, 3, 5);
    const idle = pace.idle();
    pace.clear();
    await idle;
  });

  it("ends on what was selected last, whatever the hand did", () => {
    const moves = fc.array(
      fc.record({ z: fc.nat(300), isPassed: fc.boolean(), waitMs: fc.nat(120) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(moves, fc.nat(400), (hand, loadMs) => {
        const { world, select } = paced(loadMs);
        for (const { z, isPassed, waitMs } of hand) {
          select(z, isPassed);
          vi.advanceTimersByTime(waitMs);
        }
        vi.advanceTimersByTime(100);
        expect(world.shown.at(-1)).toBe(hand.at(-1)?.z);
      }),
    );
  });
});
