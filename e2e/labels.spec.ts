import type { RgbaImage } from "./harness/png.ts";
import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

/** As `e2e/fixtures/make_labels.py` writes them. */
const side = 12;
const grey = 51;
type Id = number | string;
const idAt = (ids: readonly Id[], x: number, y: number, step = side): Id =>
  ids[(11 * Math.floor(y / step) + 3 * Math.floor(x / step)) % ids.length] ?? Number.NaN;
const ids64: readonly Id[] = [
  0,
  1,
  "9007199254740993",
  "9007199254740994",
  "9223372036854775813",
  "18446744073709551615",
  4711,
];

type Rgb = readonly [number, number, number];
type Rgba = readonly [number, number, number, number];

/** Texel of the finest level under a device pixel's centre; the pixels of the image have the world size `pixel`. */
async function texels(viewer: Viewer, screen: RgbaImage, pixel: number) {
  const { target, zoom } = await viewer.view();
  const { devicePixelRatio } = await viewer.geometry();
  const step = 2 ** -zoom / devicePixelRatio;
  return (x: number, y: number): [number, number] => [
    (target[0] + (x + 0.5 - screen.width / 2) * step) / pixel + 0.5,
    (target[1] + (y + 0.5 - screen.height / 2) * step) / pixel + 0.5,
  ];
}

function colorAt({ width, data }: RgbaImage, x: number, y: number): Rgb {
  const i = (y * width + x) * 4;
  return [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
}

const over = ([red, green, blue, alpha]: Rgba, opacity: number): Rgb => {
  const a = (alpha / 255) * opacity;
  return [red * a + grey * (1 - a), green * a + grey * (1 - a), blue * a + grey * (1 - a)];
};

/** Pixels at least two away from any border of blocks: what they show is beyond doubt. */
async function expectFill(
  viewer: Viewer,
  { width, height, pixel }: { width: number; height: number; pixel: number },
  expected: (x: number, y: number) => Rgb | undefined,
) {
  const screen = await viewer.screenPixels();
  const texelAt = await texels(viewer, screen, pixel);
  const wrong: string[] = [];
  let compared = 0;
  for (let y = 0; y < screen.height; y += 3) {
    for (let x = 0; x < screen.width; x += 3) {
      const [texelX, texelY] = texelAt(x, y);
      const isInside = texelX > 1 && texelY > 1 && texelX < width - 1 && texelY < height - 1;
      const inBlock = (v: number) => v % side > 1 && v % side < side - 1;
      const want = isInside && inBlock(texelX) && inBlock(texelY) && expected(texelX, texelY);
      if (!want) continue;
      compared++;
      const have = colorAt(screen, x, y);
      if (have.some((part, i) => Math.abs(part - (want[i] ?? 0)) > 1)) {
        wrong.push(`${x},${y}: ${have} for ${want}`);
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(compared).toBeGreaterThan(2000);
}

const stated = new Map<Id, Rgba>([
  [0, [0, 0, 0, 0]],
  [1, [255, 0, 0, 255]],
  ["9007199254740993", [0, 255, 0, 255]],
  ["9007199254740994", [0, 0, 255, 255]],
  ["18446744073709551615", [255, 255, 255, 0]],
  [4711, [255, 255, 0, 255]],
]);

test("N4-53 to N4-58: uint64 ids as areas and as lines, read out exactly, chosen, switched and linked", async ({
  store,
  viewer,
  page,
}) => {
  await viewer.open(`${store.url("fixtures")}/labels/labels-v04.zarr`, "#labels=ids64@0.5");
  const size = { width: 120, height: 96, pixel: 0.5 };
  await expectFill(viewer, size, (x, y) => {
    const rgba = stated.get(idAt(ids64, x, y));
    return rgba && over(rgba, 0.5);
  });
  const worldOf = (x: number, y: number) => ({ x: (x - 0.5) * 0.5, y: (y - 0.5) * 0.5 });
  for (const [x, y] of [
    [5, 5],
    [17, 5],
    [30, 40],
    [100, 90],
    [64, 70],
  ] as const) {
    const found = await page.evaluate((at) => window.zarrscope?.labelsAt(at), worldOf(x, y));
    expect(found).toEqual([{ layer: "ids64", level: 0, value: idAt(ids64, x, y) }]);
  }

  // Lines leave the middle of every block to the picture, and lie inside of each border.
  await viewer.setState({ labels: [{ name: "ids64", style: "outline", opacity: 1 }] });
  const screen = await viewer.screenPixels();
  const texelAt = await texels(viewer, screen, 0.5);
  let lines = 0;
  // A row of pixels through the middle of blocks.
  let y = 0;
  while (texelAt(0, y)[1] < 3.5 * side) y++;
  for (let x = 0; x < screen.width - 1; x++) {
    const [left, row] = texelAt(x, y);
    const [right] = texelAt(x + 1, y);
    const isInside = left > 1 && right < size.width - 1;
    if (!isInside) continue;
    const ids = [left, right].map((at) => idAt(ids64, at, row));
    if (left % side > 4 && left % side < side - 4) {
      expect(colorAt(screen, x, y)).toEqual([grey, grey, grey]);
    } else if (ids[0] !== ids[1]) {
      for (const [id, at] of [
        [ids[0], x],
        [ids[1], x + 1],
      ] as const) {
        const rgba = id === undefined ? undefined : stated.get(id);
        if (!rgba) continue;
        lines++;
        expect(colorAt(screen, at, y)).toEqual(over(rgba, 1));
      }
    }
  }
  expect(lines).toBeGreaterThan(8);

  // Under the cursor and on click, in words.
  const { target, zoom } = await viewer.view();
  const box = (await viewer.canvas.boundingBox())!;
  const green = Array.from({ length: 10 }, (_, i) => i * side + 6).find(
    (x) => idAt(ids64, x, 42) === "9007199254740993",
  );
  const at = worldOf(green ?? 0, 42);
  const place = [
    box.x + box.width / 2 + (at.x - target[0]) * 2 ** zoom,
    box.y + box.height / 2 + (at.y - target[1]) * 2 ** zoom,
  ] as const;
  await page.mouse.move(...place);
  await expect(page.locator(".zs-status")).toContainText(
    "ids64 9007199254740993 · class mitotic · area 88",
  );
  await page.mouse.click(...place);
  const pinned = page.getByRole("region", { name: "Object 9007199254740993 of ids64" });
  await expect(pinned).toContainText("mitotic");
  expect(await viewer.axe()).toEqual([]);
  await page.getByRole("button", { name: "Objects of ids64" }).click();
  await page.getByRole("searchbox", { name: "Find objects of ids64" }).fill("interphase");
  const found = page.getByRole("listbox", { name: "Objects of ids64" });
  await expect(found.getByRole("option")).toHaveCount(1);
  await found.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Object 1 of ids64" })).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
  await page.keyboard.press("Escape");

  await expect(page.locator(".zs-labels")).toMatchAriaSnapshot({ name: "labels.aria.yml" });
  await expect.poll(() => page.url()).toContain("labels=ids64,outline");
  await page.getByRole("application", { name: /^Image/ }).focus();
  await page.keyboard.press("l");
  await expect
    .poll(async () => (await viewer.getState()).labels?.some((l) => l.visible))
    .toBe(false);
  await page.keyboard.press("l");
  await expect
    .poll(async () => (await viewer.getState()).labels?.find((l) => l.visible))
    .toEqual({ name: "ids64", visible: true, opacity: 1, style: "outline" });
  // A listed one that is missing says so and takes nothing down.
  await page.getByRole("button", { name: "Show labels gone" }).click();
  await expect(page.locator(".zs-label-failure")).toContainText(
    'There is nothing where the labels "gone" should be.',
  );
  expect(viewer.errors).toEqual([]);
});

test("N1-08, N1-12: a 0.1 image and its labels, by the labels' own address", async ({
  store,
  viewer,
  page,
}) => {
  await viewer.open(`${store.url("fixtures")}/labels/labels-v01.zarr/labels/regions`);
  await expect(page.getByText(/These are the labels “regions” of/)).toBeVisible();
  const ids = [0, 1, 2, 3, 255];
  const colors = new Map<Id, Rgba>([
    [0, [0, 0, 0, 0]],
    [1, [255, 0, 0, 255]],
    [2, [0, 0, 255, 255]],
    [255, [255, 255, 0, 128]],
  ]);
  await expectFill(viewer, { width: 72, height: 60, pixel: 1 }, (x, y) => {
    const rgba = colors.get(idAt(ids, x, y));
    return rgba && over(rgba, 0.5);
  });
});
