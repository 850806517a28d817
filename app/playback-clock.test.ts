import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type PlaneReadiness, PlaybackClock } from "./playback-clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function clocked(planes = Number.POSITIVE_INFINITY) {
  const world = { readiness: "whole" as PlaneReadiness, shown: [] as number[] };
  const start = Date.now();
  const clock = new PlaybackClock({
    readiness: () => world.readiness,
    nowMs: () => Date.now(),
    advance: () => {
      if (world.shown.length >= planes) return false;
      world.shown.push(Date.now() - start);
      return true;
    },
  });
  return { clock, world };
}

it("keeps the rate", () => {
  const { clock, world } = clocked();
  clock.run(10);
  vi.advanceTimersByTime(1005);
  expect(world.shown).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});

it("takes another rate at once", () => {
  const { clock, world } = clocked();
  clock.run(1);
  vi.advanceTimersByTime(100);
  clock.run(20);
  vi.advanceTimersByTime(150);
  expect(world.shown.length).toBeGreaterThanOrEqual(3);
});

it("waits for a plane that is not there, however long, and goes on as soon as it is drawn", () => {
  const { clock, world } = clocked();
  world.readiness = "none";
  clock.run(10);
  vi.advanceTimersByTime(5000);
  expect(world.shown).toEqual([]);
  world.readiness = "whole";
  clock.drawn();
  expect(world.shown).toEqual([5000]);
  vi.advanceTimersByTime(100);
  expect(world.shown).toEqual([5000, 5100]);
});

it("makes do with the coarser picture after a grace", () => {
  const { clock, world } = clocked();
  world.readiness = "coarse";
  clock.run(10);
  vi.advanceTimersByTime(399);
  expect(world.shown).toEqual([]);
  vi.advanceTimersByTime(2);
  expect(world.shown).toEqual([400]);
});

it("keeps the rate with the coarser picture once a plane was late, and waits again when planes have come in time for a while", () => {
  const { clock, world } = clocked();
  world.readiness = "coarse";
  clock.run(10);
  vi.advanceTimersByTime(805);
  expect(world.shown).toEqual([400, 500, 600, 700, 800]);
  world.readiness = "whole";
  vi.advanceTimersByTime(800);
  expect(world.shown.length).toBe(13);
  world.readiness = "coarse";
  vi.advanceTimersByTime(390);
  expect(world.shown.length).toBe(13);
  vi.advanceTimersByTime(20);
  expect(world.shown.length).toBe(14);
});

it("does not hurry when frames are drawn more often than planes are due", () => {
  const { clock, world } = clocked();
  clock.run(10);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(16);
    clock.drawn();
  }
  expect(world.shown).toEqual([100, 200, 300]);
});

it("stops at the end and when told, and draws no more then", () => {
  const { clock, world } = clocked(2);
  clock.run(10);
  vi.advanceTimersByTime(1000);
  expect(world.shown).toEqual([100, 200]);
  expect(clock.isRunning).toBe(false);
  clock.run(10);
  clock.stop();
  vi.advanceTimersByTime(1000);
  clock.drawn();
  expect(vi.getTimerCount()).toBe(0);
});
