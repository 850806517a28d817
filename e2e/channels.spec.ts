import type { Page } from "@playwright/test";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import type { LoggedRequest } from "./store/request-log.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

const image: VirtualImage = { ...coordinateImages.v3, shape: [1, 3, 4, 300, 400] };
const isChunk = ({ key, method }: LoggedRequest) =>
  method === "GET" && !/(\.z[a-z]+|zarr\.json)$/.test(key);

/** An image of many channels, of which metadata show a few. */
function manyChannels(count: number): VirtualImage {
  const { omero: _, ...rest } = coordinateImages.v3;
  const channels = Array.from({ length: count }, (__, c) => ({
    label: `Marker ${c + 1}`,
    color: "FFFFFF",
    active: c < 2,
    window: { min: 0, start: 0, end: 4000, max: 65_535 },
  }));
  const shape = [1, count, 1, 300, 400];
  return { ...rest, shape, levels: [{ factors: [1, 1, 1, 1, 1] }], omero: { channels } };
}

const openColours = (page: Page, name: string) =>
  page.getByRole("button", { name: `Colour of ${name}` }).click();

// Requests are counted below.
test.use({ savesData: true });

test("gamma, invert, solo, greyscale and lookup tables, on screen as by definition", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("three-channels", image);
  await viewer.open(store.url("three-channels"));
  for (const [gamma, inverted] of [
    [0.5, false],
    [2, true],
  ] as const) {
    await viewer.setState({ channels: [{ index: 0, gamma, inverted }] });
    await viewer.expectScreen(image);
  }
  await viewer.setState({ greyscale: true });
  await viewer.expectScreen(image);
  await viewer.setState({ greyscale: false, channels: [{ index: 0, gamma: 1, inverted: false }] });

  const { page } = viewer;
  const eye = page.getByRole("button", { name: "Show channel 1 (with Shift alone)" });
  await eye.click({ modifiers: ["Shift"] });
  const visible = async () => (await viewer.openState()).channels.map((channel) => channel.visible);
  expect(await visible()).toEqual([false, true, false]);
  await viewer.settled();
  await viewer.expectScreen(image);
  await page.getByRole("application").focus();
  await page.keyboard.press("Shift+Digit2");
  expect(await visible()).toEqual([true, true, true]);
  await page.keyboard.press("Shift+Digit1");
  expect(await visible()).toEqual([true, false, false]);

  // Both ends of a table by its published colours, chosen by keyboard in the channel's settings.
  await openColours(page, "channel 0");
  await page.getByRole("radio", { name: "none (colour)" }).focus();
  await page.keyboard.press("ArrowDown");
  const window = { start: 60_000, end: 60_001 };
  await viewer.setState({ channels: [{ index: 0, window }] });
  const middle = async () => {
    const { width, height, data } = await viewer.screenPixels();
    const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
    return [...data.slice(at, at + 3)];
  };
  const near = (actual: number[], expected: number[]) =>
    expect(Math.max(...actual.map((part, i) => Math.abs(part - expected[i]!)))).toBeLessThan(3);
  expect((await viewer.openState()).channels[0]?.lut).toBe("viridis");
  near(await middle(), [68, 1, 84]);
  await page.getByRole("switch", { name: "Invert" }).click();
  await viewer.settled();
  near(await middle(), [253, 231, 37]);
  expect(await viewer.axe()).toEqual([]);
  expect(new URL(page.url()).search).toContain("source=");
  await page.waitForFunction(() => location.hash.includes("lviridis"));
  await viewer.open(store.url("three-channels"), new URL(page.url()).hash);
  const reopened = (await viewer.openState()).channels[0];
  expect(reopened).toMatchObject({ lut: "viridis", inverted: true, window });
  near(await middle(), [253, 231, 37]);
  expect(viewer.errors).toEqual([]);
});

test("the histogram, limits, auto by steps, ranges, clipboard and the hint", async ({
  store,
  viewer,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  store.defineVirtual("three-channels", image);
  await viewer.open(store.url("three-channels"));
  const { page } = viewer;
  const windowOf = async (index = 0) => (await viewer.openState()).channels[index]!.window;
  await expect(page.locator(".zs-histogram svg[data-bins='160']")).toHaveCount(3);

  const auto = page.getByRole("button", { name: "Auto contrast of channel 0" });
  const widths: number[] = [];
  for (let press = 0; press < 4; press++) {
    await auto.click();
    const { start, end } = await windowOf();
    widths.push(end - start);
  }
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  expect(new Set(widths).size).toBeGreaterThan(2);
  await auto.click();
  expect((await windowOf()).end - (await windowOf()).start).toBe(widths[0]);
  await auto.click({ modifiers: ["Shift"] });
  await viewer.settled();

  await openColours(page, "channel 0");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await button("Full range").click();
  expect(await windowOf()).toEqual({ start: 0, end: 65_535, min: 0, max: 65_535 });
  await button("Imported").click();
  expect(await windowOf()).toEqual({ start: 0, end: 4000, min: 0, max: 65_535 });
  await page.getByRole("slider", { name: "Gamma of channel 0" }).focus();
  await page.keyboard.press("ArrowLeft");
  expect((await viewer.openState()).channels[0]?.gamma).toBeLessThan(1);
  await page.getByRole("radio", { name: "magma" }).check();
  await button("Copy settings").click();
  await expect(page.getByText("Copied as JSON.")).toBeVisible();
  await page.keyboard.press("Escape");
  await openColours(page, "channel 1");
  await button("Paste settings").click();
  await expect(page.getByText("Pasted.")).toBeVisible();
  const [first, second] = (await viewer.openState()).channels;
  expect(second).toMatchObject({ lut: "magma", gamma: first!.gamma, color: first!.color });
  await page.evaluate(() => navigator.clipboard.writeText("nonsense"));
  await button("Paste settings").click();
  await expect(page.getByText("The clipboard holds no channel settings.")).toBeVisible();
  await button("Reset").click();
  expect((await viewer.openState()).channels[1]).toMatchObject({ lut: null, gamma: 1 });
  await page.keyboard.press("Escape");

  const nothing = { start: 60_000, end: 65_000 };
  await viewer.setState({ channels: [0, 1, 2].map((index) => ({ index, window: nothing })) });
  await expect(page.getByText("Almost all of the image is black")).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  await page.locator(".zs-contrast-hint").getByRole("button").click();
  await expect(page.locator(".zs-contrast-hint")).toHaveCount(0);
  await page
    .locator(".zs-histogram")
    .first()
    .dblclick({ position: { x: 120, y: 20 } });
  expect(await windowOf()).toMatchObject({ start: 0, end: 4000 });
});

test("dragging a limit and scrubbing z ask for nothing twice, in no other order, and keep every setting", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("three-channels", image);
  await viewer.open(store.url("three-channels"));
  const { page } = viewer;
  const settings = { index: 1, color: "FF8000", gamma: 0.5, inverted: true, lut: "hot" } as const;
  await viewer.setState({ channels: [settings] });
  const opened = store.log().length;
  const box = await page.locator(".zs-histogram").first().boundingBox();
  const drag = async () => {
    const y = box!.y + box!.height / 2;
    const right = page.getByRole("slider", { name: "Display limits of channel 0, end" });
    const thumb = await right.evaluate((input) => {
      const rect = input.closest(".zs-slider-thumb")!.getBoundingClientRect();
      return rect.x + rect.width / 2;
    });
    await page.mouse.move(thumb, y);
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) await page.mouse.move(thumb - step * 4, y);
    await page.mouse.up();
    await viewer.settled();
  };
  await drag();
  const dragged = (await viewer.openState()).channels[0]!.window;
  expect(dragged.end).toBeLessThan(4000);
  expect(dragged.start).toBe(0);
  expect(store.log()).toHaveLength(opened);

  const channels = (await viewer.openState()).channels;
  /** What each step through z reads, in the order of the steps. */
  const scrub = async () => {
    const steps: string[][] = [];
    for (const z of [1, 2, 3, 2, 1, 0]) {
      const before = store.log().length;
      await viewer.setState({ selection: { z } });
      const reads = store.log().slice(before).filter(isChunk);
      steps.push(reads.map(({ key, range }) => `${key} ${range ?? ""}`).sort());
    }
    return steps;
  };
  const steps = await scrub();
  expect((await viewer.openState()).channels).toEqual(channels);
  expect(steps.slice(0, 3).every((reads) => reads.length > 0)).toBe(true);
  expect(steps.slice(3)).toEqual([[], [], []]);
  // The same on a fresh page without any setting: the same requests at the same steps.
  await viewer.open(store.url("three-channels"));
  expect(await scrub()).toEqual(steps);
});

for (const count of [50, 27]) {
  test(`${count} channels: all within reach of the keyboard, only visible ones fetched`, async ({
    store,
    viewer,
  }) => {
    const name = `channels-${count}`;
    store.defineVirtual(name, manyChannels(count));
    await viewer.open(store.url(name));
    const { page } = viewer;
    const fetched = () =>
      new Set(
        store
          .log()
          .filter(isChunk)
          .map(({ key }) => Number(key.split("/c/")[1]?.split("/")[1])),
      );
    expect([...fetched()].sort()).toEqual([0, 1]);
    expect(await page.locator(".zs-channel").count()).toBeLessThan(count);
    expect(await viewer.axe()).toEqual([]);

    await page.getByRole("searchbox", { name: "Find channels" }).focus();
    const reached = new Set<string>();
    for (let press = 0; press < count * 8 && reached.size < count; press++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      const marker = /^Show Marker (\d+) /.exec(label ?? "")?.[1];
      if (marker) reached.add(marker);
    }
    expect(reached.size).toBe(count);
    await page.keyboard.press("Space");
    await viewer.settled();
    expect([...fetched()].sort((a, b) => a - b)).toEqual([0, 1, count - 1]);

    await page.getByRole("searchbox", { name: "Find channels" }).fill(`marker ${count - 1}`);
    await expect(page.locator(".zs-channel")).toHaveCount(1);
    await page.getByRole("button", { name: `Show Marker ${count - 1} ` }).click();
    await viewer.settled();
    expect(fetched().has(count - 2)).toBe(true);
    expect(fetched().size).toBe(4);
    expect(await viewer.axe()).toEqual([]);
  });
}
