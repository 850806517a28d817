import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import { levelWorldFromIndex, type VirtualImage, virtualValue } from "./store/virtual-image.ts";

/** Axes in any order and number, old dialects, levels of any factor: seen as pixels and read as values. */

/** The fitted view, 1:1 and a magnified one. */
async function expectImage(viewer: Viewer, image: VirtualImage, across: string) {
  const scale = levelWorldFromIndex(image, 0).scale[image.axes.indexOf(across)]!;
  const { target } = await viewer.view();
  await viewer.expectValues(image, { columns: 9, rows: 7 });
  await viewer.expectScreen(image, { atLeast: 5 });
  for (const factor of [0.8, 6]) {
    await viewer.setState({
      view: { target: [target[0] + 0.317, target[1] - 0.211], zoom: Math.log2(factor / scale) },
    });
    await viewer.expectValues(image, { columns: 9, rows: 7 });
    await viewer.expectScreen(image, { atLeast: 5 });
  }
}

test("N4-03, N4-17, N4-40, N1-01, N1-05: cxyz, photographs, levels of any factor along t and z, 0.1", async ({
  store,
  viewer,
}) => {
  const { cxyz, yxc, "uneven-pyramid": uneven, "ngff-01": old } = coordinateImages;
  await viewer.open(store.url("cxyz"));
  await expectImage(viewer, cxyz, "x");

  await viewer.open(store.url("yxc"));
  const { channels } = await viewer.openState();
  expect(channels.map(({ label, color }) => `${label} ${color}`)).toEqual([
    "Red FF0000",
    "Green 00FF00",
    "Blue 0000FF",
  ]);
  await expectImage(viewer, yxc, "x");

  await viewer.open(store.url("uneven-pyramid"));
  await viewer.setState({ selection: { t: 5, z: 3 } });
  await expectImage(viewer, uneven, "x");

  await viewer.open(store.url("ngff-01"));
  expect((await viewer.openState()).axes).toEqual(["y", "x"]);
  await viewer.setState({ selection: { t: 1, z: 2 } });
  await expectImage(viewer, old, "x");
  expect(viewer.errors).toEqual([]);
});

test("N9-02: other axes by hand and by link; one dimension is a strip", async ({
  store,
  viewer,
}) => {
  const image: VirtualImage = coordinateImages["uneven-pyramid"];
  await viewer.open(store.url("uneven-pyramid"));
  const { page } = viewer;
  await page.getByRole("button", { name: "Axes on screen: y down, x across" }).click();
  await page.getByRole("group", { name: "Down" }).getByRole("radio", { name: "z" }).check();
  await viewer.settled();
  expect(await viewer.openState()).toMatchObject({ axes: ["z", "x"], selection: { y: 150 } });
  await expectImage(viewer, image, "x");
  expect(new URL(page.url()).hash).toContain("axes=z,x");

  await viewer.open(store.url("uneven-pyramid"), "#v=1&axes=y,z&t=2");
  expect(await viewer.openState()).toMatchObject({ axes: ["y", "z"], selection: { t: 2, x: 180 } });
  await expectImage(viewer, image, "z");

  await viewer.open(store.url("strip"));
  const { strip } = coordinateImages;
  for (const x of [0, 127, 128, 300, 599]) {
    const readout = await viewer.valueAt(x + 0.2, 0);
    expect(readout?.values).toEqual([{ channel: 0, value: virtualValue(strip, 0, [x]) }]);
  }
  const picture = await viewer.screenPixels();
  const row = Math.floor(picture.height / 2) * picture.width * 4;
  const greys = new Set<number>();
  for (let x = 0; x < picture.width; x++) greys.add(picture.data[row + x * 4]!);
  expect(greys.size, "different greys along the strip").toBeGreaterThan(50);
  expect(viewer.errors).toEqual([]);
});
