import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";
import { levelWorldFromIndex, virtualValue } from "./store/virtual-image.ts";
import { fieldImage, type VirtualPlate } from "./store/virtual-plate.ts";

const cellFill = 0.92;

/** A point of the plate's world inside a well's image: the centre of the pixel at (row, column) of its finest level. */
function pointInWell(
  plate: VirtualPlate,
  row: number,
  column: number,
  [y, x]: readonly [number, number],
): { x: number; y: number } {
  const { shape } = fieldImage(plate, row, column);
  const [height, width] = shape.slice(-2) as [number, number];
  const pixel = cellFill / Math.max(height, width);
  return {
    x: column + (x + 0.5 - width / 2) * pixel,
    y: row + (y + 0.5 - height / 2) * pixel,
  };
}

/** Reads a well at some of its pixels and compares every channel with the well's definition; returns the level that was read. */
async function expectWell(
  viewer: Viewer,
  plate: VirtualPlate,
  row: number,
  column: number,
  field = 0,
  t = 0,
) {
  const image = fieldImage(plate, row, column, field);
  const [height, width] = image.shape.slice(-2) as [number, number];
  let level = -1;
  for (const [fy, fx] of [
    [0.1, 0.2],
    [0.52, 0.49],
    [0.9, 0.7],
  ] as const) {
    const pixel = [Math.floor(fy * height), Math.floor(fx * width)] as const;
    const at = pointInWell(plate, row, column, pixel);
    const readout = await viewer.valueAt(at.x, at.y);
    expect(readout, `a value in row ${row}, column ${column}`).toBeDefined();
    level = readout!.level;
    const world = levelWorldFromIndex(image, level);
    const fine = levelWorldFromIndex(image, 0);
    const index = image.shape.map((_, d) => {
      const finest =
        d === image.shape.length - 1 ? pixel[1] : d === image.shape.length - 2 ? pixel[0] : 0;
      const position = fine.scale[d]! * finest + fine.translation[d]!;
      return Math.round((position - world.translation[d]!) / world.scale[d]!);
    });
    const cDim = image.axes.indexOf("c");
    const tDim = image.axes.indexOf("t");
    if (tDim >= 0) index[tDim] = t;
    const expected = readout!.values.map(({ channel }) => {
      if (cDim >= 0) index[cDim] = channel;
      return { channel, value: virtualValue(image, level, index) };
    });
    expect(readout!.values, `row ${row}, column ${column}, level ${level}`).toEqual(expected);
  }
  return level;
}

test.beforeEach(async ({ page, store }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  store.setScenario("near", { latencyMs: 30 });
});

test.describe("96 wells", () => {
  test("all wells alike: one request per well and channel, no slot exceeded, each well its own pixels", async ({
    store,
    viewer,
  }) => {
    const plate = coordinatePlates["plate-96-fields"];
    const tiles = await viewer.open(store.url("plate-96-fields", { scenario: "near" }));
    const requests = store.log().length;
    expect(tiles).toMatchObject({ data: 192, pending: 0, error: 0 });
    const metadata = store.log().flatMap(({ key }) => (/\.z|json/.test(key) ? [key] : []));
    expect(metadata.length, metadata.join(" ")).toBeLessThanOrEqual(12);
    expect(requests).toBeLessThanOrEqual(96 * 2 + 12);
    expect(store.maxInFlight()).toBeLessThanOrEqual(12);
    for (const [row, column] of [
      [0, 0],
      [3, 7],
      [7, 11],
    ] as const) {
      await expectWell(viewer, plate, row, column);
    }
    // Zooming in refines a well to its full-resolution pixels.
    await viewer.setState({ view: { target: [7, 3], zoom: Math.log2(1100) } });
    expect(await expectWell(viewer, plate, 3, 7)).toBe(0);
    store.clearLog();
    await viewer.setState({ view: { target: [1, 1], zoom: Math.log2(1100) } });
    const elsewhere = store.log().filter(({ key }) => /^\w\/\d\d\/0\/\d\/\d/.test(key));
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere.every(({ key }) => key.startsWith("B/02/"))).toBe(true);
    expect(viewer.errors).toEqual([]);
  });

  for (const name of ["plate-96-v2", "plate-96-v3"] as const) {
    test(`${name}: P01, P02 odd wells end up right, damaged ones are marked alone`, async ({
      page,
      store,
      viewer,
    }) => {
      const plate = coordinatePlates[name];
      const tiles = await viewer.open(store.url(name));
      expect(tiles).toMatchObject({ pending: 0, denied: 0, error: 0, corrupt: 0 });
      for (const [row, column] of [
        [0, 0],
        // int16, big endian, another scale, another shape and fewer levels.
        [1, 1],
        [2, 6],
        [3, 3],
        [4, 8],
        [7, 10],
      ] as const) {
        // What a guess shows is not read out: asking for it makes the viewer read the well's own metadata.
        await viewer.valueAt(column, row);
        await viewer.settled();
        await expectWell(viewer, plate, row, column);
      }
      const map = page.getByRole("grid", { name: "Wells of virtual plate" });
      await expect(map.getByRole("gridcell", { name: /^F03: .*nothing/ })).toBeAttached();
      await expect(map.getByRole("gridcell", { name: "G10: " })).toBeAttached({ timeout: 30_000 });
      await expect(map.getByRole("gridcell", { name: "H12, empty" })).toBeAttached();
      await expect(
        map.getByRole("gridcell", { name: "B02: This well is not like" }),
      ).toBeAttached();
      expect(viewer.errors).toEqual([]);
    });
  }

  test("P04, P05, P07 by link: well, field and acquisition; what is not there; back and forward", async ({
    page,
    store,
    viewer,
  }) => {
    const plate = coordinatePlates["plate-96-fields"];
    const source = store.url("plate-96-fields");
    await page.goto(`${viewer.url(source)}&well=C/05&field=1`);
    await viewer.settled();
    // With a well opened, points and views are in its own world.
    const image = fieldImage(plate, 2, 4, 1);
    await viewer.expectValues(image, { level: 0 });
    await viewer.expectScreen(image);
    await page.keyboard.press("Escape");
    await page.getByRole("application", { name: /^Plate/ }).focus();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/plate-96-fields&field=1$/);
    await viewer.settled();
    store.clearLog();
    await page.goBack();
    await expect(page).toHaveURL(/well=C\/05&field=1/);
    await viewer.settled();
    await viewer.expectValues(image, { level: 0 });
    await page.goForward();
    await viewer.settled();
    await expectWell(viewer, plate, 2, 4, 1);
    const chunks = store.log().filter(({ key }) => /\/\d\/\d\/\d\/\d$/.test(key));
    expect(chunks).toEqual([]);

    await page.goto(`${viewer.url(source)}&acquisition=2&well=ZZ99&field=99`);
    await viewer.settled();
    await expect(page.getByText("“ZZ99” is not on this plate; the nearest is H12")).toBeVisible();
    await expect(page.getByText("asks for field 100; there is 1")).toBeVisible();
    await expectWell(viewer, plate, 0, 0, 2);
    expect(viewer.errors).toEqual([]);
  });

  test("by keyboard from the plate to field 2 of well C5 and back", async ({
    page,
    store,
    viewer,
  }) => {
    await viewer.open(store.url("plate-96-fields"));
    const section = page.getByRole("grid", { name: "Wells of virtual plate" });
    await section.focus();
    await expect(section).toHaveAttribute("aria-activedescendant", /-0-0$/);
    for (const key of [
      "ArrowDown",
      "ArrowDown",
      ...Array.from({ length: 4 }, () => "ArrowRight"),
    ]) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("n");
    await expect(page).toHaveURL(/well=C\/05&field=1/);
    await viewer.settled();
    const plate = coordinatePlates["plate-96-fields"];
    await viewer.expectValues(fieldImage(plate, 2, 4, 1));
    const panel = page.locator(".zs-plate");
    await expect(panel.locator(".zs-plate-place")).toMatchAriaSnapshot(`
      - strong: Well C05
      - button "Whole plate"
    `);
    await expect(page.getByRole("application", { name: /^Plate/ })).toHaveAccessibleName(
      /^Plate virtual plate, well C05, field 2 of 2/,
    );
    await expect(section.getByRole("row").nth(3)).toMatchAriaSnapshot(`
      - row:
        - rowheader "C"
        - gridcell "C01"
        - gridcell "C02"
        - gridcell "C03"
        - gridcell "C04"
        - gridcell "C05" [selected]
        - gridcell "C06"
        - gridcell "C07"
        - gridcell "C08"
        - gridcell "C09"
        - gridcell "C10"
        - gridcell "C11"
        - gridcell "C12"
    `);
    expect(await viewer.axe()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/plate-96-fields&field=1$/);
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/plate-96-fields$/);
    // In the image: to the next well, and into one by its name.
    await page.getByRole("application", { name: /^Plate/ }).focus();
    await page.keyboard.press("Control+g");
    await page.keyboard.type("b3");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/well=B\/03/);
    await page.getByRole("application", { name: /^Plate/ }).focus();
    await page.keyboard.press("Shift+ArrowRight");
    await expect(page).toHaveURL(/well=B\/04/);
    expect(viewer.errors).toEqual([]);
  });

  test("a plate opens by the address of a well, of a field, and with a stray /0 (P08, N4-67)", async ({
    page,
    store,
    viewer,
  }) => {
    const plate = coordinatePlates["plate-96-fields"];
    await viewer.open(`${store.url("plate-96-fields")}/B/03/2`);
    await expect(page).toHaveURL(/plate-96-fields&well=B\/03&acquisition=2/);
    await viewer.expectValues(fieldImage(plate, 1, 2, 2));
    await viewer.open(`${store.url("plate-96-v3")}/H/01`);
    await expect(page).toHaveURL(/plate-96-v3&well=H\/01/);
    await viewer.open(`${store.url("plate-96-v3")}/0`);
    await expect(page).toHaveURL(/plate-96-v3$/);
    expect(viewer.errors).toEqual([]);
  });
});

test("384 wells of a time-lapse: a link lands in G11; the plane changes everywhere", async ({
  page,
  store,
  viewer,
}) => {
  const plate = coordinatePlates["plate-384-v2"];
  await page.goto(
    `${viewer.url(store.url("plate-384-v2", { scenario: "near" }))}&well=G/11&field=0#t=2`,
  );
  await viewer.settled();
  await viewer.expectValues(fieldImage(plate, 6, 10));
  await page.getByRole("application", { name: /^Plate/ }).focus();
  await page.keyboard.press("Escape");
  await viewer.settled();
  store.clearLog();
  await viewer.setState({ selection: { t: 1 } });
  expect(store.log().filter(({ key }) => /\/\d+$/.test(key)).length).toBeLessThanOrEqual(384 * 2);
  await expectWell(viewer, plate, 0, 0, 0, 1);
  await expectWell(viewer, plate, 15, 23, 0, 1);
  expect(viewer.errors).toEqual([]);
});

test("P06 1536 wells of nine fields: the first within seconds, few requests, bounded memory", async ({
  store,
  viewer,
}) => {
  const plate = coordinatePlates["plate-1536-v3"];
  const tiles = await viewer.open(store.url("plate-1536-v3"));
  const { length } = store.log();
  expect(tiles).toMatchObject({ data: 1536, pending: 0, error: 0 });
  expect(length).toBeLessThanOrEqual(1536 + 12);
  expect(store.maxInFlight()).toBeLessThanOrEqual(12);
  await expectWell(viewer, plate, 31, 47);
  const { cacheBytes, gpuBytes } = await viewer.stats();
  expect(cacheBytes).toBeLessThan(512 * 2 ** 20);
  expect(gpuBytes).toBeLessThanOrEqual(384 * 2 ** 20);
  await viewer.setState({ view: { target: [30, 20], zoom: Math.log2(700) } });
  expect(await expectWell(viewer, plate, 20, 30)).toBe(0);
  expect(viewer.errors).toEqual([]);
});
