import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import { asReadout } from "./store/coordinate-value.ts";
import {
  levelShape,
  levelWorldFromIndex,
  type VirtualImage,
  virtualValue,
} from "./store/virtual-image.ts";

type ImageName = keyof typeof coordinateImages;

/** Zoom at which one pixel of level 0 is `factor` CSS pixels wide. */
function zoomOf(image: VirtualImage, factor: number): number {
  const scale = levelWorldFromIndex(image, 0).scale[image.axes.indexOf("x")]!;
  return Math.log2(factor / scale);
}

/** Values and screen at the fitted view, reduced, at 1:1 and magnified. */
async function expectAtZooms(viewer: Viewer, image: VirtualImage, factors: readonly number[]) {
  const fitted = await viewer.view();
  await viewer.expectValues(image, { columns: 5, rows: 4 });
  await viewer.expectScreen(image);
  for (const factor of factors) {
    const [x, y] = fitted.target;
    await viewer.setState({
      view: { target: [x + 0.317, y - 0.211], zoom: zoomOf(image, factor) },
    });
    await viewer.expectValues(image, { columns: 5, rows: 4 });
    await viewer.expectScreen(image);
  }
}

const formats: readonly ImageName[] = [
  "v2-dot",
  "v2-slash",
  "v3",
  "v3-shard-end",
  "v3-shard-start",
  "int16",
  "float32",
  "big-endian",
  "uint8",
];

for (const name of formats) {
  test(`${name}: values and screen at four zooms, after Z, T and channel changes`, async ({
    store,
    viewer,
  }) => {
    const image: VirtualImage = coordinateImages[name];
    const tiles = await viewer.open(store.url(name));
    expect(tiles.pending + tiles.error + tiles.corrupt + tiles.denied + tiles.unverifiable).toBe(0);
    await expectAtZooms(viewer, image, [0.37, 1, 8]);
    await viewer.setState({ view: { zoom: zoomOf(image, 0.8) }, selection: { z: 3 } });
    await viewer.expectValues(image, { columns: 5, rows: 4 });
    await viewer.expectScreen(image);
    await viewer.setState({ selection: { z: 0, t: 1 } });
    await viewer.expectValues(image, { columns: 5, rows: 4 });
    await viewer.expectScreen(image);
    await viewer.setState({
      channels: [
        { index: 0, visible: false },
        { index: 1, color: "FF8000" },
        { index: 2, color: "0080FF" },
      ],
    });
    await viewer.expectValues(image, { columns: 5, rows: 4 });
    await viewer.expectScreen(image);
    expect(viewer.errors).toEqual([]);
  });
}

for (const name of ["v2-hash", "v3-gzip-hash"] as const) {
  test(`${name}: each pixel stands for itself, at 1:1 and 8×`, async ({ store, viewer }) => {
    const image: VirtualImage = coordinateImages[name];
    await viewer.open(store.url(name));
    const window = { start: 0, end: 65_535 };
    const channels = [0, 1, 2].map((index) => ({ index, window }));
    await viewer.setState({ channels, view: { target: [200.13, 150.12], zoom: zoomOf(image, 1) } });
    await viewer.expectScreen(image, { level: 0 });
    await viewer.expectValues(image, { level: 0 });
    await viewer.setState({ view: { zoom: zoomOf(image, 8) } });
    await viewer.expectScreen(image, { level: 0 });
  });
}

test("uint64: integers beyond 2^53 are read out exactly, as decimal strings", async ({
  store,
  viewer,
}) => {
  const image: VirtualImage = coordinateImages.uint64;
  await viewer.open(store.url("uint64"));
  await viewer.setState({ view: { target: [200.13, 150.12], zoom: zoomOf(image, 1) } });
  await viewer.expectValues(image, { level: 0 });
  await viewer.expectScreen(image, { level: 0 });
  const view = await viewer.view();
  const readout = await viewer.valueAt(...view.target);
  expect(readout?.values.some(({ value }) => typeof value === "string")).toBe(true);
});

test("holes: missing chunks show the fill value, counted as fill, never a coarser level", async ({
  store,
  viewer,
}) => {
  const image: VirtualImage = coordinateImages.holes;
  await viewer.open(store.url("holes"));
  const tiles = await viewer.setState({
    view: { target: [200.13, 150.12], zoom: zoomOf(image, 1) },
  });
  expect(tiles.fill).toBeGreaterThan(0);
  expect(tiles.data).toBeGreaterThan(0);
  expect(tiles.error).toBe(0);
  await viewer.expectValues(image, { level: 0 });
  await viewer.expectScreen(image, { level: 0 });
});

test("a 4× pyramid: the right level at each zoom, and all in place", async ({ store, viewer }) => {
  const image: VirtualImage = coordinateImages["pyramid-4x"];
  await viewer.open(store.url("pyramid-4x"));
  await expectAtZooms(viewer, image, [0.2, 0.3, 6]);
});

test("an anisotropic pyramid whose levels overlap and shrink z: nothing is drawn twice as bright", async ({
  store,
  viewer,
}) => {
  const image: VirtualImage = coordinateImages.anisotropic;
  await viewer.open(store.url("anisotropic"));
  for (const z of [0, 3, 7]) {
    await viewer.setState({ selection: { z } });
    await expectAtZooms(viewer, image, [1, 5]);
  }
});

test.describe("with Save-Data", () => {
  // What lies around the view, fetched when it has rested, is no part of the price.
  test.use({ savesData: true });
  test("921600 × 380928 pixels: exact at the far corner at 8×, at the price of what is on screen", async ({
    store,
    viewer,
  }) => {
    const image: VirtualImage = coordinateImages.huge;
    await viewer.open(store.url("huge"));
    await viewer.expectScreen(image);
    const opened = store.log().length;
    const { scale } = levelWorldFromIndex(image, 0);
    const [, height, width] = levelShape(image, 0) as [number, number, number];
    const target: [number, number] = [(width - 40.3) * scale[2]!, (height - 30.7) * scale[1]!];
    await viewer.setState({ view: { target, zoom: zoomOf(image, 8) } });
    await viewer.expectScreen(image, { level: 0, background: [0, 0, 0], atLeast: 200 });
    await viewer.expectValues(image, { level: 0 });
    const expected = [0, 1, 2].map((c) =>
      asReadout(virtualValue(image, 0, [c, height - 1, width - 1])!),
    );
    const corner = await viewer.valueAt((width - 1) * scale[2]!, (height - 1) * scale[1]!);
    expect(corner?.values.map(({ value }) => value)).toEqual(expected);
    // One fine and one coarse tile per channel would do; the view touches at most four of each.
    expect(store.log().length - opened).toBeLessThanOrEqual(24);
  });
});

test("twelve channels add up within 2/255", async ({ store, viewer }) => {
  const image: VirtualImage = coordinateImages["twelve-channels"];
  await viewer.open(store.url("twelve-channels"));
  const colors = ["330000", "003300", "000033", "222200", "002222", "220022"];
  const channels = Array.from({ length: 12 }, (_, index) => ({
    index,
    visible: true,
    color: colors[index % colors.length]!,
    window: { start: 0, end: 4_000 },
  }));
  await viewer.setState({ channels });
  await expectAtZooms(viewer, image, [0.5, 1, 8]);
});

test("outside the data is the background, also where a channel is inverted", async ({
  store,
  viewer,
}) => {
  await viewer.open(store.url("v3"));
  await viewer.setState({
    channels: [
      { index: 0, color: "FFFFFF", window: { start: 60_000, end: 65_000 }, inverted: true },
      { index: 1, visible: false },
      { index: 2, visible: false },
    ],
  });
  const { width, data } = await viewer.screenPixels();
  const pixelAt = (x: number, y: number) => [
    ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
  ];
  const { height } = await viewer.screenPixels();
  expect(pixelAt(Math.floor(width / 2), Math.floor(height / 2))).toEqual([255, 255, 255]);
  expect(pixelAt(2, 2)).toEqual([0, 0, 0]);
});
