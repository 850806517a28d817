import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

// These tests need no app: they hold the harness and the store to what real Chromium does.

const fakeApp = `<!doctype html><html lang="en"><title>Fake</title>
<body style="margin:0;background:#123"><main style="position:relative"><h1 style="position:absolute;margin:0;background:#fff">over the canvas</h1>
<canvas width="300" height="200" style="display:block"></canvas></main><script>
const canvas = document.querySelector("canvas"), ratio = devicePixelRatio;
canvas.width = 300 * ratio; canvas.height = 200 * ratio; canvas.style.width = "300px"; canvas.style.height = "200px";
const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height);
for (let i = 0; i < image.data.length / 4; i++) image.data.set([i % canvas.width % 256, Math.floor(i / canvas.width) % 256, 77, 255], 4 * i);
context.putImageData(image, 0, 0);
let state = { source: location.search, view: { target: [0, 0], zoom: 0 }, selection: {}, channels: [] };
window.zarrscope = { settled: async () => ({ tiles: { data: 1 } }), getState: () => state, setState: async (part) => { state = { ...state, ...part }; },
  valueAt: async ({ x, y }) => x < 0 ? undefined : { level: 0, values: [{ channel: 0, value: x + y }] }, stats: () => ({ requests: 3 }) };
</script></body></html>`;

for (const deviceScaleFactor of [1, 2]) {
  test.describe(`at ${deviceScaleFactor} device pixels per CSS pixel`, () => {
    test.use({ deviceScaleFactor });
    test("the viewer reads the canvas' very pixels, whatever lies above it", async ({
      page,
      store,
    }) => {
      await page.route("**/fake.html**", (route) =>
        route.fulfill({ contentType: "text/html", body: fakeApp }),
      );
      const viewer = new Viewer(page, `${store.origins[0]}/fake.html`);
      await viewer.open("http://example.org/a b.zarr", "#z=1");
      expect(page.url()).toContain("?source=http%3A%2F%2Fexample.org%2Fa+b.zarr#z=1");
      const { width, height, data } = await viewer.screenPixels();
      expect([width, height]).toEqual([300 * deviceScaleFactor, 200 * deviceScaleFactor]);
      const wrong = data.findIndex((value, i) => {
        const [pixel, part] = [i >> 2, i & 3];
        return value !== [(pixel % width) % 256, Math.floor(pixel / width) % 256, 77, 255][part];
      });
      expect(wrong).toBe(-1);
      expect(await page.locator("h1").isVisible()).toBe(true);
      expect(await viewer.setState({ view: { target: [1, 2], zoom: 2 } })).toEqual({ data: 1 });
      expect((await viewer.openState()).view.zoom).toBe(2);
      expect(await viewer.valueAt(2, 3)).toEqual({ level: 0, values: [{ channel: 0, value: 5 }] });
      expect(await viewer.valueAt(-1, 0)).toBeUndefined();
      expect(await viewer.axe()).toEqual([]);
      expect(viewer.errors).toEqual([]);
    });
  });
}

test.describe("the store, as a page of another origin sees it", () => {
  test.beforeEach(async ({ page, store }) => {
    store.defineFiles("box", {
      "a/0": new Uint8Array(4_000_000).fill(7),
      "a/1": Uint8Array.of(1, 2, 3),
    });
    await page.goto(`${store.origins[1]}/nothing`);
  });

  test("CORS on and off, a reset, a cut body, an abort in the log", async ({ page, store }) => {
    const fetchLength = (url: string) =>
      page.evaluate(async (target) => {
        try {
          const response = await fetch(target);
          return (await response.arrayBuffer()).byteLength;
        } catch (error) {
          return String(error);
        }
      }, url);
    store.setScenario("no-cors", { cors: "off" });
    store.setScenario("reset", { resetAt: 0 });
    store.setScenario("cut", { cut: { at: 1000, how: "length" } });
    store.setScenario("closed", { cut: { at: 1000, how: "close" } });
    expect(await fetchLength(`${store.url("box")}/a/1`)).toBe(3);
    for (const scenario of ["no-cors", "reset", "cut"]) {
      expect(await fetchLength(`${store.url("box", { scenario })}/a/0`)).toContain("TypeError");
    }
    // Only a check of the length finds this one.
    expect(await fetchLength(`${store.url("box", { scenario: "closed" })}/a/0`)).toBe(1000);

    store.setScenario("slow", { bytesPerSecond: 100_000 });
    const aborted = page.evaluate(
      async (url) => {
        const controller = new AbortController();
        const response = await fetch(url, { signal: controller.signal });
        // In the middle of the body.
        setTimeout(() => controller.abort(), 200);
        return response.arrayBuffer().then(
          () => "finished",
          (error: Error) => error.name,
        );
      },
      `${store.url("box", { scenario: "slow" })}/a/0`,
    );
    expect(await aborted).toBe("AbortError");
    await expect.poll(() => store.log({ scenario: "slow" })[0]?.aborted).toBe(true);
    expect(store.log({ scenario: "slow" })[0]?.bytesSent).toBeLessThan(400_000);
  });

  test("a range across origins needs no preflight, a suffix does", async ({ page, store }) => {
    const rangeOf = (range: string) =>
      page.evaluate(
        async ([url, header]) => {
          const response = await fetch(url!, { headers: { Range: header! }, cache: "no-store" });
          return (await response.arrayBuffer()).byteLength;
        },
        [`${store.url("box")}/a/0`, range],
      );
    store.clearLog();
    expect(await rangeOf("bytes=10-19")).toBe(10);
    expect(store.log().map(({ method }) => method)).toEqual(["GET"]);
    expect(await rangeOf("bytes=-5")).toBe(5);
    expect(store.log().map(({ method }) => method)).toEqual(["GET", "OPTIONS", "GET"]);
  });
});
