import type { Browser, Page } from "@playwright/test";
import type { ZarrscopeApi } from "../app/automation-api.ts";
import type { TestStore } from "../e2e/store/test-store.ts";
import { type Run, runPage } from "./lanes.ts";
import { defineReplay } from "./replay-plan.ts";
import { median, medianRun } from "./report.ts";

type Addresses = { readonly app: string; readonly pages: string };
type Page0 = { zarrscope: ZarrscopeApi };

const panFrames = 60;
/** Two channels of ten wells. */
const firstChunks = 20;

/** Runs in our own page: when the first ten wells were decoded. */
function watchFirstWells(count: number): void {
  const page = globalThis as unknown as Partial<Page0> & { benchFirstMs?: number };
  const watch = setInterval(() => {
    if ((page.zarrscope?.stats().decodedChunks ?? 0) < count) return;
    page.benchFirstMs = performance.now();
    clearInterval(watch);
  }, 5);
}

/** Main-thread milliseconds per frame while the view moves by a pixel or two a frame; what there is stays in view. */
async function panCost(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const taskMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
  const before = await taskMs();
  await page.evaluate(async (frames) => {
    const { zarrscope } = globalThis as unknown as Page0;
    const view = zarrscope.getState().view!;
    const px = 2 ** -view.zoom;
    for (let i = 0; i < frames; i++) {
      const target: [number, number] = [
        view.target[0] + 8 * px * Math.sin(i / 4),
        view.target[1] + 8 * px * Math.cos(i / 4),
      ];
      await zarrscope.setState({ view: { target } });
      await new Promise(requestAnimationFrame);
    }
    await zarrscope.setState({ view });
  }, panFrames);
  return ((await taskMs()) - before) / panFrames;
}

/** The plates that are measured, by the names of the store. */
export const benchPlates = {
  "plate-384": "384 wells × 2 channels",
  "plate-1536": "1536 wells",
} as const;

/** A plate: all drawn beside the floor, the first ten, and what a frame costs beside one image's. */
export async function benchPlate(
  browser: Browser,
  store: TestStore,
  addresses: Addresses,
  plate: keyof typeof benchPlates,
  { runs, imageUrl }: { readonly runs: number; readonly imageUrl: string },
): Promise<string> {
  const ours: Run[] = [];
  const floor: Run[] = [];
  const firstMs: number[] = [];
  const pans: number[] = [];
  const imagePans: number[] = [];
  const ourPage = (source: string) => `${addresses.app}?source=${encodeURIComponent(source)}`;
  const source = store.url(plate, { scenario: "distant" });
  for (let i = 0; i <= runs; i++) {
    const isWarmUp = i === 0;
    const { run, inspected } = await runPage(browser, store, ourPage(source), {
      isOurs: true,
      prepare: (page) => page.addInitScript(watchFirstWells, firstChunks),
      atFinal: () => defineReplay(store, store.log()),
      inspect: async (page) => ({
        firstMs: await page.evaluate(() => Reflect.get(globalThis, "benchFirstMs") as number),
        pan: await panCost(page),
      }),
    });
    const image = await runPage(browser, store, ourPage(imageUrl), {
      isOurs: true,
      inspect: panCost,
    });
    const plan = encodeURIComponent(`${store.url("plan")}/plan.json`);
    const replayed = await runPage(browser, store, `${addresses.pages}floor/?plan=${plan}`, {
      isOurs: false,
      inspect: async () => {},
    });
    // Said at once: whoever ends a long run early still has what was measured.
    const lines = [
      `all ${Math.round(run.finalMs)} ms (floor ${Math.round(replayed.run.finalMs)})`,
      `first ten ${Math.round(inspected.firstMs)} ms`,
      `a frame ${inspected.pan.toFixed(1)} ms (one image ${image.inspected.toFixed(1)})`,
    ];
    console.log(`  ${plate}, ${isWarmUp ? "warm-up" : `run ${i}`}: ${lines.join(", ")}`);
    if (isWarmUp) continue;
    ours.push(run);
    floor.push(replayed.run);
    firstMs.push(inspected.firstMs);
    pans.push(inspected.pan);
    imagePans.push(image.inspected);
  }
  const [all, least] = [medianRun(ours), medianRun(floor)];
  const first = median(firstMs);
  const [pan, imagePan] = [median(pans), median(imagePans)];
  const ratio = (a: number, b: number) => `${(a / b).toFixed(2)} ×`;
  return [
    `${plate} (${benchPlates[plate]})`,
    `  all drawn      ${Math.round(all.finalMs)} ms, ${all.requests} requests; floor ${Math.round(least.finalMs)} ms: ${ratio(all.finalMs, least.finalMs)}`,
    `  first ten      ${Math.round(first)} ms: ${ratio(first, all.finalMs)} of all`,
    `  main thread    ${pan.toFixed(1)} ms a frame while panning; one image ${imagePan.toFixed(1)} ms: ${ratio(pan, imagePan)}`,
  ].join("\n");
}
