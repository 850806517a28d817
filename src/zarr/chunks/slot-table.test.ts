import { expect, it } from "vitest";
import { SlotTable } from "./slot-table.ts";

const origin = "https://h.org";

/** Waits `count` times; the releases that were given so far, in order. */
function waiting(table: SlotTable, count: number, urgency: "urgent" | "idle") {
  const given: (() => void)[] = [];
  for (let i = 0; i < count; i++) {
    void table.wait(origin, urgency).then((release) => given.push(release));
  }
  return given;
}

it("gives urgent requests every free slot and idle ones half of them, never more than there are", async () => {
  const table = new SlotTable(() => {});
  const slots = table.of(origin);
  const idle = waiting(table, 20, "idle");
  const urgent = waiting(table, 20, "urgent");
  table.serve("idle");
  await Promise.resolve();
  expect(idle).toHaveLength(slots.limit / 2);
  table.serve("urgent");
  await Promise.resolve();
  expect(urgent).toHaveLength(slots.limit / 2);
  expect(slots.free).toBe(0);
});

it("takes a slot back once, and says so", async () => {
  let changes = 0;
  const table = new SlotTable(() => changes++);
  const [given, later] = [waiting(table, 12, "urgent"), waiting(table, 1, "urgent")];
  table.serve("urgent");
  await Promise.resolve();
  expect([given.length, later.length, changes]).toEqual([12, 0, 13]);
  given[0]!();
  given[0]!();
  expect([table.of(origin).free, changes]).toEqual([1, 14]);
  table.serve("urgent");
  await Promise.resolve();
  expect(later).toHaveLength(1);
});
