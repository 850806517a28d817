import { copyFile, mkdir } from "node:fs/promises";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";

test("the start page and the built-in image need no network but the page's own server", async ({
  viewer,
  page,
  appUrl,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(appUrl) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  await viewer.goto();
  await expect(page.getByRole("heading", { name: "Zarrscope" })).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  await page.getByRole("link", { name: /cell monolayer/i }).click();
  const tiles = await viewer.settled();
  expect(tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0, denied: 0, unverifiable: 0 });
  expect(tiles.data).toBeGreaterThanOrEqual(3);
  await expect(page).toHaveURL(/\?source=samples\/cells\.zarr/);
  const { data } = await viewer.screenPixels();
  // A picture, not a black canvas: a fifth of the pixels at least is brighter than the camera's noise.
  let bright = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i]! + data[i + 1]! + data[i + 2]! > 60) bright++;
  expect(bright / (data.length / 4)).toBeGreaterThan(0.2);
  expect(await viewer.axe()).toEqual([]);
  expect(foreign).toEqual([]);
  expect(viewer.errors).toEqual([]);
  await page.screenshot({ path: "test-results/viewer.png", animations: "disabled" });
  if (process.env.ZARRSCOPE_UPDATE_IMAGES) {
    await mkdir("docs/images", { recursive: true });
    await copyFile("test-results/viewer.png", "docs/images/viewer.png");
  }
});

test("centre, zoom, plane and channels survive a reload, and Back leads to the start page", async ({
  viewer,
  page,
  store,
}) => {
  await viewer.goto();
  const field = page.getByRole("textbox").first();
  await field.fill(store.url("v3"));
  await field.press("Enter");
  await viewer.loaded();
  await viewer.setState({
    view: { target: [120.5, 80.25], zoom: 2.5 },
    selection: { z: 2, t: 1 },
    channels: [
      { index: 0, visible: false },
      { index: 1, color: "FF8000", window: { start: 100, end: 3000 } },
    ],
  });
  const before = await viewer.getState();
  await expect(page).toHaveURL(/#v=1.*view=120\.5,80\.25,2\.5/);
  await page.reload();
  await viewer.loaded();
  const after = await viewer.getState();
  expect(after.view?.zoom).toBeCloseTo(before.view?.zoom ?? 0, 5);
  expect({ ...after, view: null }).toEqual({ ...before, view: null });
  expect(after.view?.target).toEqual(before.view?.target);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Zarrscope" })).toBeVisible();
});

test("from one source to the next is one step of history; Back and Forward show each", async ({
  viewer,
  page,
  store,
}) => {
  await viewer.open(store.url("v3"));
  const field = page.getByRole("textbox", { name: /zarr|address|url|source/i }).first();
  await field.fill(store.url("int16"));
  await field.press("Enter");
  await viewer.settled();
  const openSource = async () => (await viewer.getState()).source;
  expect(await openSource()).toBe(store.url("int16"));
  await page.goBack();
  await expect.poll(openSource).toBe(store.url("v3"));
  await viewer.settled();
  await viewer.expectScreen(coordinateImages.v3);
  await page.goForward();
  await expect.poll(openSource).toBe(store.url("int16"));
  // Another one, while this is still opening: the address follows the last.
  store.setScenario("slow", { latencyMs: 400 });
  await viewer.goto(store.url("v3", { scenario: "slow" }));
  const again = page.getByRole("textbox", { name: /zarr|address|url|source/i }).first();
  await again.fill(store.url("uint8"));
  await again.press("Enter");
  await viewer.settled();
  await expect(page).toHaveURL(/uint8/);
  await viewer.expectScreen(coordinateImages.uint8);
  expect(viewer.errors).toEqual([]);
});
