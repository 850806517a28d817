import { expect, test } from "./harness.ts";
import { whiteChannel } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

/** One channel, two levels; 6 × 4 chunks of 128² at the finest one. */
const image: VirtualImage = {
  format: "v3",
  axes: "yx",
  shape: [512, 768],
  chunks: [128, 128],
  levels: [{ factors: [1, 1] }, { factors: [4, 4] }],
  dataType: "uint16",
  scale: [1, 1],
  omero: whiteChannel,
};
const wide: VirtualImage = { ...image, shape: [512, 6144] };
const insideFirst: [number, number] = [300.5, 200.5];
const far = { view: { target: [5000, 256] as [number, number], zoom: 1 } };

test("N05 a signed address that expires in mid-session: what is loaded stays, a line says so, and a new signature goes on", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("wide", wide);
  store.setScenario("signed", { status: 403, unless: "sig=GOOD" });
  const source = `${store.url("wide", { scenario: "signed" })}?sv=1&se=2026-01-01T00:00:00Z&sig=GOOD`;
  await viewer.open(source, "#v=1&view=400,256,1");
  const shown = await viewer.valueAt(...insideFirst);
  expect(shown?.values[0]?.value).toEqual(expect.any(Number));

  store.setScenario("signed", { status: 403, unless: "sig=NEW" });
  expect((await viewer.setState(far)).denied).toBeGreaterThan(0);
  const line = page.getByRole("status").filter({ hasText: "has expired" });
  await expect(line).toContainText("What is loaded stays");
  expect(await viewer.axe()).toEqual([]);
  // Moving on costs nothing, and going back shows what was there.
  store.clearLog();
  await viewer.setState({ view: { target: [3000, 256], zoom: 1 } });
  await viewer.setState({ view: { target: [400, 256], zoom: 1 } });
  expect(store.log().length).toBeLessThanOrEqual(2);
  expect(await viewer.valueAt(...insideFirst)).toEqual(shown);

  await line.getByLabel("Token or signature").fill("?sv=1&sig=NEW");
  await line.getByRole("button", { name: "Use" }).click();
  await expect(line).toHaveCount(0);
  expect(await viewer.settled()).toMatchObject({ denied: 0, error: 0 });
  expect(await viewer.setState(far)).toMatchObject({ denied: 0, error: 0, pending: 0 });
  await viewer.expectScreen(wide, { level: 0 });
  expect(viewer.errors).toEqual([]);
});

test("N29 data that are rewritten in mid-view: no mixture, a line that says so, and Reload shows all of the new one", async ({
  store,
  viewer,
  page,
}) => {
  const dated = (atMs: number) =>
    store.setScenario("dated", {
      validators: true,
      headers: { "Last-Modified": new Date(atMs).toUTCString(), "Cache-Control": "max-age=600" },
    });
  store.defineVirtual("wide", wide);
  dated(Date.now() - 3_600_000);
  await viewer.open(store.url("wide", { scenario: "dated" }), "#v=1&view=400,256,1");
  const rewritten: VirtualImage = { ...wide, pattern: "hash" };
  store.defineVirtual("wide", rewritten);
  // Dates have whole seconds: the next one is surely after the opening.
  dated(Date.now() + 1_000);
  const tiles = await viewer.setState(far);
  expect(tiles.error).toBeGreaterThan(0);
  expect(tiles.data).toBe(0);
  const line = page.getByRole("status").filter({ hasText: "were changed after they were opened" });
  await expect(line).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  expect((await viewer.view()).target).toEqual(far.view.target);

  dated(Date.now() - 1_000);
  await line.getByRole("button", { name: "Reload" }).click();
  await expect(line).toHaveCount(0);
  expect(await viewer.settled()).toMatchObject({ error: 0, pending: 0 });
  expect((await viewer.view()).target).toEqual(far.view.target);
  await viewer.expectValues(rewritten);
  // What the browser kept of the old one is not believed, however long it may be kept.
  expect(await viewer.setState({ view: { target: [400, 256], zoom: 1 } })).toMatchObject({
    error: 0,
  });
  await viewer.expectValues(rewritten);
  expect(viewer.errors).toEqual([]);
});

test("N21 N22 redirects: across five servers with CORS the image opens; without an end, or to a server without CORS, a screen says what it is", async ({
  store,
  viewer,
  page,
}) => {
  for (let hop = 0; hop < 5; hop++) {
    const origin = store.origins[(hop + 1) % 3];
    store.setScenario(`hop${hop}`, { redirect: `${origin}/s/hop${hop + 1}{path}` });
  }
  store.setScenario("hop5", []);
  store.defineVirtual("plain", image);
  const tiles = await viewer.open(store.url("plain", { scenario: "hop0" }));
  expect(tiles).toMatchObject({ error: 0, corrupt: 0, unverifiable: 0, pending: 0 });
  await viewer.expectScreen(image);
  for (const { headers } of store.log()) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }

  store.setScenario("loop", { redirect: `${store.origins[0]}/s/loop{path}` });
  await viewer.open(store.url("plain", { scenario: "loop" }));
  await expect(page.getByRole("alert")).toContainText("No answer from this server");

  store.setScenario("shut", { cors: "off" });
  store.setScenario("away", { redirect: `${store.origins[1]}/s/shut{path}` });
  await viewer.open(store.url("plain", { scenario: "away" }));
  await expect(page.getByRole("alert")).toContainText("does not allow other sites to read it");
  expect(await viewer.axe()).toEqual([]);
  expect(viewer.errors).toEqual([]);
});

test("N30 odd cache headers, or none, download nothing twice: not on the way back, not when the image is opened again", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("plain", image);
  const bytesOf = () => store.log().reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  const open = () => viewer.open(store.url("plain", { scenario: "cached" }), "#v=1&view=200,150,1");
  for (const headers of [
    {},
    { Vary: "*", "Cache-Control": "no-store", Pragma: "no-cache", Expires: "0" },
    { Vary: "Origin, Accept-Encoding", "Cache-Control": "no-cache" },
  ]) {
    store.setScenario("cached", { validators: true, headers });
    store.clearLog();
    await open();
    await viewer.setState({ view: { target: [500, 300], zoom: 1 } });
    const once = bytesOf();
    await viewer.setState({ view: { target: [200, 150], zoom: 1 } });
    await viewer.setState({ channels: [{ index: 0, inverted: true }] });
    expect(bytesOf(), JSON.stringify(headers)).toBeLessThanOrEqual(1.1 * once);
  }
  // Another page that opens it asks whether it is still so, and is told 304.
  store.clearLog();
  await open();
  expect(store.log().filter(({ status }) => status === 304).length).toBeGreaterThan(5);
  // Of what exists nothing is sent again.
  expect(store.log().filter(({ status, bytesSent }) => status === 200 && bytesSent > 0)).toEqual(
    [],
  );
  await viewer.expectValues(image);
});

test("N16 a slow line: the coarse picture comes first, how much has arrived is told, and what is zoomed away from is called off", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("heavy", {
    ...wide,
    shape: [4096, 6144],
    chunks: [512, 512],
    codec: "none",
    levels: [{ factors: [1, 1] }, { factors: [16, 16] }],
  });
  store.setScenario("slow", { key: "0/c/**", bytesPerSecond: 20_000 });
  await viewer.goto(store.url("heavy", { scenario: "slow" }), "#v=1&view=1536,1024,-1");
  // Long before a chunk of the fine level can be there (26 s), the whole view has its picture.
  await expect.poll(async () => (await viewer.valueAt(1500, 1000))?.level).toBe(1);
  await expect(page.locator(".zs-status-tiles")).toHaveText(/^\d+ of \d+ tiles$/);
  const progress = page.getByRole("progressbar", { name: "Tiles loaded" });
  await expect(progress).toHaveAttribute("aria-valuenow", /^\d+$/);
  await expect.poll(() => store.log({ key: /^0\/c\// }).length).toBeGreaterThan(3);
  await page.evaluate(() =>
    window.zarrscope?.setState({ view: { target: [3000, 2000], zoom: -4 } }),
  );
  await expect
    .poll(() => store.log({ key: /^0\/c\// }).filter(({ endMs }) => endMs === undefined))
    .toEqual([]);
  expect(store.log({ key: /^0\/c\// }).every(({ aborted }) => aborted)).toBe(true);
  expect((await viewer.settled()).error).toBe(0);
  expect(viewer.errors).toEqual([]);
});
