import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";
import { metadataDocuments } from "./store/virtual-metadata.ts";

const image: VirtualImage = coordinateImages.v3;

test("R06 no request to another origin needs a preflight, whole chunks, ranges and suffixes alike", async ({
  store,
  viewer,
}) => {
  store.setScenario("no-preflight", { preflight: "refuse" });
  for (const name of ["v2-slash", "v3", "v3-shard-end", "v3-shard-start"] as const) {
    const tiles = await viewer.open(store.url(name, { scenario: "no-preflight" }));
    expect(tiles).toMatchObject({ pending: 0, error: 0, unverifiable: 0 });
    await viewer.setState({ view: { zoom: 2 } });
    await viewer.expectValues(coordinateImages[name], { columns: 4, rows: 3 });
  }
  expect(store.log({ method: "OPTIONS" })).toEqual([]);
});

test("M02 consolidated metadata of three megabytes opens, and is parsed in a worker", async ({
  store,
  viewer,
  page,
}) => {
  const documents = metadataDocuments({
    format: "v2",
    axes: "yx",
    shape: [64, 64],
    chunks: [64, 64],
    dataType: "uint16",
    fillValue: 77,
  });
  const array = documents.get("0/.zarray");
  const others = Array.from({ length: 24_000 }, (_, i) => [`other/${i}/.zarray`, array] as const);
  const metadata = Object.fromEntries([...documents, ...others]);
  const files = {
    ...Object.fromEntries(documents),
    ".zmetadata": JSON.stringify({ zarr_consolidated_format: 1, metadata }),
  };
  expect(files[".zmetadata"].length).toBeGreaterThan(2_000_000);
  store.defineFiles("big-metadata", files);
  await page.addInitScript(() => {
    const sent: { bytes: number; transferred: boolean }[] = [];
    Object.assign(globalThis, { sentToParse: sent });
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
      const isParse = Reflect.get(Object(message), "type") === "parse-json";
      const bytes = isParse ? (Reflect.get(Object(message), "bytes") as Uint8Array) : undefined;
      const length = bytes?.byteLength ?? 0;
      Reflect.apply(post, this, [message, ...rest]);
      if (bytes) sent.push({ bytes: length, transferred: bytes.byteLength === 0 });
    };
  });
  const tiles = await viewer.open(store.url("big-metadata"));
  expect(tiles).toMatchObject({ fill: 1, pending: 0 });
  const sent = await page.evaluate(() => Reflect.get(globalThis, "sentToParse"));
  expect(sent).toEqual([{ bytes: files[".zmetadata"].length, transferred: true }]);
  expect((await viewer.valueAt(10, 10))?.values).toEqual([{ channel: 0, value: 77 }]);
});

test("G01 a lost graphics context comes back with the same picture, without a request", async ({
  store,
  viewer,
}) => {
  /** What is fetched ahead is there, too. */
  const rest = async () => {
    let known: number | undefined;
    const isAtRest = () => {
      const last = known;
      known = store.log().length;
      return known === last;
    };
    await expect.poll(isAtRest, { intervals: [1000], timeout: 20_000 }).toBe(true);
  };
  await viewer.open(store.url("v3"));
  await viewer.setState({ view: { zoom: 1.6 } });
  await viewer.expectScreen(image);
  await rest();
  store.clearLog();
  const before = (await viewer.screenPixels()).data;
  for (let round = 0; round < 2; round++) {
    await viewer.page
      .locator("canvas")
      .first()
      .evaluate(async (canvas: HTMLCanvasElement) => {
        const lose = canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context");
        const lost = new Promise((done) => canvas.addEventListener("webglcontextlost", done));
        lose?.loseContext();
        await lost;
        await new Promise((done) => setTimeout(done, 50));
        lose?.restoreContext();
        await new Promise((done) => setTimeout(done, 300));
      });
    await viewer.settled();
    await viewer.expectScreen(image);
    await rest();
    expect(
      Buffer.compare(Buffer.from(before), Buffer.from((await viewer.screenPixels()).data)),
    ).toBe(0);
  }
  expect(store.log().map(({ key }) => key)).toEqual([]);
});

test("the app works from a sub-path of a static host", async ({ store, page }) => {
  const dist = process.env.ZARRSCOPE_DIST ?? fileURLToPath(new URL("../dist", import.meta.url));
  const root = mkdtempSync(join(tmpdir(), "zarrscope-"));
  cpSync(dist, join(root, "lab", "viewer"), { recursive: true });
  const server = await createStaticServer({ root });
  try {
    const port = await listen(server, 0);
    const missing: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    const viewer = new Viewer(page, `http://127.0.0.1:${port}/lab/viewer/`);
    const tiles = await viewer.open(store.url("v2-slash"));
    expect(tiles).toMatchObject({ pending: 0, error: 0 });
    await viewer.expectScreen(coordinateImages["v2-slash"]);
    expect(missing.filter((url) => new URL(url).port === String(port))).toEqual([]);
    expect(viewer.errors).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true });
  }
});

test("reload, Back and Forward keep centre, zoom, plane and channels", async ({
  store,
  viewer,
  page,
}) => {
  await viewer.open(store.url("v3"));
  await viewer.setState({
    view: { target: [123.4375, 98.71], zoom: 1.37 },
    selection: { z: 3, t: 1 },
    channels: [
      { index: 0, visible: false },
      { index: 1, color: "12AB9F", window: { start: 37, end: 2999 } },
      { index: 2, inverted: true },
    ],
  });
  const before = await viewer.openState();
  /** The link rounds the centre to far less than a device pixel. */
  const expectBefore = async () => {
    const { view, ...rest } = await viewer.openState();
    const { view: viewBefore, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(view.zoom).toBe(viewBefore.zoom);
    for (const i of [0, 1] as const) {
      const offPx = Math.abs(view.target[i] - viewBefore.target[i]) * 2 ** view.zoom;
      expect(offPx).toBeLessThan(0.01);
    }
  };
  // The address follows a moment after the state.
  await expect(page).toHaveURL(/12AB9F.*2999|2999.*12AB9F/i);
  await page.reload();
  await viewer.loaded();
  await expectBefore();
  await viewer.expectScreen(image);

  await page.goto(viewer.url(store.url("int16")));
  await viewer.loaded();
  await viewer.expectScreen(coordinateImages.int16);
  await page.goBack();
  await viewer.loaded();
  await expectBefore();
  await page.goForward();
  await viewer.loaded();
  expect((await viewer.openState()).source).toBe(store.url("int16"));
  await viewer.expectScreen(coordinateImages.int16);
});

test("opening B while A is under way leaves nothing of A", async ({ store, viewer, page }) => {
  store.setScenario("slow", { latencyMs: 150 });
  const [a, b] = [store.url("v3", { scenario: "slow" }), store.url("int16", { scenario: "slow" })];
  for (const waitMs of [0, 250, 700]) {
    await viewer.open();
    const tiles = await page.evaluate(
      async ({ first, second, wait }) => {
        const api = window.zarrscope;
        if (api === undefined) throw new Error("There is no API.");
        void api.setState({ source: first });
        const settledEarly = wait > 0 ? api.settled() : undefined;
        await new Promise((done) => setTimeout(done, wait));
        await api.setState({ source: second });
        await settledEarly;
        return (await api.settled()).tiles;
      },
      { first: a, second: b, wait: waitMs },
    );
    expect(tiles).toMatchObject({ pending: 0, error: 0 });
    expect((await viewer.openState()).source).toBe(b);
    await viewer.expectValues(coordinateImages.int16, { columns: 4, rows: 3 });
    await viewer.expectScreen(coordinateImages.int16);
    const count = store.log().length;
    await page.waitForTimeout(300);
    expect(store.log()).toHaveLength(count);
    expect(viewer.errors).toEqual([]);
  }
});

test("settled() that was asked of A answers for B once B was opened instead", async ({
  store,
  viewer,
  page,
}) => {
  store.setScenario("slow", { latencyMs: 200 });
  await viewer.open();
  const tiles = await page.evaluate(
    async ({ first, second }) => {
      const api = window.zarrscope;
      if (api === undefined) throw new Error("There is no API.");
      await api.setState({ source: first });
      const settled = api.settled();
      await new Promise((done) => setTimeout(done, 20));
      void api.setState({ source: second });
      return (await settled).tiles;
    },
    {
      first: store.url("v3", { scenario: "slow" }),
      second: store.url("int16", { scenario: "slow" }),
    },
  );
  expect(tiles.data).toBeGreaterThan(0);
});

test("two changes of state at once are both there", async ({ store, viewer, page }) => {
  // A centre that is set with the source is kept, though nobody knows the fitted view then.
  await viewer.goto();
  await page.evaluate(async (source) => {
    const api = window.zarrscope;
    await api?.setState({ source, view: { target: [170, 130] } });
    await Promise.all([
      api?.setState({ selection: { z: 2 }, view: { zoom: 1.6 } }),
      api?.setState({ selection: { t: 1 }, channels: [{ index: 1, visible: false }] }),
    ]);
  }, store.url("v3"));
  await viewer.settled();
  const state = await viewer.openState();
  expect(state).toMatchObject({
    selection: { z: 2, t: 1 },
    view: { target: [170, 130], zoom: 1.6 },
  });
  expect(state.channels.map(({ visible }) => visible)).toEqual([true, false, true]);
  await viewer.expectValues(image, { columns: 4, rows: 3 });
  await viewer.expectScreen(image);
});

test("scrubbing z keeps the old plane until the new one is there: never a black frame", async ({
  store,
  viewer,
  page,
}) => {
  store.setScenario("slow", { key: "*/c/**", latencyMs: 300 });
  await viewer.open(store.url("v3", { scenario: "slow" }));
  for (const z of [1, 2]) {
    await page.evaluate((to) => window.zarrscope?.setState({ selection: { z: to } }), z);
    await page.waitForTimeout(20);
    const { width, height, data } = await viewer.screenPixels();
    const at = 4 * (Math.floor(height / 2) * width + Math.floor(width / 2));
    expect(data[at]! + data[at + 1]! + data[at + 2]!).toBeGreaterThan(0);
    await viewer.settled();
    await viewer.expectValues(image, { columns: 2, rows: 2 });
  }
});

test.describe("at two device pixels per CSS pixel", () => {
  test.use({ deviceScaleFactor: 2 });
  test("G09 pixels are exact, also after the window changed its size", async ({
    store,
    viewer,
    page,
  }) => {
    await viewer.open(store.url("v3"));
    await viewer.setState({ view: { target: [170.3, 120.7], zoom: 3 } });
    await viewer.expectScreen(image);
    await page.setViewportSize({ width: 1_111, height: 777 });
    await viewer.settled();
    await page.waitForTimeout(200);
    await viewer.settled();
    await viewer.expectScreen(image);
    await page.setViewportSize({ width: 1_000, height: 640 });
    await page.waitForTimeout(200);
    await viewer.settled();
    await viewer.expectScreen(image);
    expect(viewer.errors).toEqual([]);
  });
});
