import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

const sampleImages = [
  {
    name: "cells",
    words: "4 time points × 14 planes × 3 channels of 384 × 320 px, 0.22 µm/px, uint16",
  },
  { name: "tissue", words: "2 channels of 8192 × 8192 px, 0.5 µm/px, uint8" },
  { name: "lifetime", words: "1134 × 729 px, 0.24 × 0.36 µm/px, float32" },
];

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

/** No violation, and nothing to be scrolled sideways. */
async function expectAccessible(viewer: Viewer, where: string): Promise<void> {
  expect(await viewer.axe(), where).toEqual([]);
  const overflow = () =>
    viewer.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  // After a change of size the page is laid out more than once.
  await expect.poll(overflow, { message: `overflow, ${where}` }).toBe(0);
}

/** As a browser's text size of 200 % does: sizes in px scale with the page's zoom. */
async function zoomText(viewer: Viewer, zoom: string): Promise<void> {
  await viewer.page.evaluate((value) => {
    document.documentElement.style.setProperty("zoom", value);
  }, zoom);
}

test("the start page shows each sample as a picture, without the network, at every size", async ({
  viewer,
  page,
  appUrl,
}) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(appUrl) && !request.url().startsWith("data:"))
      elsewhere.push(request.url());
  });
  await viewer.goto();
  const pictures = page.locator(".zs-sample img");
  await expect(pictures).toHaveCount(5);
  for (const picture of await pictures.all()) {
    await expect(picture).toHaveJSProperty("complete", true);
    await expect(picture).toHaveJSProperty("naturalWidth", 352);
  }
  const network = page.getByRole("region", { name: /Public datasets.*need the network/ });
  await expect(network.getByRole("link")).toHaveCount(3);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await expectAccessible(viewer, `start page at ${size.width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await zoomText(viewer, "2");
  await expectAccessible(viewer, "start page at 200 %");
  expect(elsewhere).toEqual([]);
});

for (const { name, words } of sampleImages) {
  test(`the sample ${name} opens whole, from this origin alone`, async ({
    viewer,
    page,
    appUrl,
  }) => {
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(appUrl) && !request.url().startsWith("blob:"))
        elsewhere.push(request.url());
    });
    const tiles = await viewer.open(`samples/${name}.zarr`);
    expect(tiles.data).toBeGreaterThan(0);
    const { corrupt, error, denied, unverifiable, pending } = tiles;
    expect({ corrupt, error, denied, unverifiable, pending }).toEqual({
      corrupt: 0,
      error: 0,
      denied: 0,
      unverifiable: 0,
      pending: 0,
    });
    await page.getByRole("heading", { name: "Image", exact: true }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Problems" })).toHaveCount(0);
    expect(elsewhere).toEqual([]);
    expect(viewer.errors).toEqual([]);
  });
}

test("the lifetime map has values inside its field, none outside it", async ({ viewer }) => {
  await viewer.open("samples/lifetime.zarr");
  const { target } = await viewer.view();
  const centre = await viewer.valueAt(target[0], target[1]);
  expect(Number(centre?.values[0]?.value)).toBeGreaterThan(0.5);
  expect(Number(centre?.values[0]?.value)).toBeLessThan(5);
  const corner = await viewer.valueAt(2, 2);
  expect(Number(corner?.values[0]?.value)).toBeNaN();
});

test("the damaged sample marks what is damaged, says why, and shows the rest", async ({
  viewer,
  page,
}) => {
  const tiles = await viewer.open("samples/damaged.zarr");
  // Of 64 chunks by channel: three and two are damaged, one and two are missing.
  expect(tiles).toMatchObject({ data: 128 - 5 - 3, fill: 3, corrupt: 5, error: 0, pending: 0 });
  await expect(page.getByText("Tiles: 5 corrupt")).toBeVisible();
  await page.getByRole("heading", { name: "Problems" }).click();
  await expect(page.locator(".zs-problems li").first()).toBeVisible();
  expect(await page.locator(".zs-problems li").count()).toBeGreaterThanOrEqual(3);
  await expectAccessible(viewer, "problems");
  // On a phone nothing of what failed, and of what can be done, is cut off. The fitted view would
  // change to a level there of which nothing is damaged.
  await viewer.setState({ view: { zoom: (await viewer.view()).zoom + 0.5 } });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const areCutOff = () =>
      page.locator(".zs-status").evaluate((bar) => {
        const { left, right, top, bottom } = bar.getBoundingClientRect();
        const parts = [...bar.querySelectorAll(".zs-status-failed > *")];
        return parts.map((part) => {
          const box = part.getBoundingClientRect();
          return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
        });
      });
    await expect.poll(areCutOff).toEqual([false, false, false, false]);
  }
});

test("the metadata panel tells how the image is stored, and copies it", async ({
  viewer,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await viewer.open("samples/cells.zarr");
  await page.getByRole("heading", { name: "Image", exact: true }).click();
  const levels = page.getByRole("region", { name: "Levels" });
  await expect(levels.getByRole("row").nth(1)).toContainText("4 × 3 × 14 × 320 × 384");
  await expect(levels.getByRole("row").nth(1)).toContainText("blosc (zstd + shuffle)");
  await expect(levels.getByRole("row").nth(1)).toContainText("41 MB");
  expect(await page.locator(".zs-json-text").count()).toBe(0);
  await page.getByText("Attributes as stored").click();
  await expect(page.locator(".zs-json-text")).toContainText('"multiscales"');
  await page.getByRole("button", { name: "Copy Attributes as stored" }).click();
  await expect(async () => {
    expect(JSON.parse(await viewer.copied()).ome.version).toBe("0.5");
  }).toPass();
  await page.getByRole("button", { name: "Python" }).click();
  await expect.poll(() => viewer.copied()).toContain('samples/cells.zarr"');
  await expectAccessible(viewer, "metadata panel");
});

test("on a phone the panel is a sheet with tabs in reach of a thumb", async ({ viewer, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await viewer.open("samples/cells.zarr");
  await expect(page.getByRole("tab", { name: "Planes" })).toHaveAttribute("aria-selected", "true");
  for (const name of ["Planes", "Channels", "Info"]) {
    const tab = page.getByRole("tab", { name });
    if (name !== "Planes") await tab.click();
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
    const box = await tab.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.y).toBeGreaterThan(844 / 2 - 60);
    await expectAccessible(viewer, `phone, ${name}`);
  }
  await page.getByRole("tab", { name: "Info" }).click();
  await expect(page.getByRole("tabpanel", { name: "Info" })).toBeHidden();
  await page.getByRole("tab", { name: "Channels" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tabpanel", { name: "Channels" })).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(viewer, "320 px wide");
  await page.setViewportSize({ width: 1280, height: 800 });
  await zoomText(viewer, "2");
  await expectAccessible(viewer, "open image at 200 %");
});

test("recents are kept here without secrets, can be opened, cleared and switched off", async ({
  viewer,
  page,
  store,
}) => {
  const signed = `${store.url("v3")}?X-Amz-Signature=SECRET`;
  await viewer.open(signed);
  await page.getByRole("button", { name: "Zarrscope, start page" }).click();
  const recent = page.getByRole("region", { name: "Recent" });
  await expect(recent.getByRole("link")).toHaveCount(1);
  await expect(recent).toContainText("its signature was not kept");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain("/v3");
  expect(kept).not.toContain("SECRET");
  await expectAccessible(viewer, "recents");
  await viewer.goto();
  await recent.getByRole("link").click();
  await viewer.settled();
  expect((await viewer.openState()).source).toBe(store.url("v3"));
  await page.getByRole("button", { name: "Zarrscope, start page" }).click();
  await recent.getByRole("button", { name: "Clear" }).click();
  await expect(recent.getByRole("link")).toHaveCount(0);
  await recent.getByRole("switch", { name: "Remember recent sources" }).click();
  await viewer.open(store.url("v3"));
  await page.getByRole("button", { name: "Zarrscope, start page" }).click();
  await expect(recent).toContainText("Nothing you open is kept.");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("/v3");
});

test("G10: a browser that refuses storage opens everything all the same", async ({
  viewer,
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await viewer.goto();
  await page.getByRole("switch", { name: "Remember recent sources" }).click();
  await page.getByRole("link", { name: /Cell monolayer/ }).click();
  expect((await viewer.settled()).data).toBeGreaterThan(0);
  expect(viewer.errors).toEqual([]);
});
