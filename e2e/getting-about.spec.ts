import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";

/** Six time points and 24 planes of one chunk each. */
const stack = {
  ...coordinateImages.v3,
  shape: [6, 2, 24, 256, 256],
  chunks: [1, 1, 1, 128, 128],
  levels: [{ factors: [1, 1, 1, 1, 1] }, { factors: [1, 1, 1, 2, 2] }],
} as const;

const region = (viewer: Viewer) => viewer.page.getByRole("application", { name: /^Image/ });
const selection = async (viewer: Viewer) => (await viewer.getState()).selection;

async function tabTo(viewer: Viewer, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await viewer.page.keyboard.press("Tab");
    const label = await viewer.page.evaluate(() => document.activeElement?.ariaLabel ?? "");
    if (label.startsWith(name)) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}

test("keyboard only: planes, play and pause, fit, undo and redo, palette, help", async ({
  viewer,
  appUrl,
}) => {
  const { page } = viewer;
  await viewer.open(`${appUrl}samples/cells.zarr`);
  const start = await selection(viewer);
  await tabTo(viewer, "Image");
  await page.keyboard.press("0");
  const fitted = await viewer.view();
  for (let z = start.z ?? 0; z < 11; z++) await page.keyboard.press(".");
  for (let z = start.z ?? 0; z > 11; z--) await page.keyboard.press(",");
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await expect.poll(() => selection(viewer)).toMatchObject({ z: 11, t: 2 });
  await viewer.settled();
  await expect(region(viewer)).toHaveAccessibleName(/t 3 of .*z 12 of/);

  await page.keyboard.press(" ");
  await expect(page.getByRole("button", { name: "Pause T" })).toBeVisible();
  await expect.poll(async () => (await selection(viewer)).t).not.toBe(2);
  await page.keyboard.press(" ");
  await expect(page.getByRole("button", { name: "Play T" })).toBeVisible();
  const paused = await selection(viewer);
  await page.waitForTimeout(400);
  expect(await selection(viewer)).toEqual(paused);

  // In one task: however slow the machine is, this hand does not rest.
  const zoomed = await region(viewer).evaluate((element) => {
    const press = (key: string) => {
      element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    };
    for (const key of ["+", "+", "ArrowRight"]) press(key);
    const { view } = window.zarrscope!.getState();
    press("0");
    return view!;
  });
  expect(zoomed.zoom).toBeCloseTo(fitted.zoom + 1, 5);
  expect(zoomed.target[0]).toBeGreaterThan(fitted.target[0]);
  expect(await viewer.view()).toEqual(fitted);
  // One hand's work on the view, without a rest, is one step; all planes that played are another.
  await page.keyboard.press("Control+z");
  await expect.poll(() => viewer.view()).toEqual(fitted);
  await page.keyboard.press("Control+z");
  await expect.poll(() => selection(viewer)).not.toEqual(paused);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(() => selection(viewer)).toEqual(paused);

  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Find a command" });
  await expect(search).toBeFocused();
  await page.keyboard.type("zoom in");
  expect(await viewer.axe()).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(search).toBeHidden();
  await expect.poll(async () => (await viewer.view()).zoom).toBeCloseTo(fitted.zoom + 0.5, 5);
  await expect(region(viewer)).toBeFocused();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard and mouse" });
  await expect(help).toContainText("Next z plane");
  expect(await viewer.axe()).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(region(viewer)).toBeFocused();

  // 2.1.4: only in the image, and not at all when switched off.
  const before = await selection(viewer);
  await page.getByRole("button", { name: "Settings" }).focus();
  await page.keyboard.press(",");
  await page.keyboard.press("Enter");
  const off = page.getByRole("switch", { name: "Single-key shortcuts" });
  await off.press(" ");
  await expect(off).not.toBeChecked();
  await page.keyboard.press("Escape");
  await region(viewer).focus();
  await page.keyboard.press(",");
  expect(await selection(viewer)).toEqual(before);
  await page.reload();
  await viewer.settled();
  await region(viewer).focus();
  await page.keyboard.press(",");
  expect(await selection(viewer)).toEqual(before);
  expect(viewer.errors).toEqual([]);
});

test("wheel with Shift and Alt, typed planes, double-click; scrubbing back asks for nothing again", async ({
  store,
  viewer,
}) => {
  const { page } = viewer;
  store.defineVirtual("stack", stack);
  await viewer.open(store.url("stack"));
  await viewer.setState({ selection: { t: 1, z: 5 } });
  const box = (await region(viewer).boundingBox())!;
  const [x, y] = [box.x + box.width * 0.4, box.y + box.height * 0.3];
  await page.mouse.move(x, y);
  const view = await viewer.view();
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 100);
  await page.mouse.wheel(0, 100);
  await page.keyboard.up("Shift");
  await expect.poll(() => selection(viewer)).toMatchObject({ t: 1, z: 7 });
  await page.keyboard.down("Alt");
  await page.mouse.wheel(0, 100);
  await page.keyboard.up("Alt");
  await expect.poll(() => selection(viewer)).toMatchObject({ t: 2, z: 7 });
  expect(await viewer.view()).toEqual(view);
  // A plane that is left before it is there is let go of, and would be asked for again.
  await viewer.settled();

  const field = page.getByRole("textbox", { name: "Z, number or place" });
  await field.fill("12");
  await field.press("Enter");
  await expect.poll(() => selection(viewer)).toMatchObject({ z: 11 });
  await field.fill("99");
  await field.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "There is no 99" })).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  await field.press("Escape");
  await expect(field).toHaveValue("12");
  await viewer.settled();

  store.clearLog();
  await viewer.setState({ selection: { z: 7 } });
  await viewer.setState({ selection: { z: 11 } });
  expect(store.log().map(({ key }) => key)).toEqual([]);
  await viewer.expectScreen(stack);

  await page.mouse.dblclick(x, y);
  await expect.poll(async () => (await viewer.view()).zoom).toBeCloseTo(view.zoom + 1, 4);
  const next = await viewer.view();
  const worldX = (of: typeof view) => of.target[0] + (x - box.x - box.width / 2) * 2 ** -of.zoom;
  expect(worldX(next)).toBeCloseTo(worldX(view), 3);
});

test("playing waits for planes, fetches the next ones last, and shows what is in memory", async ({
  store,
  viewer,
}) => {
  const { page } = viewer;
  store.defineVirtual("stack", stack);
  store.setScenario("late", { key: ["0/c/**", "1/c/**"], latencyMs: 250 });
  await viewer.open(store.url("stack", { scenario: "late" }), undefined);
  await viewer.setState({ selection: { t: 0, z: 0 } });
  const chunks = () => store.log({ key: /\/c\// }).map(({ key }) => key);
  const before = chunks();
  store.clearLog();
  await page.getByRole("button", { name: "Playback of Z" }).click();
  await page.getByRole("slider", { name: "Frames per second" }).press("End");
  await page.getByRole("radio", { name: "Once" }).check();
  expect(await viewer.axe()).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Play Z" }).click();
  const shown: number[] = [];
  const isLast = async () => {
    const { z = 0 } = await selection(viewer);
    if (shown.at(-1) !== z) shown.push(z);
    return z === 23;
  };
  await expect.poll(isLast, { intervals: [15], timeout: 60_000 }).toBe(true);
  await expect(page.getByRole("button", { name: "Play Z" })).toBeVisible();
  // It goes forward only, and passes over nothing.
  expect(shown).toEqual([...shown].sort((a, b) => a - b));
  await viewer.settled();
  await viewer.expectScreen(stack);
  await expect.poll(() => page.locator(".zs-slider-mark").count()).toBeGreaterThan(0);
  const keys = chunks();
  expect(new Set(keys).size).toBe(keys.length);
  const planes = new Set([...before, ...keys].map((key) => Number(key.split("/")[4])));
  expect([...planes].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, z) => z));
  expect(viewer.errors).toEqual([]);
});

test("reduced motion: Space does not start, the button does", async ({ store, viewer }) => {
  const { page } = viewer;
  await page.emulateMedia({ reducedMotion: "reduce" });
  store.defineVirtual("stack", stack);
  await viewer.open(store.url("stack"));
  await region(viewer).focus();
  await page.keyboard.press(" ");
  await page.waitForTimeout(300);
  await expect(page.getByRole("button", { name: "Play T" })).toBeVisible();
  await page.getByRole("button", { name: "Play T" }).click();
  await expect(page.getByRole("button", { name: "Pause T" })).toBeVisible();
  await region(viewer).focus();
  await page.keyboard.press(" ");
  await expect(page.getByRole("button", { name: "Play T" })).toBeVisible();
});

test("the navigator shows the whole plane and moves the view; themes are kept and accessible", async ({
  viewer,
  appUrl,
}) => {
  const { page } = viewer;
  // Colours change at once.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await viewer.open(`${appUrl}samples/cells.zarr`);
  const navigator = page.getByRole("application", { name: /^Navigator/ });
  await expect(navigator).toBeHidden();
  await viewer.setState({ view: { zoom: (await viewer.view()).zoom + 2 } });
  await expect(navigator).toBeVisible();
  const before = await viewer.view();
  const box = (await navigator.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.25);
  await expect.poll(async () => (await viewer.view()).target[0]).toBeLessThan(before.target[0]);
  const clicked = await viewer.view();
  await navigator.press("ArrowDown");
  await expect.poll(async () => (await viewer.view()).target[1]).toBeGreaterThan(clicked.target[1]);
  const colours = () =>
    navigator.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
  await expect.poll(colours).toBeGreaterThan(200);

  for (const [name, theme] of [
    ["Light", "light"],
    ["High contrast", "contrast"],
    ["Dark", "dark"],
  ] as const) {
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("radio", { name, exact: true }).check();
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    expect(await viewer.axe()).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await viewer.axe()).toEqual([]);
  }
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Light", exact: true }).check();
  await page.reload();
  await viewer.settled();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(viewer.errors).toEqual([]);
});

test.describe("touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a long press shows the value, two fingers zoom", async ({ store, viewer }) => {
    const { page } = viewer;
    store.defineVirtual("stack", stack);
    await viewer.open(store.url("stack"));
    const box = (await region(viewer).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: [number, number][]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
      });
    await touch("touchStart", [[x, y]]);
    const bubble = page.locator(".zs-value-bubble");
    await expect(bubble).toContainText(/x \d+ y \d+ px/);
    const world = (await viewer.view()).target;
    const readout = await viewer.valueAt(world[0], world[1]);
    await expect(bubble).toContainText(String(readout?.values[0]?.value));
    await touch("touchEnd", []);
    await expect(bubble).toBeHidden();

    const before = await viewer.view();
    await touch("touchStart", [
      [x - 30, y],
      [x + 30, y],
    ]);
    for (const d of [40, 60, 80, 100]) {
      await touch("touchMove", [
        [x - d, y],
        [x + d, y],
      ]);
    }
    await touch("touchEnd", []);
    await expect.poll(async () => (await viewer.view()).zoom).toBeGreaterThan(before.zoom + 0.7);
    await touch("touchStart", [[x, y]]);
    for (const d of [10, 30, 60]) await touch("touchMove", [[x + d, y]]);
    await touch("touchEnd", []);
    await expect.poll(async () => (await viewer.view()).target[0]).toBeLessThan(before.target[0]);
    await expect(page.getByRole("application", { name: /^Navigator/ })).toBeHidden();
  });
});
