import type { Locator } from "@playwright/test";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import type { TestStore } from "./store/test-store.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

const small: VirtualImage = {
  ...coordinateImages["v2-dot"],
  shape: [1, 1, 1, 700, 900],
  levels: [1, 2, 4].map((factor) => ({ factors: [1, 1, 1, factor, factor] })),
};

/** Three series that differ in every pixel: types, sizes and numbers of channels. */
const series = {
  "0": small,
  "1": { ...small, dataType: "uint8", shape: [1, 3, 1, 1100, 860] },
  "A/2": { ...small, name: "", shape: [1, 2, 6, 480, 1640] },
} as const satisfies Record<string, VirtualImage>;

const metadata = `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
<Image ID="Image:0" Name="overview"/><Image ID="Image:1" Name="tissue &lt;b&gt;"/><Image ID="Image:2" Name=""/></OME>`;

function defineSlide(store: TestStore, more: Record<string, unknown> = {}): string {
  store.defineCollection("slide", series, {
    ".zgroup": { zarr_format: 2 },
    ".zattrs": { "bioformats2raw.layout": 3 },
    "OME/.zgroup": { zarr_format: 2 },
    "OME/.zattrs": { series: ["0", "1", "missing", "A/2"] },
    "OME/METADATA.ome.xml": metadata,
    ...more,
  });
  return store.url("slide");
}

/** Number of colours in a small picture; 1 as long as there is none. */
const colours = (option: Locator) =>
  option.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

test("N4-72 N4-74: three bioformats2raw series, each with its own pixels; chosen by mouse and key, linked, back and again", async ({
  store,
  viewer,
}) => {
  const { page } = viewer;
  const url = defineSlide(store);
  await viewer.open(url);
  await viewer.expectScreen(series["0"]);
  await viewer.expectValues(series["0"], { columns: 3, rows: 2 });
  expect(new URL(page.url()).searchParams.has("series")).toBe(false);

  const list = page.getByRole("listbox", { name: "Images" });
  const option = (name: string | RegExp) => list.getByRole("option", { name });
  await expect(option("overview")).toHaveAttribute("aria-selected", "true");
  await expect(option("tissue <b>")).toContainText("860 × 1100 px · 3 channels");
  await expect.poll(() => colours(option("overview"))).toBeGreaterThan(50);
  await expect.poll(() => colours(option("tissue <b>"))).toBeGreaterThan(20);
  // The one that is not there is named as such, and harms no other.
  await expect(option(/missing/)).toContainText("No Zarr found");
  expect(await viewer.axe()).toEqual([]);
  await expect(list).toMatchAriaSnapshot(`
    - listbox "Images":
      - option "overview 900 × 700 px" [selected]
      - option "tissue <b> 860 × 1100 px · 3 channels"
      - option /missing No Zarr found/
      - option "Image 4 1640 × 480 px · 2 channels · z 6"
  `);

  await option("tissue <b>").click();
  await viewer.settled();
  await viewer.expectScreen(series["1"]);
  await viewer.expectValues(series["1"], { columns: 3, rows: 2 });
  expect(new URL(page.url()).searchParams.get("series")).toBe("1");
  await expect(page).toHaveTitle(/^tissue <b> · /);

  await list.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await viewer.settled();
  await expect(list).toBeFocused();
  await viewer.setState({ selection: { z: 5 } });
  await viewer.expectScreen(series["A/2"]);
  await expect(page.locator("h1")).toHaveText("Image 4");
  await expect.poll(() => new URL(page.url()).hash).toContain("z=5");
  const link = page.url();
  expect(new URL(link).searchParams.get("series")).toBe("3");

  // The image that is missing fails alone: the list stays, and leads on.
  await list.press("ArrowUp");
  await list.press(" ");
  await expect(page.getByRole("alert")).toContainText("No Zarr found");
  await expect(option(/missing/)).toHaveAttribute("aria-selected", "true");
  expect(await viewer.axe()).toEqual([]);
  await option("overview").click();
  await viewer.settled();
  await viewer.expectScreen(series["0"]);
  await page.getByRole("application", { name: /^Image/ }).focus();
  await page.keyboard.press("n");
  await viewer.settled();
  await viewer.expectScreen(series["1"]);

  await page.goBack();
  await expect(option("overview")).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await page.goBack();
  await expect(option("Image 4")).toHaveAttribute("aria-selected", "true");
  await viewer.settled();
  await viewer.expectScreen(series["A/2"]);
  expect((await viewer.openState()).selection).toMatchObject({ z: 5 });

  await page.goto("about:blank");
  await page.goto(link);
  await viewer.loaded();
  await viewer.expectScreen(series["A/2"]);
  expect((await viewer.openState()).selection).toMatchObject({ z: 5 });
  expect(viewer.errors).toEqual([]);
});

test("without a list 40 images are found by number; only those on screen are drawn", async ({
  store,
  viewer,
}) => {
  const { page } = viewer;
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, k) => [
      String(k),
      { ...small, name: `plane ${k}`, shape: [1, 1, 1, 64 + k, 64] },
    ]),
  );
  store.defineCollection("many", many, {
    ".zgroup": { zarr_format: 2 },
    ".zattrs": { "bioformats2raw.layout": 3 },
  });
  await page.goto(`${viewer.url(store.url("many"))}&series=12`);
  await viewer.loaded();
  await viewer.expectValues(many["12"]!, { columns: 3, rows: 2 });
  const list = page.getByRole("listbox", { name: "Images" });
  await expect(page.getByRole("heading", { name: "Images" })).toBeVisible();
  await expect(list.locator("[aria-selected=true]")).toHaveAttribute("aria-setsize", "40");
  await expect(list.locator("[aria-selected=true]")).toBeInViewport();
  await expect.poll(() => colours(list.locator("[aria-selected=true]"))).toBeGreaterThan(20);
  // Chunks of images that were never in sight were never asked for.
  const drawn = new Set(store.log({ key: /\/2\/0/ }).map(({ key }) => key.split("/")[0]));
  expect(drawn.size).toBeLessThan(15);
  expect(await list.getByRole("option").count()).toBeLessThan(15);

  await page.getByRole("searchbox", { name: "Find images" }).fill("image 40");
  await list.getByRole("option", { name: "plane 39" }).click();
  await viewer.settled();
  await viewer.expectValues(many["39"]!, { columns: 3, rows: 2 });
});
