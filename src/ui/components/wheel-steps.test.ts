import { expect, it } from "vitest";
import { WheelSteps } from "./wheel-steps.ts";

const pixels = (deltaY: number, deltaX = 0) => ({ deltaX, deltaY, deltaMode: 0 });

it("a notch is one step, in either direction, also where Shift turns it", () => {
  const wheel = new WheelSteps();
  expect(wheel.take(pixels(100))).toBe(1);
  expect(wheel.take(pixels(120))).toBe(1);
  expect(wheel.take(pixels(-100))).toBe(-1);
  expect(wheel.take(pixels(0, 100))).toBe(1);
  expect(wheel.take({ deltaX: 0, deltaY: 3, deltaMode: 1 })).toBe(1);
});

it("small movements add up, and turning back begins anew", () => {
  const wheel = new WheelSteps();
  const steps = [20, 20, 20, 20, -20, -20, -20].map((delta) => wheel.take(pixels(delta)));
  expect(steps).toEqual([0, 0, 1, 0, 0, 0, -1]);
});
