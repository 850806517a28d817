import fc from "fast-check";
import { expect, test } from "vitest";
import { maxAttempts, retryDelayMs } from "../store/retry-policy.ts";
import { afterFailure, diagnosedState } from "./failure-policy.ts";
import type { ChunkFailure } from "./worker-protocol.ts";

const failure = (change: Partial<ChunkFailure>): ChunkFailure => ({
  kind: "error",
  code: "ZS-HTTP-503",
  reason: "Chunk (0): 503",
  retry: "later",
  retryAfterMs: undefined,
  throttled: false,
  status: undefined,
  ...change,
});

test("property: the delay has full jitter, grows and is capped at 8 s", () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), random, (attempts, r) => {
      const delay = retryDelayMs(attempts, r);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(Math.min(8_000, 250 * 2 ** attempts));
    }),
  );
});

test("Retry-After wins, capped at a minute", () => {
  expect(retryDelayMs(1, 0.5, 1_000)).toBe(1_000);
  expect(retryDelayMs(1, 0.5, 3_600_000)).toBe(60_000);
});

test("a transient failure is tried four times in all, then it is an error", () => {
  const steps = [0, 1, 2, 3].map((attempts) =>
    afterFailure({ attempts, throttles: 0, reload: false }, failure({}), false, 0.5),
  );
  expect(steps.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry", "settle"]);
  expect(steps).toHaveLength(maxAttempts);
});

test("what contradicts its checksum is read once more past the cache, then it is corrupt", () => {
  const corrupt = failure({ kind: "corrupt", code: "ZS-CORRUPT", retry: "reload" });
  expect(afterFailure({ attempts: 0, throttles: 0, reload: false }, corrupt, false, 0.5)).toEqual({
    kind: "retry",
    attempts: 1,
    throttles: 0,
    delayMs: 0,
    reload: true,
  });
  const second = afterFailure({ attempts: 1, throttles: 0, reload: true }, corrupt, false, 0.5);
  expect(second).toMatchObject({ kind: "settle", state: { kind: "corrupt" } });
});

test("denied is final at once", () => {
  const denied = failure({ kind: "denied", code: "ZS-DENIED", retry: "no" });
  const step = afterFailure({ attempts: 0, throttles: 0, reload: false }, denied, false, 0.5);
  expect(step).toMatchObject({ kind: "settle", state: { kind: "denied" } });
});

test("a host that never answers readably is diagnosed at the last try; one known to omit CORS on errors at the first", () => {
  const network = failure({ code: "ZS-NETWORK" });
  expect(afterFailure({ attempts: 3, throttles: 0, reload: false }, network, false, 0.5).kind).toBe(
    "diagnose",
  );
  expect(afterFailure({ attempts: 0, throttles: 0, reload: false }, network, true, 0.5).kind).toBe(
    "diagnose",
  );
  expect(diagnosedState(network, "cors").kind).toBe("unverifiable");
  expect(diagnosedState(network, "network").kind).toBe("error");
});

test("N12 too many requests are no failed tries: twelve are waited out, and a failure after them has its own four", () => {
  const busy = failure({ code: "ZS-HTTP-429", status: 429, throttled: true });
  let plane = { attempts: 0, throttles: 0, reload: false };
  for (let n = 1; n <= 12; n++) {
    const step = afterFailure(plane, busy, false, 0.5);
    expect(step).toMatchObject({ kind: "retry", attempts: 0, throttles: n });
    plane = { ...plane, throttles: n };
  }
  expect(afterFailure(plane, busy, false, 0.5)).toMatchObject({ kind: "retry", attempts: 1 });
  const last = { ...plane, attempts: 3 };
  expect(afterFailure(last, failure({}), false, 0.5)).toMatchObject({ kind: "settle" });
});
