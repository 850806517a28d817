import { expectWell, expectWells } from "./harness/plate-wells.ts";
import { tabTo } from "./harness/tab-to.ts";
import { untilLastChunk } from "./harness/told-by-log.ts";
import { untilUnchanged } from "./harness/until-unchanged.ts";
import { expect, test } from "./harness.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";
import { virtualValue } from "./store/virtual-image.ts";
import { fieldImage, wellPath } from "./store/virtual-plate.ts";

test.beforeEach(async ({ page, store }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  store.setScenario("near", { latencyMs: 30 });
});

test.describe("96 wells", () => {
  test("all wells alike: one request per well and channel, each well its own pixels", async ({
    store,
    viewer,
  }) => {
    const plate = coordinatePlates["plate-96-fields"];
    const tiles = await viewer.open(store.url("plate-96-fields", { scenario: "near" }));
    const requests = untilLastChunk(store.log());
    expect(tiles).toMatchObject({ data: 192, pending: 0, error: 0 });
    const metadata = requests.flatMap(({ key }) => (/\.z|json/.test(key) ? [key] : []));
    expect(metadata.length, metadata.join(" ")).toBeLessThanOrEqual(12);
    expect(requests.length).toBeLessThanOrEqual(96 * 2 + 12);
    await expectWells(viewer, plate, [
      [0, 0],
      [3, 7],
      [7, 11],
    ]);
    // Zooming in refines a well to its full-resolution pixels.
    await viewer.setState({ view: { target: [7, 3], zoom: Math.log2(1100) } });
    expect(await expectWell(viewer, plate, 3, 7)).toBe(0);
    await expectWells(viewer, plate, [[3, 7]]);
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
      // A request per well and channel; those that no guess is right about are read besides.
      const asked = store.log().filter(({ key }) => !/^(E\/09|F\/03)\//.test(key));
      const alike = untilLastChunk(asked);
      expect(alike.length).toBeLessThanOrEqual(94 * 2 + 12);
      expect(tiles).toMatchObject({ pending: 0, denied: 0, error: 0, corrupt: 0 });
      // Nobody asks for what a guess shows: the wells' own metadata are read when nothing else is to be done.
      const documents = () =>
        store.log().flatMap(({ key }) => (/(\.z[a-z]+|zarr\.json)$/.test(key) ? [key] : []));
      const read = () => new Set(documents().map((key) => key.split("/", 2).join("/")));
      const all = plate.rows.flatMap((_, row) =>
        plate.columns.map((__, column) => wellPath(plate, row, column)),
      );
      await expect
        .poll(() => all.filter((path) => !read().has(path)), { timeout: 60_000 })
        .toEqual(["H/12"]);
      // A well is read in three trips, of which that was the first: until there was none for two seconds.
      await untilUnchanged(() => documents().length, 2000);
      await viewer.settled();
      store.clearLog();
      for (const [row, column] of [
        [0, 0],
        // int16, big endian, another scale, another shape and fewer levels.
        [1, 1],
        [2, 6],
        [3, 3],
        [4, 8],
        [7, 10],
      ] as const) {
        // Of those that were read last the answer may still be on its way.
        await viewer.valueAt(column, row);
        await viewer.settled();
        await expectWells(viewer, plate, [[row, column]]);
      }
      expect(documents()).toEqual([]);
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
    await tabTo(viewer, /^Wells of virtual plate/);
    await expect(section).toBeFocused();
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

    // A contrast of this well alone: drawn there, marked, in the link, and the plate's is as it was.
    await page.getByRole("switch", { name: "Contrast for this well alone" }).click();
    await viewer.setState({ channels: [{ index: 0, window: { start: 20_000, end: 40_000 } }] });
    await viewer.expectScreen(fieldImage(plate, 1, 3));
    await expect(page).toHaveURL(/own=0:20000-40000;1:0-65535/);
    await expect(
      section.getByRole("gridcell", { name: "B04, contrast of its own" }),
    ).toBeAttached();
    await page.getByRole("application", { name: /^Plate/ }).focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(page).toHaveURL(/well=B\/03/);
    await viewer.settled();
    await viewer.expectScreen(fieldImage(plate, 1, 2));
    expect((await viewer.openState()).channels[0]?.window).toMatchObject({ start: 0, end: 65_535 });
    // Undone: the way from there, its limits, and that it has some. Done again: that.
    await page.getByRole("application", { name: /^Plate/ }).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("Control+z");
    await expect(section.getByRole("gridcell", { name: "B04", exact: true })).toBeAttached();
    await page.keyboard.press("Control+Shift+z");
    await expect(
      section.getByRole("gridcell", { name: "B04, contrast of its own" }),
    ).toBeAttached();
    expect(viewer.errors).toEqual([]);
  });

  test("P01 404, 500 and bad JSON: three marked cells among 96, each to be tried again", async ({
    page,
    store,
    viewer,
  }) => {
    const plate = coordinatePlates["plate-96-fields"];
    const text = new TextEncoder();
    store.setScenario("trouble", [
      { key: "A/02/**", status: 404 },
      { key: "B/02/**", status: 500 },
      { key: "C/02/.z*", swap: text.encode("{ no JSON") },
    ]);
    const source = store.url("plate-96-fields", { scenario: "trouble" });
    // Sixteen cells, the three among them.
    await page.goto(`${viewer.url(source)}#view=1.5,1.5,7.5`);
    await viewer.loaded();
    for (const [row, column] of [
      [0, 1],
      [1, 1],
      [2, 1],
    ] as const)
      await viewer.valueAt(column, row);
    const map = page.getByRole("grid", { name: "Wells of virtual plate" });
    for (const [name, reason] of [
      ["A02", /nothing/],
      ["B02", /500|server/i],
      ["C02", /damaged/],
    ] as const) {
      const cell = map.getByRole("gridcell", { name: new RegExp(`^${name}: `) });
      await expect(cell).toHaveAccessibleName(reason, { timeout: 30_000 });
    }
    await expect(map.locator('[data-kind="missing"], [data-kind="failed"]')).toHaveCount(3);
    // B02 is half a cell left and above of the middle.
    const { x, y, width, height } = (await viewer.canvas.boundingBox())!;
    const off = 2 ** (await viewer.view()).zoom / 2;
    await page.mouse.move(x + width / 2 - off, y + height / 2 - off);
    await expect(page.locator("footer")).toContainText(/B02 .*(500|server)/i);
    await expectWell(viewer, plate, 1, 2);
    // By keyboard to the one that failed; the server is mended meanwhile.
    store.setScenario("trouble", {});
    await map.focus();
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "Try this well again" }).press("Enter");
    await expect(map.getByRole("gridcell", { name: "B02", exact: true })).toBeAttached();
    await viewer.settled();
    await viewer.expectValues(fieldImage(plate, 1, 1));
    expect(viewer.errors).toEqual([]);
  });

  test("all fields at once lie side by side in their cells", async ({ page, store, viewer }) => {
    const plate = coordinatePlates["plate-96-fields"];
    await page.goto(`${viewer.url(store.url("plate-96-fields"))}&field=all#view=4,2,9`);
    await viewer.loaded();
    // Two fields of the first acquisition, each in one half of the cell.
    const size = 0.92 / 2;
    for (const field of [0, 1]) {
      // The centre of the finest level's pixel (100, 100).
      const off = ((100.5 - 128) * size) / 256;
      const at = { x: 4 - size / 2 + field * size + off, y: 2 + off };
      const readout = await viewer.valueAt(at.x, at.y);
      const image = fieldImage(plate, 2, 4, field);
      const { factors } = image.levels![readout!.level]!;
      const index = (channel: number) => [
        channel,
        ...factors.slice(1).map((f) => Math.floor(100 / f)),
      ];
      expect(readout!.values, `field ${field}`).toEqual(
        [0, 1].map((channel) => ({
          channel,
          value: virtualValue(image, readout!.level, index(channel)),
        })),
      );
    }
    await page.getByRole("switch", { name: "All fields at once" }).click();
    await expect(page).not.toHaveURL(/field=all/);
    await viewer.settled();
    await expectWell(viewer, plate, 2, 4);
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
    // Fitted, it lies beside what floats over the canvas, also on a phone.
    const buttons = page.getByRole("toolbar", { name: "View" });
    const scaleBar = page.locator(".zs-scale-bar");
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      await expect(async () => {
        const { x, y, width, height } = (await viewer.canvas.boundingBox())!;
        const { target, zoom } = await viewer.view();
        const right = x + width / 2 + (11.5 - target[0]) * 2 ** zoom;
        const bottom = y + height / 2 + (7.5 - target[1]) * 2 ** zoom;
        expect(right).toBeLessThanOrEqual((await buttons.boundingBox())!.x);
        expect(bottom).toBeLessThanOrEqual((await scaleBar.boundingBox())!.y);
        expect(right).toBeGreaterThan(x + width * 0.7);
      }).toPass();
    }
    expect(viewer.errors).toEqual([]);
  });
});

for (const name of ["plate-1536-v2", "plate-1536-v3"] as const) {
  test(`${name}: P06 1536 wells of nine fields: few requests, each well its own pixels, bounded memory`, async ({
    store,
    viewer,
  }) => {
    const plate = coordinatePlates[name];
    const tiles = await viewer.open(store.url(name, { scenario: "near" }));
    const { length } = untilLastChunk(store.log());
    expect(tiles).toMatchObject({ data: 1536, pending: 0, error: 0 });
    expect(length).toBeLessThanOrEqual(1536 + 12);
    await expectWells(viewer, plate, [
      [0, 0],
      [15, 23],
      [31, 47],
    ]);
    const { cacheBytes, gpuBytes } = await viewer.stats();
    expect(cacheBytes).toBeLessThan(512 * 2 ** 20);
    expect(gpuBytes).toBeLessThanOrEqual(384 * 2 ** 20);
    await viewer.setState({ view: { target: [30, 20], zoom: Math.log2(700) } });
    expect(await expectWell(viewer, plate, 20, 30)).toBe(0);
    expect(viewer.errors).toEqual([]);
  });
}
