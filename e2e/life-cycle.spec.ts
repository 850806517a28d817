import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

const image: VirtualImage = coordinateImages.v3;

test("G02 G03 no WebGL2, then one that is lost for good: said in words, and drawn again by a button", async ({
  store,
  viewer,
  page,
}) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    const refusing: typeof getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
      const isRefused = args[0] === "webgl2" && Reflect.get(globalThis, "refusesWebgl") !== false;
      return isRefused ? null : Reflect.apply(getContext, this, args);
    } as typeof getContext;
    HTMLCanvasElement.prototype.getContext = refusing;
  });
  await viewer.goto(store.url("v3"));
  const alert = page.getByRole("alert").filter({ hasText: "WebGL2" });
  await expect(alert).toContainText("hardware acceleration");
  await expect(alert).toContainText("ZS-WEBGL");
  await viewer.settled();
  expect(await viewer.axe()).toEqual([]);
  await page.evaluate(() => Reflect.set(globalThis, "refusesWebgl", false));
  await alert.getByRole("button", { name: "Draw again" }).click();
  await expect(alert).toHaveCount(0);
  await viewer.settled();
  await viewer.expectScreen(image);

  await viewer.canvas.evaluate((canvas: HTMLCanvasElement) => {
    canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  });
  const lost = page.getByRole("alert").filter({ hasText: "graphics driver stopped" });
  await expect(lost).toContainText("ZS-CONTEXT");
  await lost.getByRole("button", { name: "Draw again" }).click();
  await expect(lost).toHaveCount(0);
  await viewer.settled();
  await viewer.expectScreen(image);
});

test("G11 a build that is gone in mid-session: one reload at the same view, then a message", async ({
  store,
  viewer,
  page,
}) => {
  await viewer.open(store.url("v3"));
  await viewer.setState({ view: { target: [150, 120], zoom: 1.5 }, selection: { z: 2, t: 1 } });
  const before = await viewer.openState();
  // The new build has other names for its parts.
  await page.route(/HelpDialog.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await reloaded;
  await viewer.loaded();
  expect((await viewer.openState()).selection).toEqual(before.selection);
  expect((await viewer.view()).zoom).toBeCloseTo(before.view.zoom, 3);
  await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toHaveCount(0);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  const message = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  await expect(message).toBeVisible();
  // What is shown stays.
  await viewer.settled();
  await viewer.expectScreen(image);
  expect(await viewer.axe()).toEqual([]);
  await page.unroute(/HelpDialog.*\.js/);
  await Promise.all([
    page.waitForEvent("load"),
    message.getByRole("button", { name: "Load the page again" }).click(),
  ]);
  await viewer.loaded();
  await viewer.expectScreen(image);
});

test("G11 the code of the viewer itself is gone: one reload, then a message in its place", async ({
  store,
  viewer,
  page,
}) => {
  await page.route(/\/Viewer-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(viewer.url(store.url("v3")));
  // The page says it too while it is on its way to being loaded again.
  await page.waitForFunction(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    return navigation instanceof PerformanceNavigationTiming && navigation.type === "reload";
  });
  const message = page.getByRole("alert").filter({ hasText: "A part of this page failed" });
  await expect(message).toContainText("ZS-PART");
  expect(await viewer.axe()).toEqual([]);
  await page.unroute(/\/Viewer-.*\.js/);
  await Promise.all([
    page.waitForEvent("load"),
    message.getByRole("button", { name: "Load the page again" }).click(),
  ]);
  await viewer.loaded();
  await viewer.expectScreen(image);
});

test("C15 workers that die in mid-session are replaced; where they cannot start at all, every tile says so", async ({
  store,
  viewer,
  page,
}) => {
  await page.addInitScript(() => {
    const made: Worker[] = [];
    const Original = Worker;
    Object.assign(globalThis, { madeWorkers: made });
    globalThis.Worker = class extends Original {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(Reflect.get(globalThis, "refusesWorkers") === true ? "/gone.js" : args[0], args[1]);
        made.push(this);
      }
    };
  });
  await viewer.open(store.url("v3"));
  const crash = () =>
    page.evaluate(() => {
      const workers: Worker[] = Reflect.get(globalThis, "madeWorkers");
      for (const worker of workers.splice(0)) {
        worker.terminate();
        worker.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
      }
    });
  await crash();
  const tiles = await viewer.setState({ selection: { z: 3 }, view: { zoom: 1.6 } });
  expect(tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0 });
  await viewer.expectScreen(image);

  await page.evaluate(() => Reflect.set(globalThis, "refusesWorkers", true));
  await crash();
  const dead = await viewer.setState({ selection: { z: 1, t: 1 } });
  expect(dead.data).toBe(0);
  expect(dead.error).toBeGreaterThan(0);
  await expect(page.locator(".zs-status")).toContainText(/failed/);
  expect(await viewer.axe()).toEqual([]);
});

test("M11 a chunk of 20 GB: how large it is, and the Python that writes the data again", async ({
  store,
  viewer,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  store.defineVirtual("one-chunk", {
    format: "v2",
    ome: "none",
    axes: "yx",
    shape: [100_000, 100_000],
    chunks: [100_000, 100_000],
    dataType: "uint16",
  });
  await viewer.open(store.url("one-chunk"));
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("One chunk of this image is 20 GB");
  await expect(alert).toContainText("ZS-CHUNKSIZE");
  await alert.getByRole("button", { name: "Copy the Python" }).click();
  await expect.poll(() => viewer.copied()).toContain(".rechunk((1024, 1024))");
  expect(await viewer.axe()).toEqual([]);
  expect(store.log({ store: "one-chunk", key: /^c?\/?0/ })).toEqual([]);
});
