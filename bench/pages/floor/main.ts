import type { BenchLane, BenchWindow, ReplayedRequest } from "../../lane-result.ts";

/**
 * The floor: fetches what another lane fetched, in the same dependency order and with the same concurrency, and does
 * nothing with it. The requests come as JSON: from `?plan=` at once, or when the bench says so.
 */
async function planAt(url: string): Promise<readonly ReplayedRequest[]> {
  return (await (await fetch(url)).json()) as ReplayedRequest[];
}

async function replay(requests: readonly ReplayedRequest[]): Promise<void> {
  const ended: Promise<void>[] = [];
  for (const { method, url, range, after } of requests) {
    const ready = Promise.all(after.map((position) => ended[position]));
    ended.push(
      ready.then(async () => {
        const init: RequestInit =
          range === undefined
            ? { method }
            : { method, headers: { Range: range }, cache: "no-store" };
        await (await fetch(url, init)).arrayBuffer();
      }),
    );
  }
  await Promise.all(ended);
}

const page = globalThis as BenchWindow;
const lane: BenchLane = {
  async open(plan) {
    const requests = await planAt(plan);
    const startMs = performance.now();
    await replay(requests);
    return performance.now() - startMs;
  },
};
page.benchLane = lane;
const plan = new URLSearchParams(location.search).get("plan");
if (plan !== null) {
  await replay(await planAt(plan));
  page.benchFinalMs = performance.now();
}
