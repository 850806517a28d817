import { median } from "../report.ts";
import type { BenchContext, Scenario, ScenarioRow } from "./scenario.ts";

/** Runs a scenario once to warm up and then `runs` times; each figure is the median, words are those of the last run. */
export async function runScenario(
  scenario: Scenario,
  context: BenchContext,
  runs: number,
): Promise<readonly ScenarioRow[]> {
  const measured: (readonly ScenarioRow[])[] = [];
  for (let i = 0; i <= runs; i++) {
    const rows = await scenario.measure(context);
    if (i > 0) measured.push(rows);
  }
  const last = measured.at(-1) ?? [];
  return last.map((row, i) =>
    withRatios(
      medianRow(
        row,
        measured.map((rows) => rows[i]!),
      ),
    ),
  );
}

function medianRow(last: ScenarioRow, all: readonly ScenarioRow[]): ScenarioRow {
  const entries = Object.entries(last).map(([name, value]) => {
    if (typeof value === "string") return [name, value] as const;
    return [name, median(all.map((row) => Number(row[name])))] as const;
  });
  return { ...Object.fromEntries(entries), step: last.step };
}

/** Times of ours over those of the others; none over the floor of a step that had everything already. */
function withRatios(row: ScenarioRow): ScenarioRow {
  const { oursMs, vivMs, floorMs } = row;
  const ratio = (name: string, other: number | string | undefined) =>
    typeof oursMs === "number" && typeof other === "number" && other > 0
      ? { [name]: oursMs / other }
      : {};
  return { ...row, ...ratio("ours : viv", vivMs), ...ratio("ours : floor", floorMs) };
}

/** A table in Markdown: a line for each step, a column for each figure that any step has. */
export function markdownTable(title: string, rows: readonly ScenarioRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: number | string | undefined, name: string) => {
    if (value === undefined) return "";
    if (typeof value === "string") return value;
    if (name.includes(":")) return `${value.toFixed(2)} ×`;
    return name.endsWith("egabytes") ? value.toFixed(1) : String(Math.round(value));
  };
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `### ${title}`,
    "",
    line(columns),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map((name) => cell(row[name], name)))),
    "",
  ].join("\n");
}
