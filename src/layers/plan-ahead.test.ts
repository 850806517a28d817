import { expect, it, vi } from "vitest";
import { PlanAhead, type Planning } from "./plan-ahead.ts";
import type { Scene } from "./scene.ts";

const rect = { x0: 0, y0: 0, x1: 1, y1: 1, worldPerDevicePixel: 1 };

function planningWith(composer: object) {
  const plan = vi.fn(() => ["first"]);
  const scene = { layers: [], background: "000000" } satisfies Scene;
  return { plan, planning: { planner: { plan }, scene, rect, composer } as unknown as Planning };
}

it("plans at once, once a frame, and what draws gets ready for it", () => {
  const prepare = vi.fn();
  const { plan, planning } = planningWith({ prepare });
  const ahead = new PlanAhead(
    () => planning,
    (error) => expect.unreachable(String(error)),
  );
  ahead.now();
  ahead.now();
  expect(plan).toHaveBeenCalledExactlyOnceWith(planning.scene, rect);
  expect(prepare).toHaveBeenCalledExactlyOnceWith("first", rect);
  ahead.drawn();
  ahead.now();
  expect(plan).toHaveBeenCalledTimes(2);
});

it("G01 a context that is gone in the middle of it is no fault of whoever changed the scene", async () => {
  const gone = new Error("The graphics context is gone.");
  const prepare = () => {
    throw gone;
  };
  const fail = vi.fn();
  const ahead = new PlanAhead(() => planningWith({ prepare }).planning, fail);
  ahead.now();
  expect(fail.mock.calls).toEqual([[gone]]);
  ahead.soon();
  await Promise.resolve();
  expect(fail).toHaveBeenCalledTimes(2);
});
