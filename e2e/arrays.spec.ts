import { type ArrayCase, readArrayCases } from "./fixtures/read-array-cases.ts";
import type { AutomationWindow } from "./harness/automation.ts";
import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { asReadout } from "./store/coordinate-value.ts";
import type { TestStore } from "./store/test-store.ts";

/**
 * Arrays of every kind of element and grid in the built app: each element's value is read out exactly, and its pixel is the grey of that
 * value, within 2/255. The arrays were written by reference implementations (`fixtures/make_arrays.py`).
 */
const cases = new Map(readArrayCases().map((each) => [each.name, each]));

/** Numbers of an array, in C order. */
type Numbers = readonly (number | bigint)[];

type Shown = {
  /** As `fixtures/make_arrays.py` names it. */
  readonly name: string;
  readonly numbers: (view: DataView, each: ArrayCase) => Numbers;
  /** The read-out, where it is not the number itself. */
  readonly text?: (view: DataView, index: number) => string;
  readonly hash?: string;
};

function every<T>({ shape }: ArrayCase, read: (index: number) => T): T[] {
  return Array.from({ length: shape[0]! * shape[1]! }, (_, index) => read(index));
}

const uint16 = (view: DataView, each: ArrayCase) => every(each, (i) => view.getUint16(2 * i, true));
const complexPart =
  (part: (re: number, im: number) => number) => (view: DataView, each: ArrayCase) =>
    every(each, (i) => part(view.getFloat32(8 * i, true), view.getFloat32(8 * i + 4, true)));
/** All numbers of the fixture are short in decimal. */
function complexText(view: DataView, i: number): string {
  const [re, im] = [view.getFloat32(8 * i, true), view.getFloat32(8 * i + 4, true)];
  return im < 0 ? `${re} − ${-im}i` : `${re} + ${im}i`;
}
/** The record is id `<u4`, height `<f8`, flag, three characters: 16 bytes. */
const recordBytes = 16;

const shown: readonly Shown[] = [
  {
    name: "v1 zlib, order F (Z1-01)",
    numbers: (view, each) => every(each, (i) => view.getInt32(4 * i, true)),
  },
  {
    name: "v3 int64 near 0",
    numbers: (view, each) => every(each, (i) => view.getBigInt64(8 * i, true)),
  },
  {
    name: "v2 int64, order F",
    numbers: (view, each) => every(each, (i) => view.getBigInt64(8 * i, true)),
  },
  {
    name: "v3 uint64, sharded",
    numbers: (view, each) => every(each, (i) => view.getBigUint64(8 * i, true)),
  },
  { name: "v3 float16, sharded", numbers: (_, each) => every(each, (i) => (i % 32749) / 8) },
  { name: "v3 bool", numbers: (view, each) => every(each, (i) => view.getUint8(i)) },
  { name: "v3 complex64, sharded", numbers: complexPart(Math.hypot), text: complexText },
  {
    name: "v3 complex64, transposed",
    numbers: complexPart((re, im) => Math.atan2(im, re)),
    text: complexText,
    hash: "part=phase",
  },
  { name: "v2 nested keys that nothing tells of (N1-06)", numbers: uint16 },
  { name: "shards: nested shards, index at the start", numbers: uint16 },
  { name: "grid rectilinear (Z3-20)", numbers: uint16 },
  { name: "grid rectilinear of shards (Z3-20)", numbers: uint16 },
];

function serve(store: TestStore, name: string): { url: string; each: ArrayCase } {
  const each = cases.get(name);
  if (each === undefined) throw new Error(`There is no array "${name}".`);
  const key = name.replace(/\W+/g, "-");
  store.defineFiles(key, Object.fromEntries(each.entries));
  return { url: store.url(key), each };
}

const viewOf = ({ expected }: ArrayCase) => new DataView(expected.buffer, expected.byteOffset);

/** Each element: what is read out, and the grey of its pixel. */
async function expectElements(
  viewer: Viewer,
  { shape }: ArrayCase,
  numbers: Numbers,
  texts: string[] | undefined,
) {
  const [rows, columns] = [shape[0]!, shape[1]!];
  // Large enough that no pixel looked at lies on the border of two.
  await viewer.setState({ view: { target: [(columns - 1) / 2, (rows - 1) / 2], zoom: 4 } });
  const [state, geometry] = [await viewer.openState(), await viewer.geometry()];
  const { start, end } = state.channels[0]!.window;
  const picture = await viewer.screenPixels();
  // What is drawn of 64 bits is the nearest float32: beyond 2^24 neighbours look alike, and only their values are compared.
  const drawn = numbers.map((number) => Math.fround(Number(number)));
  const isDrawnApart = new Set(drawn).size > 1;
  const points = numbers.map((_, index) => ({
    x: index % columns,
    y: Math.floor(index / columns),
  }));
  const readouts = await viewer.page.evaluate(
    (at) =>
      Promise.all(at.map((point) => (globalThis as AutomationWindow).zarrscope.valueAt(point))),
    points,
  );
  const wrong: string[] = [];
  for (const [index, number] of numbers.entries()) {
    const { x: column, y: row } = points[index]!;
    const value = readouts[index]?.values[0]?.value;
    const expected = texts?.[index] ?? asReadout(number);
    if (value !== expected) wrong.push(`${row},${column} reads ${value}, not ${expected}`);
    const x = (column - state.view.target[0]) * 2 ** state.view.zoom + geometry.widthPx / 2;
    const y = (row - state.view.target[1]) * 2 ** state.view.zoom + geometry.heightPx / 2;
    const pixel =
      (Math.floor(y * geometry.devicePixelRatio) * picture.width +
        Math.floor(x * geometry.devicePixelRatio)) *
      4;
    if (!isDrawnApart) continue;
    const grey = Math.min(1, Math.max(0, (drawn[index]! - start) / (end - start))) * 255;
    const [red, green, blue] = picture.data.subarray(pixel, pixel + 3);
    if (red !== green || green !== blue || !(Math.abs(red! - grey) <= 2)) {
      wrong.push(`${row},${column} is ${red},${green},${blue}, not ${grey.toFixed(1)}`);
    }
  }
  expect(wrong).toEqual([]);
}

for (const { name, numbers, text, hash } of shown) {
  test(`${name}: every value and every pixel`, async ({ store, viewer }) => {
    const { url, each } = serve(store, name);
    const tiles = await viewer.open(url, hash);
    expect(tiles.pending + tiles.error + tiles.corrupt + tiles.denied + tiles.unverifiable).toBe(0);
    const view = viewOf(each);
    const expected = numbers(view, each);
    await expectElements(viewer, each, expected, text && expected.map((_, i) => text(view, i)));
    expect(viewer.errors).toEqual([]);
  });
}

test("a field of records is chosen by hand, shown, and in the link", async ({
  store,
  viewer,
  page,
}) => {
  const { url, each } = serve(store, "v2 record, order F");
  await viewer.open(url);
  const view = viewOf(each);
  await expectElements(
    viewer,
    each,
    every(each, (i) => view.getUint32(recordBytes * i, true)),
    undefined,
  );
  const choice = page.getByRole("combobox", { name: "Show the field" });
  await expect(choice).toHaveValue("id");
  await choice.selectOption("height");
  await expect(choice).toHaveValue("height");
  const heights = every(each, (i) => view.getFloat64(recordBytes * i + 4, true));
  await expectElements(viewer, each, heights, undefined);
  await expect.poll(() => page.url()).toContain("part=height");
  expect(await viewer.axe()).toEqual([]);
  expect(viewer.errors).toEqual([]);
  await page.goBack();
  await page.goForward();
  await viewer.settled();
  await expect(choice).toHaveValue("height");
});

test("text is named, not drawn", async ({ store, viewer, page }) => {
  await viewer.open(serve(store, "v2 U4, order C").url);
  await expect(page.getByRole("alert")).toContainText("This array holds text, not pixels.");
  await viewer.open(serve(store, "v3 datetime64[10us]").url);
  await expect(page.getByRole("alert")).toContainText("This array holds dates, not pixels.");
});
