import { countRequests } from "./harness/count-requests.ts";
import { expect, test } from "./harness.ts";
import { whiteChannel } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

/** One channel, one level, 6 × 4 chunks of 128²; the chunk in row 1, column 2 was never written. */
const image: VirtualImage = {
  format: "v3",
  axes: "yx",
  shape: [512, 768],
  chunks: [128, 128],
  dataType: "uint16",
  scale: [1, 1],
  missing: ({ coords }) => coords[0] === 1 && coords[1] === 2,
  omero: whiteChannel,
};
const insideMissing: [number, number] = [2.5 * 128, 1.5 * 128];
const missingKey = "0/c/1/2";

test("N08 a server that refuses what does not exist: refused chunks are fill, and the problems list says so", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("one", image);
  const refused = [missingKey, "0/zarrscope-probe-*"];
  store.setScenario("s3", { key: refused, status: 403 });
  expect(await viewer.open(store.url("one", { scenario: "s3" }))).toMatchObject({
    data: 23,
    fill: 1,
    denied: 0,
  });
  expect((await viewer.valueAt(...insideMissing))?.values).toEqual([{ channel: 0, value: 0 }]);
  await viewer.expectScreen(image, { level: 0 });
  expect(store.log({ key: /probe/ })).toHaveLength(1);
  expect(store.log({ key: /^0\/c\/1\/2$/ })).toHaveLength(1);
  await expect(page.getByText("This one refuses such keys with 403")).toBeAttached();
  expect(await viewer.axe()).toEqual([]);
});

test("N14 a server that fails for good: few requests, a countdown, and all of it once it is back", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("one", image);
  store.setScenario("dead", { key: "0/c/**", status: 500 });
  expect(await viewer.open(store.url("one", { scenario: "dead" }))).toMatchObject({ error: 24 });
  // Twelve at once, a silent probe, and the tries of what was under way: not four times 24.
  expect(store.log({ key: /^0\/c\// }).length).toBeLessThan(40);
  const line = page.getByRole("status").filter({ hasText: "does not answer" });
  await expect(line).toContainText(/(Next try in \d+ s|Trying again)/);
  expect(await viewer.axe()).toEqual([]);
  store.setScenario("dead", []);
  // On a slow machine the viewer's own next try may come first, and the line is gone before it can be pressed.
  const button = line.getByRole("button", { name: "Try now" });
  await button.click({ timeout: 10_000 }).catch(() => expect(line).toHaveCount(0));
  expect(await viewer.settled()).toMatchObject({ data: 23, fill: 1, error: 0 });
  await expect(line).toHaveCount(0);
  await viewer.expectScreen(image, { level: 0 });
});

test("N24 offline in mid-pan: says so, asks nothing in vain, and goes on by itself when the network is back", async ({
  store,
  viewer,
  page,
  context,
}) => {
  const wide: VirtualImage = { ...image, shape: [512, 12_288], missing: () => false };
  store.defineVirtual("wide", wide);
  store.setScenario("net", []);
  const { data } = await viewer.open(store.url("wide", { scenario: "net" }), "#v=1&view=600,256,1");
  expect(data).toBeGreaterThan(8);
  const asked = countRequests(page, `${store.url("wide", { scenario: "net" })}/0/c/`);
  // The test driver takes the network from the page, but not from its workers: there it is the server that is gone.
  await context.setOffline(true);
  store.setScenario("net", { resetAt: 0 });
  expect(await viewer.setState({ view: { target: [9_000, 256], zoom: 1 } })).toMatchObject({
    data: 0,
    pending: 0,
  });
  await expect(page.getByRole("status").filter({ hasText: "offline" })).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  // Those under way at the first failure, and for each of them once whether the server is there: not four tries of all that is in view.
  expect(asked()).toBeGreaterThan(0);
  expect(asked()).toBeLessThanOrEqual(12 * 2);
  store.setScenario("net", []);
  await context.setOffline(false);
  await expect(page.getByText("offline")).toHaveCount(0);
  // First one request finds out whether the server is there, then the others follow.
  await expect.poll(async () => (await viewer.settled()).error).toBe(0);
  await viewer.expectScreen(wide, { level: 0 });
  expect(viewer.errors).toEqual([]);
});
