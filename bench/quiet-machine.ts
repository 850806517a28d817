import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

const sampleMs = 250;
const quietShare = 0.1;
const limitMs = 15_000;

const allowed = allowedProcessors();

type Times = { readonly busyMs: number; readonly totalMs: number };

/**
 * Waits until the processors have been idle for half a second: the browser goes on freeing what a page held for
 * seconds after it was closed, and the next lane would pay for the one before it. Gives up after 15 s. Of a process that
 * may run on some processors only (taskset), those count.
 */
export async function quietMachine(): Promise<void> {
  const endMs = performance.now() + limitMs;
  for (let quiet = 0, before = processorTimes(); quiet < 2 && performance.now() < endMs; ) {
    await setTimeout(sampleMs);
    const now = processorTimes();
    quiet = busyShare(before, now) < quietShare ? quiet + 1 : 0;
    before = now;
  }
}

/** Share of all processors' time that was not idle between two readings, 0 to 1. */
function busyShare(before: Times, after: Times): number {
  const totalMs = after.totalMs - before.totalMs;
  return totalMs > 0 ? (after.busyMs - before.busyMs) / totalMs : 0;
}

function processorTimes(): Times {
  let busyMs = 0;
  let totalMs = 0;
  const all = cpus();
  const own = all.filter((_, index) => allowed?.has(index));
  for (const { times } of own.length > 0 ? own : all) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    totalMs += sum;
    busyMs += sum - times.idle;
  }
  return { busyMs, totalMs };
}

/** Numbers of the processors that this process may run on; undefined where the system does not say. */
function allowedProcessors(): ReadonlySet<number> | undefined {
  let status: string;
  try {
    status = readFileSync("/proc/self/status", "utf8");
  } catch {
    return undefined;
  }
  const list = /^Cpus_allowed_list:\s*([\d,-]+)$/m.exec(status)?.[1];
  if (list === undefined) return undefined;
  return new Set(
    list.split(",").flatMap((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    }),
  );
}
