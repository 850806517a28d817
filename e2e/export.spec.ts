import { readFile } from "node:fs/promises";
import { compareScreen } from "./harness/compare-screen.ts";
import { decodePng } from "./harness/png.ts";
import { expectedLevel, screenOracle } from "./harness/screen-oracle.ts";
import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";

type Switches = { readonly [label in "Scale bar" | "Channel legend" | "Title"]: boolean };
const bare: Switches = { "Scale bar": false, "Channel legend": false, Title: false };
const note = "A note on the picture if tiles are missing";

async function openDialog({ page }: Viewer, scale: number, switches: Switches) {
  await page.getByRole("application", { name: /^Image/ }).focus();
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Export and embed" });
  await dialog.getByRole("radio", { name: `${scale}×` }).check();
  for (const [name, isOn] of Object.entries(switches)) {
    const toggle = dialog.getByRole("switch", { name });
    if ((await toggle.getAttribute("aria-checked")) !== String(isOn)) await toggle.click();
  }
  return dialog;
}

async function save(viewer: Viewer, scale: number, switches: Switches, press = "Save PNG") {
  const dialog = await openDialog(viewer, scale, switches);
  const download = viewer.page.waitForEvent("download");
  await dialog.getByRole("button", { name: press }).click();
  const file = await download;
  const png = new Uint8Array(await readFile(await file.path()));
  await expect(dialog.getByText(/^Saved/)).toBeVisible();
  const status = (await dialog.getByText(/^Saved/).textContent()) ?? "";
  await viewer.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  return { name: file.suggestedFilename(), picture: decodePng(png), texts: textsOf(png), status };
}

/** Keyword and text of each iTXt chunk. */
function textsOf(png: Uint8Array): Record<string, string> {
  const bytes = Buffer.from(png);
  const texts: [string, string][] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "iTXt") {
      const data = bytes.subarray(at + 8, at + 8 + length);
      const end = data.indexOf(0);
      texts.push([data.toString("latin1", 0, end), data.toString("utf8", end + 5)]);
    }
    at += 12 + length;
  }
  return Object.fromEntries(texts);
}

/** Share of pixels in a rectangle (shares of the picture's sides) that differ. */
function differing(
  a: { width: number; height: number; data: Uint8Array },
  b: { width: number; height: number; data: Uint8Array },
  [x0, y0, x1, y1]: readonly [number, number, number, number] = [0, 0, 1, 1],
): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let count = 0;
  let total = 0;
  for (let y = Math.floor(y0 * a.height); y < Math.floor(y1 * a.height); y++) {
    for (let x = Math.floor(x0 * a.width); x < Math.floor(x1 * a.width); x++) {
      const at = (y * a.width + x) * 4;
      total++;
      if ([0, 1, 2].some((part) => a.data[at + part] !== b.data[at + part])) count++;
    }
  }
  return count / total;
}

test("a picture is the screen pixel by pixel, at n times the size it is finer, and it carries the link", async ({
  viewer,
  store,
}) => {
  await viewer.open(store.url("v3"), "#v=1&view=200,150,-0.6&z=2&t=1");
  const screen = await viewer.screenPixels();
  const plain = await save(viewer, 1, bare);
  expect(differing(plain.picture, screen)).toBe(0);
  expect(plain.status).toContain(`${screen.width} × ${screen.height} px`);

  const geometry = await viewer.geometry();
  const state = await viewer.openState();
  const twice = await save(viewer, 2, bare);
  const doubled = { ...geometry, devicePixelRatio: geometry.devicePixelRatio * 2 };
  const level = expectedLevel(coordinateImages.v3, state, doubled);
  expect(level).toBeLessThan(expectedLevel(coordinateImages.v3, state, geometry));
  const oracle = screenOracle(coordinateImages.v3, state, doubled, level);
  const { wrong, compared } = compareScreen(twice.picture, oracle);
  expect(wrong).toBe(0);
  expect(compared).toBeGreaterThan(1000);

  const decorated = await save(viewer, 1, {
    "Scale bar": true,
    "Channel legend": true,
    Title: true,
  });
  const corners = [
    [0, 0, 0.3, 0.15],
    [0.7, 0, 1, 0.2],
    [0, 0.9, 0.3, 1],
  ] as const;
  for (const corner of corners) {
    expect(differing(decorated.picture, screen, corner)).toBeGreaterThan(0.02);
  }
  expect(differing(decorated.picture, screen, [0.05, 0.3, 0.95, 0.8])).toBe(0);
  expect(differing(decorated.picture, screen, [0.6, 0.85, 1, 1]), "no note").toBe(0);

  expect(decorated.name).toMatch(/\.png$/);
  expect(decorated.texts.Title).toContain("z 3 of 4");
  expect(decorated.texts.Warning).toBeUndefined();
  const { page } = viewer;
  await page.goto("about:blank");
  await page.goto(decorated.texts.URL ?? "");
  await viewer.loaded();
  expect(await viewer.openState()).toEqual(state);
  expect(differing(await viewer.screenPixels(), screen)).toBe(0);
  expect(viewer.errors).toEqual([]);
});

test("a picture says what it lacks: failed tiles, and those it did not wait for", async ({
  viewer,
  store,
}) => {
  store.setScenario("partly", { key: "0/c/**/1/1", status: 403 });
  await viewer.open(store.url("v3", { scenario: "partly" }), "#v=1&view=200,150,1.6");
  const screen = await viewer.screenPixels();
  const dialog = await openDialog(viewer, 1, bare);
  await expect(dialog.getByText(/^Incomplete: tiles \d+ /)).toBeVisible();
  await viewer.page.keyboard.press("Escape");
  const noted = await save(viewer, 1, bare);
  expect(noted.status).toContain("Incomplete: tiles");
  expect(noted.texts.Warning).toMatch(/^Incomplete: tiles \d+ /);
  expect(differing(noted.picture, screen, [0.5, 0.9, 1, 1])).toBeGreaterThan(0.05);
  expect(differing(noted.picture, screen, [0, 0, 1, 0.85])).toBe(0);

  // Accepted: nothing is written over the picture, but the file still says so.
  const again = await openDialog(viewer, 1, bare);
  await again.getByRole("switch", { name: note }).click();
  const saving = viewer.page.waitForEvent("download");
  await again.getByRole("button", { name: "Save PNG" }).click();
  const png = new Uint8Array(await readFile(await (await saving).path()));
  expect(differing(decodePng(png), screen)).toBe(0);
  expect(textsOf(png).Warning).toBe(noted.texts.Warning);

  // At twice the size finer tiles are needed, which never come.
  store.setScenario("stuck", { key: "0/c/**", stallAt: 0 });
  const { page } = viewer;
  await viewer.goto(store.url("v3", { scenario: "stuck" }), "#v=1&view=225,175,0.9");
  await page.getByRole("application", { name: /^Image/ }).waitFor();
  const waiting = await openDialog(viewer, 2, bare);
  const download = page.waitForEvent("download");
  await waiting.getByRole("button", { name: "Save PNG" }).click();
  await waiting.getByRole("button", { name: "Take what is there" }).click();
  const unfinished = new Uint8Array(await readFile(await (await download).path()));
  expect(textsOf(unfinished).Warning).toMatch(/^Incomplete: \d+ tiles? still loading/);
  // Nothing goes on in the background, and no second stage is left.
  await expect(page.locator("main canvas")).toHaveCount(
    1 + (await page.locator(".zs-navigator canvas").count()),
  );
  await waiting.getByRole("button", { name: "Save PNG" }).click();
  await waiting.getByRole("button", { name: "Cancel" }).click();
  await expect(waiting.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  expect(viewer.errors).toEqual([]);
});

test("picture, link, iframe and Python go to the clipboard; the dialog has no violations", async ({
  viewer,
  appUrl,
  context,
}) => {
  const { page } = viewer;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await viewer.open(`${appUrl}samples/cells.zarr`);
  const dialog = await openDialog(viewer, 1, bare);
  await dialog.getByRole("button", { name: "Copy picture" }).click();
  await expect(dialog.getByText(/^Copied, \d+ × \d+ px\.$/)).toBeVisible();
  const type = await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types[0]);
  expect(type).toBe("image/png");

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const copy = async (name: string) => {
    await dialog.getByRole("button", { name: `Copy ${name}` }).click();
    await expect(dialog.getByText(`Copied Copy ${name}`)).toBeAttached();
    return clipboard();
  };
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await dialog.getByRole("tab", { name: "Picture" }).click();
    expect(await viewer.axe(), `picture at ${width}`).toEqual([]);
    await dialog.getByRole("tab", { name: "Embed and code" }).click();
    expect(await viewer.axe(), `code at ${width}`).toEqual([]);
  }
  const link = await copy("link");
  expect(link).toContain("source=samples/cells.zarr");
  expect(await copy("iframe")).toContain("embed=1");
  const python = await copy("Python");
  expect(python).toContain(`zarr.open("${appUrl}samples/cells.zarr", mode="r")["`);
  for (const name of ["OME-NGFF validator", "Neuroglancer"]) {
    const href = await dialog.getByRole("link", { name }).getAttribute("href");
    expect(href).toContain(encodeURIComponent(`${appUrl}samples/cells.zarr`).slice(0, 20));
  }
  expect(viewer.errors).toEqual([]);
});
