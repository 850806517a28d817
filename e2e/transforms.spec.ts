import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

/** Images that are moved, mirrored, turned and sheared, and a scene of two, beside what SciPy makes of them (make_transforms.py). */
const folder = fileURLToPath(new URL("./fixtures/data/transforms/", import.meta.url));

type Case = {
  readonly name: string;
  readonly store: string;
  readonly system: string | null;
  /** World x and y of the first pixel's centre, and between pixels. */
  readonly origin: readonly [number, number];
  readonly step: number;
  readonly file: string;
};
const { size, cases } = JSON.parse(readFileSync(`${folder}expected.json`, "utf8")) as {
  readonly size: readonly [number, number];
  readonly cases: readonly Case[];
};
const [columns, rows] = size;

/** Too near to an edge to tell. */
const untold = 1;

/** The view in which the expected pixels lie in the middle of the canvas, and the column and row of the first one. */
async function viewOf(viewer: Viewer, { origin, step }: Case) {
  const { widthPx, heightPx } = await viewer.geometry();
  const left = Math.floor((widthPx - columns) / 2);
  const top = Math.floor((heightPx - rows) / 2);
  const target: [number, number] = [
    origin[0] - (left + 0.5 - widthPx / 2) * step,
    origin[1] - (top + 0.5 - heightPx / 2) * step,
  ];
  return { view: { target, zoom: -Math.log2(step) }, left, top };
}

async function expectCase(viewer: Viewer, expected: Case) {
  const { view, left, top } = await viewOf(viewer, expected);
  await viewer.setState({ view });
  const { width, data } = await viewer.screenPixels();
  const grey = inflateSync(readFileSync(folder + expected.file));
  const wrong: string[] = [];
  let compared = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const wanted = grey[row * columns + column]!;
      if (wanted === untold) continue;
      compared++;
      const at = ((top + row) * width + left + column) * 4;
      const off = Math.max(...[0, 1, 2].map((part) => Math.abs(data[at + part]! - wanted)));
      if (off > 1) wrong.push(`${column},${row}: ${data[at]} instead of ${wanted}`);
    }
  }
  expect(compared).toBeGreaterThan(columns * rows * 0.7);
  expect({ name: expected.name, wrong: wrong.length, first: wrong.slice(0, 3) }).toEqual({
    name: expected.name,
    wrong: 0,
    first: [],
  });
}

test.describe("images placed by transformations", () => {
  let page: Page;
  let viewer: Viewer;
  let open: string | undefined;

  test.beforeAll(async ({ browser, appUrl }) => {
    page = await (await browser.newContext()).newPage();
    viewer = new Viewer(page, appUrl);
  });
  test.afterAll(async () => {
    expect(viewer.errors).toEqual([]);
    await page.context().close();
  });

  for (const expected of cases) {
    test(`N4-13, N4-15, N6-08, N6-23: ${expected.name} is within 1/255 of SciPy's resampling`, async ({
      workerStore,
    }) => {
      const place = `${expected.store} ${expected.system}`;
      if (open !== place) {
        const hash = expected.system === null ? "" : `#v=1&system=${expected.system}`;
        await viewer.open(`${workerStore.url("fixtures")}/transforms/${expected.store}`, hash);
        open = place;
      }
      await expectCase(viewer, expected);
    });
  }

  test("N6-05, N6-08: a system is chosen by hand, is in the link, and the intrinsic one comes back", async ({
    workerStore,
  }) => {
    await viewer.open(`${workerStore.url("fixtures")}/transforms/turned.zarr`);
    const choice = page.getByRole("group", { name: "Shown in" });
    await expect(choice.getByRole("radio")).toHaveCount(4);
    await expect(choice.getByRole("radio", { name: "physical" })).toBeChecked();
    const before = await viewer.view();
    await choice.getByRole("radio", { name: "physical" }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(choice.getByRole("radio", { name: "turned" })).toBeChecked();
    await viewer.settled();
    expect(await viewer.view()).not.toEqual(before);
    await expect.poll(() => page.url()).toContain("system=turned");
    expect(await viewer.axe()).toEqual([]);
    await choice.getByRole("radio", { name: "physical" }).click();
    await viewer.settled();
    expect(await viewer.view()).toEqual(before);
    await expect.poll(() => page.url()).not.toContain("system=");
  });

  test("N6-09: in a scene values come from the topmost image, and all images share the channel they name alike", async ({
    workerStore,
  }) => {
    const tiles = await viewer.open(`${workerStore.url("fixtures")}/transforms/scene.zarr`);
    expect(tiles.data).toBe(2);
    const { channels } = await viewer.openState();
    expect(channels.map(({ label }) => label)).toEqual(["grey"]);
    // The first pixel of the lower image, at the world's (5, 3).
    expect(await viewer.valueAt(5, 3)).toEqual({ level: 0, values: [{ channel: 0, value: 40 }] });
    // The upper image begins at turn(30, 10) = (12.7, 21.2) in x and y; its pixels hold at least 90.
    const turned = [
      30 * Math.cos(Math.PI / 6) - 10 * 0.5 - 7.25,
      10 * Math.cos(Math.PI / 6) + 30 * 0.5 + 12.5,
    ];
    expect(await viewer.valueAt(turned[0]!, turned[1]!)).toEqual({
      level: 0,
      values: [{ channel: 0, value: 90 }],
    });
    expect(await viewer.axe()).toEqual([]);
  });
});
