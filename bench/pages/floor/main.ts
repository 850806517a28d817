import type { BenchWindow, ReplayedRequest } from "../../lane-result.ts";

/**
 * The floor: fetches what another lane fetched, in the same dependency order and with the same concurrency, and does
 * nothing with it. The requests come as JSON from `?plan=`.
 */
const plan = new URLSearchParams(location.search).get("plan") ?? "";
const requests = (await (await fetch(plan)).json()) as ReplayedRequest[];
const ended: Promise<void>[] = [];
for (const { method, url, range, after } of requests) {
  const ready = Promise.all(after.map((position) => ended[position]));
  ended.push(
    ready.then(async () => {
      const init: RequestInit =
        range === undefined ? { method } : { method, headers: { Range: range }, cache: "no-store" };
      await (await fetch(url, init)).arrayBuffer();
    }),
  );
}
await Promise.all(ended);
(globalThis as BenchWindow).benchFinalMs = performance.now();
