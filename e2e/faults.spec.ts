import { countRequests } from "./harness/count-requests.ts";
import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages, whiteChannel } from "./store/coordinate-images.ts";
import { asReadout } from "./store/coordinate-value.ts";
import type { Rule } from "./store/scenario.ts";
import { levelWorldFromIndex, type VirtualImage, virtualValue } from "./store/virtual-image.ts";

/** One channel, one level, 6 × 4 chunks of 128²; the chunk in row 1, column 2 is the one that goes wrong. */
const image: VirtualImage = {
  format: "v3",
  axes: "yx",
  shape: [512, 768],
  chunks: [128, 128],
  dataType: "uint16",
  scale: [1, 1],
  checksum: true,
  omero: whiteChannel,
};
const badKey = "0/c/1/2";
const insideBad: [number, number] = [2.5 * 128, 1.5 * 128];
const beside: [number, number] = [3.5 * 128, 1.5 * 128];

type FaultState = "denied" | "error" | "corrupt" | "unverifiable";

async function expectOneBadTile(
  viewer: Viewer,
  tiles: Record<string, number>,
  kind: FaultState,
  shown: VirtualImage = image,
) {
  expect(tiles).toMatchObject({ data: 23, fill: 0, pending: 0, [kind]: 1 });
  // Never a value, neither its own nor a wrong one …
  const readout = await viewer.valueAt(...insideBad);
  expect(readout?.values.map(({ value }) => value) ?? []).not.toContainEqual(expect.any(Number));
  // … and the rest of the picture is there.
  const { translation } = levelWorldFromIndex(shown, 0);
  const index = [Math.round(beside[1] - translation[0]!), Math.round(beside[0] - translation[1]!)];
  const expected = asReadout(virtualValue(shown, 0, index)!);
  expect((await viewer.valueAt(...beside))?.values).toEqual([{ channel: 0, value: expected }]);
  const status = viewer.page.getByRole("contentinfo").or(viewer.page.locator(".zs-status"));
  await expect(status.first()).toContainText(new RegExp(`1 ${kind === "error" ? "failed" : kind}`));
  expect(await viewer.axe()).toEqual([]);
}

const faults: readonly (readonly [string, Rule, FaultState])[] = [
  ["N07 403", { status: 403 }, "denied"],
  ["C02 a truncated chunk that says so", { cut: { at: 1000, how: "close" } }, "corrupt"],
  ["N17 a body cut before its Content-Length", { cut: { at: 1000, how: "length" } }, "error"],
  ["N20 an HTML page for a chunk", { swap: "html" }, "corrupt"],
  ["C01 a wrong CRC", { corruptAt: 77 }, "corrupt"],
  ["N13 a reset connection", { resetAt: 0 }, "error"],
  ["N10 503 for ever", { status: 503 }, "error"],
];

for (const [name, rule, kind] of faults) {
  test(`${name} ends as ${kind}, never as a value`, async ({ store, viewer }) => {
    store.defineVirtual("one", image);
    store.setScenario("bad", { key: badKey, ...rule });
    const source = store.url("one", { scenario: "bad" });
    const asked = countRequests(viewer.page, `${source}/${badKey}`);
    const tiles = await viewer.open(source);
    await expectOneBadTile(viewer, tiles, kind);
    // Four tries; and where no answer came, one question whether the server is there at all.
    expect(asked()).toBeGreaterThan(0);
    expect(asked()).toBeLessThanOrEqual("resetAt" in rule ? 5 : 4);
    // Nor does more arrive, but where the browser repeats it.
    const arrived = store.log({ key: /^0\/c\/1\/2$/ }).length;
    if (!("resetAt" in rule)) expect(arrived).toBeLessThanOrEqual(4);
    expect(viewer.errors).toEqual([]);
  });
}

test("ZA-02 a wrong CRC is shown on demand: marked, not read out, and hidden again", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("one", image);
  store.setScenario("bad", { key: badKey, corruptAt: 77 });
  expect(await viewer.open(store.url("one", { scenario: "bad" }))).toMatchObject({ corrupt: 1 });
  const status = page.locator(".zs-status");
  await status.getByRole("button", { name: "Show unverified data" }).click();
  await expect(status).toContainText("Unverified: 1 tile");
  expect(await viewer.settled()).toMatchObject({ data: 24, corrupt: 0 });

  const readout = await viewer.valueAt(...insideBad);
  expect(readout?.values.map(({ value }) => value) ?? []).not.toContainEqual(expect.any(Number));
  expect((await viewer.valueAt(...beside))?.values).toHaveLength(1);
  // Dots of the mark's colour in the one tile, grey between them as everywhere else.
  expect(await markedShare(viewer, insideBad)).toBeGreaterThan(0.01);
  expect(await markedShare(viewer, insideBad)).toBeLessThan(0.2);
  expect(await markedShare(viewer, beside)).toBe(0);
  expect(await viewer.axe()).toEqual([]);

  await status.getByRole("button", { name: "Hide" }).click();
  await expect(status).toContainText("1 corrupt");
  expect(await viewer.settled()).toMatchObject({ data: 23, corrupt: 1 });
  expect(viewer.errors).toEqual([]);
});

test("what is cut off has the wrong length, and cannot be shown", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("one", image);
  store.setScenario("bad", { key: badKey, cut: { at: 1000, how: "close" } });
  expect(await viewer.open(store.url("one", { scenario: "bad" }))).toMatchObject({ corrupt: 1 });
  await expect(page.getByRole("button", { name: "Retry" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show unverified data" })).toHaveCount(0);
});

/** Of the pixels in the middle half of a tile, how many are coloured; the image is grey. */
async function markedShare(viewer: Viewer, [x, y]: [number, number]): Promise<number> {
  const { width, height, data } = await viewer.screenPixels();
  const { view } = await viewer.openState();
  const scale = 2 ** view.zoom * (await viewer.geometry()).devicePixelRatio;
  const [targetX, targetY] = view.target;
  const centre = [width / 2 + (x - targetX) * scale, height / 2 + (y - targetY) * scale] as const;
  const reach = Math.floor(32 * scale);
  let marked = 0;
  for (let dy = -reach; dy < reach; dy++) {
    for (let dx = -reach; dx < reach; dx++) {
      const at = 4 * ((Math.round(centre[1]) + dy) * width + Math.round(centre[0]) + dx);
      if (Math.abs(data[at]! - data[at + 1]!) > 24) marked++;
    }
  }
  return marked / (4 * reach * reach);
}

test("N02 a host that omits CORS headers on errors: unverifiable, not fill and not error", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("one", {
    ...image,
    missing: ({ coords }) => coords[0] === 1 && coords[1] === 2,
  });
  store.setScenario("bare-errors", { cors: "off-on-errors" });
  const tiles = await viewer.open(store.url("one", { scenario: "bare-errors" }));
  await expectOneBadTile(viewer, tiles, "unverifiable");
});

test("N09 500 once then 200: silent success after one more try", async ({ store, viewer }) => {
  store.defineVirtual("one", image);
  store.setScenario("once", { key: badKey, status: 500, times: 1 });
  const tiles = await viewer.open(store.url("one", { scenario: "once" }));
  expect(tiles).toMatchObject({ data: 24, error: 0 });
  expect(store.log({ key: /^0\/c\/1\/2$/ })).toHaveLength(2);
  await viewer.expectScreen(image, { level: 0 });
});

test("C01 a wrong CRC once is mended by reading again", async ({ store, viewer }) => {
  store.defineVirtual("one", image);
  store.setScenario("once", { key: badKey, corruptAt: 77, times: 1 });
  const tiles = await viewer.open(store.url("one", { scenario: "once" }));
  expect(tiles).toMatchObject({ data: 24, corrupt: 0 });
  await viewer.expectScreen(image, { level: 0 });
});

test("what failed can be tried again when the server has healed", async ({
  store,
  viewer,
  page,
}) => {
  store.defineVirtual("one", image);
  store.setScenario("bad", { key: badKey, status: 403 });
  const tiles = await viewer.open(store.url("one", { scenario: "bad" }));
  expect(tiles.denied).toBe(1);
  store.setScenario("bad", []);
  await page.getByRole("button", { name: /again|retry/i }).click();
  expect(await viewer.settled()).toMatchObject({ data: 24, denied: 0 });
  await viewer.expectScreen(image, { level: 0 });
});

/** The same image in one large shard, read by ranges. */
const sharded: VirtualImage = {
  ...image,
  shape: [2048, 3072],
  chunks: [512, 512],
  shards: [2048, 3072],
};

test("R01 a server that ignores ranges: the whole object is cut here, every pixel is right", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("sharded", sharded);
  store.setScenario("no-ranges", { ranges: "ignore" });
  const tiles = await viewer.open(store.url("sharded", { scenario: "no-ranges" }));
  expect(tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0, data: 24 });
  await viewer.expectValues(sharded);
  await viewer.expectScreen(sharded);
});

for (const [name, rule] of [
  ["R03 another range, honestly labelled", { ranges: "shift", ranged: true, key: "0/c/**" }],
  [
    "R03 another range under a false label",
    { ranges: "shift-silently", ranged: true, key: "0/c/**" },
  ],
  ["R04 a range that is one byte short", { shortBy: 1, ranged: true, key: "0/c/**" }],
] as const) {
  test(`${name} is never shown`, async ({ store, viewer }) => {
    store.defineVirtual("sharded", sharded);
    store.setScenario("wrong-range", rule);
    const tiles = await viewer.open(store.url("sharded", { scenario: "wrong-range" }));
    expect(tiles.data + tiles.fill + tiles.pending).toBe(0);
    expect(tiles.error + tiles.corrupt).toBe(24);
  });
}

test("R07 one damaged shard: its tiles are corrupt, those of the others are there", async ({
  store,
  viewer,
}) => {
  const name = "v3-shard-end";
  const intact: VirtualImage = coordinateImages[name];
  store.setScenario("bad-index", { key: "0/c/*/*/*/0/1", corruptAt: -1 });
  await viewer.open(store.url(name, { scenario: "bad-index" }));
  const tiles = await viewer.setState({ view: { target: [256, 128], zoom: 1 } });
  expect(tiles.corrupt).toBeGreaterThan(0);
  expect(tiles.data).toBeGreaterThan(0);
  const index = [0, 0, 0, 100, 100];
  const { scale, translation } = levelWorldFromIndex(intact, 0);
  const at = [4, 3].map((d) => index[d]! * scale[d]! + translation[d]!) as [number, number];
  const { selection } = await viewer.getState();
  index[2] = selection.z ?? 0;
  const expected = asReadout(virtualValue(intact, 0, index)!);
  const readout = await viewer.valueAt(...at);
  expect(readout?.values[0]).toEqual({ channel: 0, value: expected });
});
