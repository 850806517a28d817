import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ContextLostError, DrawingAbility } from "./drawing-ability.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const told: string[] = [];
  const ability = new DrawingAbility(
    {
      onFailure: (error) => told.push(error.name),
      onRecovered: () => told.push("recovered"),
    },
    () => told.push("nobody waits"),
  );
  return { ability, told };
}

test("G01 a context that comes back in time is no failure, nor is what fails meanwhile", () => {
  const { ability, told } = setup();
  ability.lose();
  ability.fail(new Error("no context"));
  vi.advanceTimersByTime(2_000);
  ability.restart();
  ability.recover();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});

test("G02 a context that does not come back is told once, and so is its return", () => {
  const { ability, told } = setup();
  ability.lose();
  ability.lose();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([ContextLostError.name, "nobody waits"]);
  expect(ability.hasFailed).toBe(true);
  ability.restart();
  expect(ability.hasFailed).toBe(false);
  ability.recover();
  ability.recover();
  expect(told).toEqual([ContextLostError.name, "nobody waits", "recovered"]);
});

test("G03 a failure is told once; one more after another try is told again", () => {
  const { ability, told } = setup();
  const once = ["Error", "nobody waits"];
  ability.fail("no WebGL2");
  ability.fail("no WebGL2");
  expect(told).toEqual([...once, "nobody waits"]);
  ability.restart();
  ability.fail("no WebGL2");
  expect(told).toEqual([...once, "nobody waits", ...once]);
});

test("after its end nothing is told", () => {
  const { ability, told } = setup();
  ability.lose();
  ability.end();
  ability.fail("too late");
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});
