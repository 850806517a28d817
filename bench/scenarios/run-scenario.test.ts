import { expect, it } from "vitest";
import { markdownTable, runScenario } from "./run-scenario.ts";
import type { BenchContext, ScenarioRow } from "./scenario.ts";

it("figures are medians after one run to warm up, with ratios where there is something to divide by", async () => {
  const times = [900, 30, 10, 20];
  const measure = async (): Promise<ScenarioRow[]> => {
    const oursMs = times.shift()!;
    return [
      { step: "open", oursMs, floorMs: 10 },
      { step: "pan", oursMs, floorMs: 0 },
    ];
  };
  const rows = await runScenario({ name: "s", measure }, {} as BenchContext, 3);
  expect(rows).toEqual([
    { step: "open", oursMs: 20, floorMs: 10, "ours : floor": 2 },
    { step: "pan", oursMs: 20, floorMs: 0 },
  ]);
  expect(markdownTable("s", rows)).toContain("| pan | 20 | 0 |  |");
});
