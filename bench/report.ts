import type { Run } from "./lanes.ts";

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The run in the middle, member by member. */
export function medianRun(runs: readonly Run[]): Run {
  const of = (read: (run: Run) => number) => median(runs.map(read));
  return {
    finalMs: of((run) => run.finalMs),
    requests: of((run) => run.requests),
    bytes: of((run) => run.bytes),
    blockedMs: of((run) => run.blockedMs),
  };
}

/** One line per lane; ratios are times of our own lane. */
export function formatReport(
  image: string,
  lanes: readonly {
    readonly name: string;
    readonly runs: readonly Run[];
    readonly failure?: string;
  }[],
): string {
  const ours = lanes.find(({ name, runs }) => name === "zarrscope" && runs.length > 0);
  const oursMs = ours === undefined ? Number.NaN : medianRun(ours.runs).finalMs;
  const lines = lanes.map(({ name, runs, failure }) => {
    if (runs.length === 0) return `  ${name.padEnd(14)} not measured: ${failure ?? "no run"}`;
    const { finalMs, requests, bytes, blockedMs } = medianRun(runs);
    const times = runs.map((run) => run.finalMs);
    const spread = `${Math.round(Math.min(...times))}–${Math.round(Math.max(...times))}`;
    const ratio = Number.isNaN(oursMs) ? "" : `${(finalMs / oursMs).toFixed(2)}×`;
    return [
      `  ${name.padEnd(14)}`,
      `${Math.round(finalMs)} ms (${spread})`.padEnd(22),
      `${requests} requests`.padEnd(14),
      `${(bytes / 1e6).toFixed(1)} MB`.padEnd(9),
      `blocked ${Math.round(blockedMs)} ms`.padEnd(17),
      ratio,
    ].join(" ");
  });
  return [image, ...lines].join("\n");
}
