import type { Locator } from "@playwright/test";
import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

/** Sizes at which every state must be free of violations; 200 % is what the browser's zoom does at 1280 × 800. */
const sizes = [
  { name: "1280 × 800", width: 1280, height: 800, zoom: 1 },
  { name: "390 × 844", width: 390, height: 844, zoom: 1 },
  { name: "320 px wide", width: 320, height: 640, zoom: 1 },
  { name: "200 % text", width: 1280, height: 800, zoom: 2 },
] as const;

async function expectClean(viewer: Viewer, state: string, size: string) {
  expect(await viewer.axe(), `${state} at ${size}`).toEqual([]);
}

/** Closes what lies on top, and waits until it is gone and the focus is back. */
async function closeTop({ page }: Viewer, opener: Locator) {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
}

for (const { name, width, height, zoom } of sizes) {
  test(`no violations at ${name}: start page, image, settings, help, palette, damage, failure`, async ({
    viewer,
    appUrl,
    store,
  }) => {
    const { page } = viewer;
    await page.setViewportSize({ width, height });
    await page.addInitScript((factor) => {
      document.addEventListener("DOMContentLoaded", () => {
        if (factor !== 1) document.documentElement.style.setProperty("zoom", String(factor));
      });
    }, zoom);
    await viewer.goto();
    await expectClean(viewer, "start page", name);

    await viewer.open(`${appUrl}samples/cells.zarr`);
    const tab = page.getByRole("tab", { name: "Channels" });
    const isNarrow = (await tab.count()) > 0;
    for (const each of isNarrow ? ["Channels", "Planes", "Info"] : []) {
      await page.getByRole("tab", { name: each }).click();
      await expectClean(viewer, `image, ${each}`, name);
    }
    if (isNarrow) await tab.click();
    else await expectClean(viewer, "image", name);
    const colour = page.getByRole("button", { name: /^Colour of Cell membrane/ });
    await colour.click();
    await page.getByRole("dialog").waitFor();
    await expectClean(viewer, "channel settings", name);
    await closeTop(viewer, colour);
    const settings = page.getByRole("button", { name: "Settings" });
    await settings.click();
    await page.getByRole("switch", { name: "Single-key shortcuts" }).waitFor();
    await expectClean(viewer, "settings", name);
    await closeTop(viewer, settings);
    const image = page.getByRole("application", { name: /^Image/ });
    await image.focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard and mouse" }).waitFor();
    await expectClean(viewer, "help", name);
    await closeTop(viewer, image);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find a command" }).waitFor();
    await expectClean(viewer, "command palette", name);

    await viewer.open(`${appUrl}samples/damaged.zarr`);
    await expectClean(viewer, "damaged tiles", name);
    await viewer.open(`${store.origins[0]}/nothing.zarr`);
    await page.getByRole("alert").waitFor();
    await expectClean(viewer, "failure", name);
  });
}
