import fc from "fast-check";
import { expect, test } from "vitest";
import { OriginBreakers } from "./origin-breakers.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

const policy = { firstMs: 100, secondMs: 1_000, longestMs: 4_000 };
const failure = (change: Partial<ChunkFailure> = {}): ChunkFailure => ({
  kind: "error",
  code: "ZS-NETWORK",
  reason: "no answer",
  retry: "later",
  retryAfterMs: undefined,
  throttled: false,
  status: undefined,
  ...change,
});

function setup() {
  const changes = { count: 0 };
  let chunks = 0;
  const breakers = new OriginBreakers(() => changes.count++, policy);
  const failTimes = (times: number, nowMs: number, change?: Partial<ChunkFailure>) => {
    for (let i = 0; i < times; i++) breakers.failed("o", failure(change), nowMs, `${chunks++}`);
  };
  return { breakers, changes, failTimes };
}

test("N14 eight failures in a row stop an origin; others go on", () => {
  const { breakers, failTimes, changes } = setup();
  failTimes(7, 0);
  expect(breakers.admits("o", 0, 7)).toBe(true);
  failTimes(1, 0);
  expect(breakers.admits("o", 1, 0)).toBe(false);
  expect(breakers.admits("other", 1, 0)).toBe(true);
  expect(changes.count).toBe(1);
  // The first rest is short: nothing is shown as failed yet.
  expect(breakers.givesUp("o")).toBe(false);
  expect(breakers.paused()).toEqual([]);
  expect(breakers.nextDueMs(1)).toBe(100);
});

test("N14 a few chunks that fail each time they are tried do not stop the origin for all others", () => {
  const { breakers } = setup();
  for (let tries = 0; tries < 4; tries++) {
    for (const chunk of ["a", "b", "c"]) breakers.failed("o", failure(), tries, chunk);
  }
  expect(breakers.admits("o", 5, 0)).toBe(true);
  for (const chunk of ["d", "e", "f", "g", "h"]) breakers.failed("o", failure(), 5, chunk);
  expect(breakers.admits("o", 6, 0)).toBe(false);
});

test("N14 one request probes a resting origin; each failure doubles the rest up to its limit", () => {
  const { breakers, failTimes } = setup();
  failTimes(8, 0);
  let nowMs = 0;
  const rests: number[] = [];
  for (let round = 0; round < 6; round++) {
    nowMs = breakers.nextDueMs(nowMs)!;
    expect(breakers.admits("o", nowMs - 1, 0)).toBe(false);
    expect(breakers.due(nowMs)).toEqual(["o"]);
    expect(breakers.admits("o", nowMs, 1)).toBe(false);
    expect(breakers.admits("o", nowMs, 0)).toBe(true);
    expect(breakers.admits("o", nowMs, 0)).toBe(false);
    failTimes(1, nowMs);
    rests.push(breakers.nextDueMs(nowMs)! - nowMs);
    expect(breakers.paused()).toEqual([
      { origin: "o", cause: "failing", nextTryMs: nowMs + rests.at(-1)! },
    ]);
  }
  expect(rests).toEqual([1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
});

test("an answer closes the breaker, and tells whether something had been given up", () => {
  const { breakers, failTimes } = setup();
  expect(breakers.answered("o")).toBe(false);
  failTimes(8, 0);
  expect(breakers.answered("o")).toBe(false);
  expect(breakers.admits("o", 0, 5)).toBe(true);
  failTimes(8, 0);
  breakers.admits("o", 100, 0);
  failTimes(1, 100);
  expect(breakers.givesUp("o")).toBe(true);
  expect(breakers.answered("o")).toBe(true);
  expect(breakers.paused()).toEqual([]);
});

test("a success between failures, too many requests and faults of single objects do not stop an origin", () => {
  const { breakers, failTimes } = setup();
  for (let i = 0; i < 10; i++) {
    failTimes(7, i);
    breakers.answered("o");
  }
  failTimes(20, 0, { code: "ZS-HTTP-429", status: 429, throttled: true });
  failTimes(20, 0, { code: "ZS-WORKER" });
  failTimes(20, 0, { code: "ZS-CORRUPT", kind: "corrupt", retry: "reload" });
  expect(breakers.admits("o", 0, 3)).toBe(true);
});

test("a probe that was called off lets another one go", () => {
  const { breakers, failTimes } = setup();
  failTimes(8, 0);
  expect(breakers.admits("o", 100, 0)).toBe(true);
  breakers.releaseProbe("o");
  expect(breakers.admits("o", 101, 0)).toBe(true);
});

test("N24 without a network the first failure stops the origin until the network is back", () => {
  const { breakers, failTimes } = setup();
  breakers.setOnline(false);
  expect(breakers.admits("o", 0, 0)).toBe(true);
  failTimes(1, 0);
  expect(breakers.givesUp("o")).toBe(true);
  expect(breakers.paused()).toEqual([{ origin: "o", cause: "offline", nextTryMs: undefined }]);
  expect(breakers.nextDueMs(0)).toBeUndefined();
  expect(breakers.admits("o", 1e9, 0)).toBe(false);
  breakers.setOnline(true);
  expect(breakers.due(1)).toEqual(["o"]);
  expect(breakers.admits("o", 1, 0)).toBe(true);
  // What was shown as failed meanwhile is tried again.
  expect(breakers.answered("o")).toBe(true);
});

test("property: while an origin rests at most one request runs, and it never rests for ever", () => {
  const step = fc.constantFrom("fail", "answer", "later", "start", "release");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { breakers } = setup();
      let nowMs = 0;
      let running = 0;
      let chunks = 0;
      for (const each of steps) {
        const resting = breakers.nextDueMs(-1) !== undefined || breakers.due(nowMs).length > 0;
        if (each === "later") nowMs += 500;
        if (each === "start" && breakers.admits("o", nowMs, running)) {
          if (resting) expect(running).toBe(0);
          running++;
        }
        if (running > 0 && each !== "start" && each !== "later") {
          running--;
          if (each === "fail") breakers.failed("o", failure(), nowMs, `${chunks++}`);
          if (each === "answer") breakers.answered("o");
          if (each === "release") breakers.releaseProbe("o");
        }
      }
      while (running-- > 0) breakers.releaseProbe("o");
      expect(breakers.admits("o", nowMs + policy.longestMs, 0)).toBe(true);
    }),
  );
});
