import { expect, test } from "vitest";
import { OriginSlots } from "./origin-slots.ts";

/** Runs `rounds` requests with all slots taken; duration as a function of how many are in flight. */
function run(
  slots: OriginSlots,
  rounds: number,
  durationMs: (inFlight: number) => number,
  protocol?: string,
) {
  for (let i = 0; i < rounds; i++) {
    while (slots.free > 0) slots.take();
    slots.release({ durationMs: durationMs(slots.inFlight), protocol, throttled: false });
  }
  while (slots.inFlight > 0) slots.release();
}

test("begins with 12 and hands out no more", () => {
  const slots = new OriginSlots();
  for (let i = 0; i < 12; i++) slots.take();
  expect(slots.free).toBe(0);
  slots.release();
  expect(slots.free).toBe(1);
});

test("a known HTTP/2 origin gets 64, a known HTTP/1.1 one stays at 12", () => {
  const h2 = new OriginSlots();
  run(h2, 1, () => 30, "h2");
  expect(h2.limit).toBe(64);
  const h1 = new OriginSlots();
  run(h1, 200, () => 30, "http/1.1");
  expect(h1.limit).toBe(12);
});

test("the protocol of metadata counts for the first chunks; a server that asked for less is not asked for more", () => {
  const slots = new OriginSlots();
  slots.learn(undefined);
  expect(slots.limit).toBe(12);
  slots.learn("h2");
  expect(slots.limit).toBe(64);
  slots.take();
  slots.release({ durationMs: 0, protocol: undefined, throttled: true });
  slots.learn("h2");
  expect(slots.limit).toBe(32);
});

test("an unknown origin grows while requests do not queue, and does not where six run at a time", () => {
  const multiplexed = new OriginSlots();
  run(multiplexed, 300, () => 30);
  expect(multiplexed.limit).toBe(64);
  const sixAtATime = new OriginSlots();
  sixAtATime.take();
  sixAtATime.release({ durationMs: 30, protocol: undefined, throttled: false });
  run(sixAtATime, 300, (inFlight) => 30 * Math.ceil(inFlight / 6));
  expect(sixAtATime.limit).toBeLessThanOrEqual(16);
});

test("429 and 503 halve the slots; success brings them back", () => {
  const slots = new OriginSlots();
  for (let i = 0; i < 12; i++) slots.take();
  slots.release({ durationMs: 0, protocol: undefined, throttled: true });
  expect(slots.limit).toBe(6);
  run(slots, 50, () => 30, "http/1.1");
  expect(slots.limit).toBe(12);
});
