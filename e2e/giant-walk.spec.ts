import { dataBudgetBytes } from "../app/budgets.ts";
import { expect, test } from "./harness.ts";
import { HeapMeter, slopePerMinute } from "./soak/heap-meter.ts";
import { RandomWalk } from "./soak/random-walk.ts";
import { samplePixels } from "./soak/sample-pixels.ts";
import { benchImages } from "./store/coordinate-images.ts";
import { seededRandom } from "./store/scenario.ts";

/** `npm run soak` walks for ten minutes. */
const seconds = Number(process.env.ZARRSCOPE_SOAK_SECONDS ?? 20);
const seed = Number(process.env.ZARRSCOPE_SOAK_SEED ?? 20_261_126);

/** MiB a minute that a heap may grow by; in so short a time what a collection finds says nothing. */
const allowedSlope = seconds >= 300 ? 0.5 : Number.POSITIVE_INFINITY;

/** Texture pages: the stage's own bound. */
const gpuBudgetBytes = 384 * 2 ** 20;

test(`a random walk of ${seconds} s over 921600 × 380928 pixels stays within the budgets, and every sampled pixel is right`, async ({
  page,
  store,
  viewer,
}) => {
  test.setTimeout((seconds + 240) * 1000);
  const random = seededRandom(seed);
  const image = benchImages["bench-giant"];
  store.defineVirtual("bench-giant", image);
  const source = { url: store.url("bench-giant"), image, isOneOfMany: false };
  const walk = new RandomWalk(viewer, [source], random);
  await walk.start();
  const memory = await page.evaluate(() => Number(Reflect.get(navigator, "deviceMemory")));
  const cacheBudgetBytes = (dataBudgetBytes(memory) * 2) / 3;
  const meter = await HeapMeter.of(page);
  const startedMs = performance.now();
  const elapsed = () => (performance.now() - startedMs) / 1000;
  const most = { cacheBytes: 0, gpuBytes: 0 };
  const found = { right: 0, wrong: [] as string[] };
  let readAt = 0;
  await meter.read();
  while (elapsed() < seconds) {
    for (let k = 0; k < 6; k++) await walk.step();
    const sample = await samplePixels(viewer, source, random, 40);
    found.right += sample.right;
    found.wrong.push(...sample.wrong);
    expect(sample.marked).toBe(0);
    const { cacheBytes, gpuBytes } = await viewer.stats();
    most.cacheBytes = Math.max(most.cacheBytes, cacheBytes);
    most.gpuBytes = Math.max(most.gpuBytes, gpuBytes);
    if (elapsed() > readAt + seconds / 20) {
      readAt = elapsed();
      await meter.read();
    }
  }
  await meter.read();
  const { readings } = meter;
  const from = readings[0]!.seconds + seconds / 3;
  const [pageSlope, workersSlope] = (["pageMiB", "workersMiB"] as const).map((heap) =>
    slopePerMinute(readings, (reading) => reading[heap], from),
  );
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  console.log(
    JSON.stringify({
      seconds: Math.round(elapsed()),
      steps: walk.steps,
      requests: store.log().length,
      right: found.right,
      wrong: found.wrong.length,
      cacheMiB: `${mebibytes(most.cacheBytes)} of ${mebibytes(cacheBudgetBytes)}`,
      gpuMiB: `${mebibytes(most.gpuBytes)} of ${mebibytes(gpuBudgetBytes)}`,
      pageMiB: readings.map(({ pageMiB }) => Number(pageMiB.toFixed(1))),
      workersMiB: readings.map(({ workersMiB }) => Number(workersMiB.toFixed(1))),
      pageSlopeMiBPerMinute: pageSlope?.toFixed(3),
      workersSlopeMiBPerMinute: workersSlope?.toFixed(3),
    }),
  );
  expect.soft(found.wrong).toEqual([]);
  expect.soft(found.right).toBeGreaterThan(40);
  expect.soft(most.cacheBytes).toBeLessThanOrEqual(cacheBudgetBytes);
  expect.soft(most.gpuBytes).toBeLessThanOrEqual(gpuBudgetBytes);
  expect.soft(pageSlope).toBeLessThan(allowedSlope);
  expect.soft(workersSlope).toBeLessThan(allowedSlope);
  expect.soft(viewer.errors).toEqual([]);
});
