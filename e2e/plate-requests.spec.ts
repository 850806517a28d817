import { countRequests } from "./harness/count-requests.ts";
import { expectWell } from "./harness/plate-wells.ts";
import { roundTrips, untilLastChunk } from "./harness/told-by-log.ts";
import { watchFetches } from "./harness/watched-fetches.ts";
import { expect, test } from "./harness.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";
import type { TestStore } from "./store/test-store.ts";
import { fieldImage } from "./store/virtual-plate.ts";

const channels = 2;
const slots = 12;

/** Rows and columns of the wells whose chunks were asked for, of a plate with rows A … P and columns 1 … 24. */
function wellsAskedFor(store: TestStore): (readonly [row: number, column: number])[] {
  return store.log().flatMap(({ key }) => {
    const [, row = "", column = ""] = /^([A-P])\/(\d+)\/\d+\/\d+\/(?:c\/)?\d/.exec(key) ?? [];
    return row === "" ? [] : [[row.charCodeAt(0) - 65, Number(column) - 1] as const];
  });
}

for (const name of ["plate-384-v2", "plate-384-v3"] as const) {
  test(`${name}: a request per well and channel; none for wells that were left behind`, async ({
    page,
    store,
    viewer,
  }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    // The page may see that it is HTTP/1.1: there are twelve slots, of which the browser uses six at a time.
    store.setScenario("near", { latencyMs: 30, timingAllowed: true });
    const plate = coordinatePlates[name];
    const source = store.url(name, { scenario: "near" });
    const fetches = await watchFetches(page);
    const sent = countRequests(page, source);

    // Away from the middle, in the midst of loading.
    await viewer.goto(source);
    await expect.poll(() => wellsAskedFor(store).length).toBeGreaterThan(24);
    await page.evaluate(() => {
      const { zarrscope } = globalThis as unknown as Window;
      return zarrscope?.setState({ view: { target: [22, 14], zoom: Math.log2(300) } });
    });
    store.clearLog();
    await viewer.settled();
    const asked = wellsAskedFor(store);
    const isNear = ([row, column]: readonly [number, number]) => row >= 12 && column >= 19;
    expect(asked.filter(isNear).length).toBeGreaterThanOrEqual(9 * channels);
    // What was under way already, and what was started until the page took up the new view: of some seven hundred.
    expect(asked.filter((at) => !isNear(at)).length).toBeLessThanOrEqual(2 * slots);
    await expectWell(viewer, plate, 14, 22);

    // Across the plate and closer, faster than anything comes.
    await page.evaluate(async () => {
      const { zarrscope } = globalThis as unknown as Window;
      for (let step = 0; step < 20; step++) {
        const target: [number, number] = [22 - step, 14 - step * 0.6];
        await zarrscope?.setState({ view: { target, zoom: Math.log2(150 + 40 * step) } });
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
      }
    });
    await viewer.settled();
    const issued = sent();
    await expect
      .poll(async () => (await fetches.read(source)).count)
      .toBeGreaterThanOrEqual(issued);
    expect((await fetches.read(source)).atOnce).toBeLessThanOrEqual(slots);

    // The whole plate, from the beginning.
    await page.goto("about:blank");
    store.clearLog();
    const before = sent();
    await viewer.goto(source);
    const tiles = await viewer.settled();
    const requests = untilLastChunk(store.log()).length;
    expect(tiles).toMatchObject({ data: 384 * channels, pending: 0, error: 0, corrupt: 0 });
    expect(requests).toBeLessThanOrEqual(384 * channels + 12);
    const whole = sent() - before;
    expect(whole).toBeGreaterThanOrEqual(384 * channels);
    await expect.poll(async () => (await fetches.read(source)).count).toBeGreaterThanOrEqual(whole);
    const { atOnce } = await fetches.read(source);
    // More than the browser's six connections: requests are counted from when they are issued.
    expect(atOnce).toBeGreaterThan(6);
    expect(atOnce).toBeLessThanOrEqual(slots);
    const { drawCalls, gpuPages } = await viewer.stats();
    // One level is drawn. The one call more is the black below all images.
    expect(gpuPages).toBeGreaterThan(0);
    expect(drawCalls).toBeLessThanOrEqual(channels * gpuPages + 1);
    await expectWell(viewer, plate, 0, 0);
    await expectWell(viewer, plate, 15, 23);
    expect(viewer.errors).toEqual([]);
  });
}

test("384 wells of a time-lapse: the plane changes everywhere; a link lands in G11", async ({
  page,
  store,
  viewer,
}) => {
  const plate = coordinatePlates["plate-384-v2"];
  const source = store.url("plate-384-v2");
  await viewer.open(source);
  store.clearLog();
  await viewer.setState({ selection: { t: 1 } });
  expect(wellsAskedFor(store).length).toBeLessThanOrEqual(384 * channels);
  await expectWell(viewer, plate, 0, 0, 0, 1);
  await expectWell(viewer, plate, 15, 23, 0, 1);

  await page.goto(`${viewer.url(source)}&well=G/11&field=0#t=2`);
  await viewer.settled();
  await viewer.expectValues(fieldImage(plate, 6, 10));

  // It plays, in all wells that are in view; a hand on the axis stops it.
  await viewer.setState({ view: { zoom: (await viewer.view()).zoom - 1.5 } });
  await page.evaluate(() => {
    const seen = new Set<unknown>();
    Object.assign(globalThis, { seen });
    setInterval(() => seen.add(window.zarrscope?.getState().selection.t), 5);
  });
  await page.getByRole("application", { name: /^Plate/ }).focus();
  await page.keyboard.press("Space");
  await page.waitForFunction(() => {
    const seen = Reflect.get(globalThis, "seen") as Set<unknown>;
    return seen.has(0) && seen.has(1);
  });
  await page.keyboard.press("[");
  await viewer.settled();
  await viewer.expectValues(fieldImage(plate, 6, 10), { columns: 25, rows: 25 });
  expect(viewer.errors).toEqual([]);
});

test("P06 1536 wells, 150 ms away: the first after few trips, the rest only while it is in view", async ({
  page,
  store,
  viewer,
}) => {
  store.setScenario("far", { latencyMs: 150, timingAllowed: true });
  const source = store.url("plate-1536-v3", { scenario: "far" });
  const sent = countRequests(page, source);
  await viewer.goto(source);
  await expect.poll(async () => (await viewer.stats()).decodedChunks).toBeGreaterThan(0);
  // The page of the test before may still be closing.
  const log = store.log({ scenario: "far" });
  const first = log.find(({ key }) => /\/c\/\d/.test(key))!;
  // One trip after the other until the first chunk: plate, well, field, its levels; with the chunk five of 150 ms.
  expect(roundTrips(log, first.startMs) + 1).toBeLessThanOrEqual(5);
  expect(log.filter(({ startMs }) => startMs < first.startMs).length).toBeLessThanOrEqual(12);

  await viewer.setState({ view: { target: [45, 29], zoom: Math.log2(400) } });
  await expectWell(viewer, coordinatePlates["plate-1536-v3"], 29, 45);
  expect(sent()).toBeLessThan(400);
  const { cacheBytes, gpuBytes } = await viewer.stats();
  expect(cacheBytes).toBeLessThan(512 * 2 ** 20);
  expect(gpuBytes).toBeLessThanOrEqual(384 * 2 ** 20);
  expect(viewer.errors).toEqual([]);
});

test("1536 wells of nine fields, all metadata in one document: a well and its fields without another one", async ({
  page,
  store,
  viewer,
}) => {
  const plate = { ...coordinatePlates["plate-1536-v3"], consolidated: true };
  store.definePlate("plate-1536-consolidated", plate);
  await page.goto(`${viewer.url(store.url("plate-1536-consolidated"))}&well=P/20&field=4`);
  await viewer.loaded();
  await viewer.expectValues(fieldImage(plate, 15, 19, 4));
  await page.getByRole("application", { name: /^Plate/ }).focus();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/field=5/);
  await viewer.settled();
  await viewer.expectValues(fieldImage(plate, 15, 19, 5));
  const documents = store.log().filter(({ key, status }) => status === 200 && /json$/.test(key));
  expect(documents.map(({ key }) => key)).toEqual(["zarr.json"]);
  expect((await viewer.stats()).cacheBytes).toBeLessThan(512 * 2 ** 20);
  expect(viewer.errors).toEqual([]);
});
