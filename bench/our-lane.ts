import type { ZarrscopeApi } from "../app/automation-api.ts";
import type { BenchLane, BenchWindow } from "./lane-result.ts";

/** Runs in our own page before its scripts: drives it as the warm lanes are driven. @param worldPerPixel of level 0 */
export function ourLane(worldPerPixel: number): void {
  const page = globalThis as BenchWindow & { zarrscope?: ZarrscopeApi };
  const api = () => {
    if (page.zarrscope === undefined) throw new Error("The app has not started.");
    return page.zarrscope;
  };
  /** One frame after the picture is there, as the other lanes count. */
  const since = async (startMs: number) => {
    await api().settled();
    await new Promise(requestAnimationFrame);
    return performance.now() - startMs;
  };
  const change = (part: Parameters<ZarrscopeApi["setState"]>[0]) => {
    const startMs = performance.now();
    void api().setState(part);
    return since(startMs);
  };
  let releasedMs = 0;
  addEventListener("pointerup", () => {
    releasedMs = performance.now();
  });
  const lane: BenchLane = {
    open: (source) => change({ source }),
    settled: () => since(performance.now()),
    look: ({ x, y, zoom }) =>
      change({
        view: {
          target: [x * worldPerPixel, y * worldPerPixel],
          zoom: zoom - Math.log2(worldPerPixel),
        },
      }),
    plane: (z) => change({ selection: { z } }),
    released: () => since(releasedMs),
  };
  page.benchLane = lane;
}
