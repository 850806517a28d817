import { tabTo } from "./harness/tab-to.ts";
import { expect, test } from "./harness.ts";

test("keyboard only: open a sample, contrast, colour and lookup table of channel 2, planes, play, fit, copy the link", async ({
  viewer,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = viewer;
  const channel = async () => (await viewer.openState()).channels[1]!;
  await viewer.goto();
  await tabTo(viewer, /cell monolayer/i);
  await page.keyboard.press("Enter");
  await viewer.settled();
  const before = await channel();

  await page.getByRole("application", { name: /^Image/ }).waitFor();
  await tabTo(viewer, /(start|lower|from).*cell membrane|cell membrane.*(start|lower)/i);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect
    .poll(async () => (await channel()).window?.start)
    .toBeGreaterThan(before.window?.start ?? 0);

  await page.getByRole("button", { name: "Colour of Cell membrane" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[role=dialog]:focus-within")).toBeAttached();
  await tabTo(viewer, /magenta/i);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await channel()).color).not.toBe(before.color);
  await page.getByRole("radio", { name: "none (colour)" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await channel()).lut).toBe("viridis");
  await expect(
    page.getByRole("dialog").or(page.locator("[data-popup-open], .zs-popover")).first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("application", { name: /^Image/ }).focus();
  const { selection } = await viewer.openState();
  for (let z = selection.z ?? 0; z < 11; z++) await page.keyboard.press(".");
  for (let t = selection.t ?? 0; t < 2; t++) await page.keyboard.press("]");
  await expect
    .poll(async () => (await viewer.openState()).selection)
    .toMatchObject({ z: 11, t: 2 });
  await page.keyboard.press(" ");
  await expect.poll(async () => (await viewer.openState()).selection.t).not.toBe(2);
  await page.keyboard.press(" ");
  await page.keyboard.press("+");
  await page.keyboard.press("0");

  await tabTo(viewer, /copy (the )?link/i);
  await page.keyboard.press("Enter");
  await expect.poll(() => viewer.copied()).toMatch(/\?source=samples\/cells\.zarr#v=1.*z=11/);
  const copied = await viewer.copied();
  const shown = await viewer.openState();
  await page.goto("about:blank");
  await page.goto(copied);
  await viewer.loaded();
  const reopened = await viewer.openState();
  expect(reopened.channels).toEqual(shown.channels);
  expect(reopened.selection).toEqual(shown.selection);
  expect(viewer.errors).toEqual([]);
});

test("what a screen reader is told of each panel", async ({ viewer, page, appUrl }) => {
  await viewer.goto();
  await expect(page.getByRole("main")).toMatchAriaSnapshot({ name: "landing.aria.yml" });
  await viewer.open(`${appUrl}samples/cells.zarr`);
  for (const name of ["Image", "Problems"]) {
    const section = page.getByRole("button", { name: new RegExp(`^${name}`), expanded: false });
    if ((await section.count()) > 0) await section.first().click();
  }
  await expect(page.getByRole("complementary")).toMatchAriaSnapshot({ name: "panel.aria.yml" });
  await expect(page.getByRole("banner")).toMatchAriaSnapshot({ name: "top-bar.aria.yml" });
  await page.getByRole("button", { name: "Colour of Cell membrane" }).click();
  await expect(page.getByRole("dialog")).toMatchAriaSnapshot({ name: "channel-settings.aria.yml" });
  await page.keyboard.press("Escape");
  await page.getByRole("application", { name: /^Image/ }).focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toMatchAriaSnapshot({ name: "help.aria.yml" });
  await page.keyboard.press("Escape");
  const planes = page.getByRole("region", { name: "Planes" });
  await expect(planes).toMatchAriaSnapshot({ name: "planes.aria.yml" });
});
