import { expect } from "@playwright/test";
import type { OpenState } from "../harness/automation.ts";
import type { RgbaImage } from "../harness/png.ts";
import {
  expectedLevel,
  indexOfSelection,
  type Rgb,
  screenOracle,
  worldFromDevicePixel,
} from "../harness/screen-oracle.ts";
import type { Viewer } from "../harness/viewer.ts";
import { asReadout } from "../store/coordinate-value.ts";
import {
  levelsOf,
  levelWorldFromIndex,
  type VirtualImage,
  virtualValue,
} from "../store/virtual-image.ts";
import type { SoakSource } from "./random-walk.ts";

export type PixelSample = {
  readonly right: number;
  readonly marked: number;
  readonly wrong: readonly string[];
};

/** A device pixel, where it lies, and the colours that it may have: per level that may be drawn. */
type Place = {
  readonly at: [number, number];
  readonly world: [number, number];
  readonly colors: readonly (readonly Rgb[])[];
};

type Looked = {
  readonly tiles: readonly { channel: number; state: string }[];
  readonly readout:
    | { level: number; values: readonly { channel: number; value: unknown }[] }
    | undefined;
};

/**
 * Looks at pixels at random once everything has settled: where all visible channels are data or fill, colour and values are what the image's
 * definition says; anywhere else the place is marked, and counted as such in the tiles' states.
 * @param isOneOfMany it lies on a plate, where a level that is up to half as sharp will do
 */
export async function samplePixels(
  viewer: Viewer,
  { image, isOneOfMany }: SoakSource,
  random: () => number,
  count: number,
): Promise<PixelSample> {
  const { tiles, state, geometry, picture } = await stillLook(viewer);
  expect(tiles.pending, "pending tiles in a settled view").toBe(0);
  const sharp = expectedLevel(image, state, geometry);
  const levels = [sharp, sharp + 1].slice(0, isOneOfMany ? 2 : 1).filter((k) => levelsOf(image)[k]);
  const oracles = levels.map((level) => screenOracle(image, state, geometry, level));
  const places: Place[] = [];
  for (let tries = 0; tries < 40 * count && places.length < count; tries++) {
    const at: [number, number] = [
      Math.floor(random() * picture.width),
      Math.floor(random() * picture.height),
    ];
    const expected = oracles.map((oracle) => oracle(at));
    if (expected.some((each) => typeof each === "string")) continue;
    const colors = expected.map((each) => (typeof each === "string" ? [] : each.oneOf));
    places.push({ at, world: worldFromDevicePixel(state, geometry, at), colors });
  }
  const looked = await lookAt(
    viewer,
    places.map(({ world }) => world),
  );
  const known = places.flatMap((place, k) => {
    const isKnown = looked[k]!.tiles.every(({ state: kind }) => kind === "data" || kind === "fill");
    return isKnown ? [{ ...place, ...looked[k]! }] : [];
  });
  const isPending = looked.some(({ tiles: all }) => all.some((tile) => tile.state === "pending"));
  expect(isPending, "pending in a settled view").toBe(false);
  // One level is drawn, not now this and now that one.
  const faultsByLevel = levels.map((_, k) =>
    known.flatMap(({ at, world, colors, readout, tiles: states }) => {
      const fault =
        wrongColor(picture, at, colors[k]!) ?? wrongValues(image, state, sharp, world, readout);
      const seen = JSON.stringify({ states, readout });
      return fault === undefined
        ? []
        : [`${viewer.page.url()}: ${world.join(", ")}: ${fault}; ${seen}`];
    }),
  );
  const wrong = faultsByLevel.reduce((best, each) => (each.length < best.length ? each : best));
  const marked = places.length - known.length;
  const failed = tiles.denied + tiles.error + tiles.corrupt + tiles.unverifiable;
  if (marked > 0) expect(failed, "marked tiles are counted").toBeGreaterThan(0);
  return { right: known.length - wrong.length, marked, wrong };
}

/** A look during which neither the view nor the canvas changed: bars that come and go with an image change its size. */
async function stillLook(viewer: Viewer) {
  for (let tries = 0; tries < 10; tries++) {
    const tiles = await viewer.settled();
    const [state, geometry] = [await viewer.openState(), await viewer.geometry()];
    const picture = await viewer.screenPixels();
    const after = [await viewer.openState(), await viewer.geometry()];
    const isStill = JSON.stringify([state, geometry]) === JSON.stringify(after);
    const isWhole = picture.width === Math.round(geometry.widthPx * geometry.devicePixelRatio);
    if (isStill && isWhole) return { tiles, state, geometry, picture };
  }
  throw new Error("The view does not come to rest.");
}

function lookAt(viewer: Viewer, points: readonly [number, number][]): Promise<Looked[]> {
  return viewer.page.evaluate(async (places) => {
    const api = window.zarrscope;
    if (api === undefined) throw new Error("There is no API.");
    const seen: Looked[] = [];
    for (const [x, y] of places) {
      seen.push({ tiles: await api.tilesAt({ x, y }), readout: await api.valueAt({ x, y }) });
    }
    return seen;
  }, points);
}

function wrongColor(
  { data, width }: RgbaImage,
  [x, y]: readonly [number, number],
  oneOf: readonly Rgb[],
): string | undefined {
  const at = 4 * (y * width + x);
  const actual = [data[at]!, data[at + 1]!, data[at + 2]!];
  const off = oneOf.map((color) =>
    Math.max(...color.map((part, k) => Math.abs(part - actual[k]!))),
  );
  if (Math.min(...off) <= 2) return undefined;
  return `colour ${actual.join(",")} instead of ${oneOf.map((color) => color.map(Math.round).join(",")).join(" or ")}`;
}

function wrongValues(
  image: VirtualImage,
  state: OpenState,
  sharpLevel: number,
  [x, y]: readonly [number, number],
  readout: Looked["readout"],
): string | undefined {
  if (readout === undefined) return "no value where there are data";
  const at = levelWorldFromIndex(image, readout.level);
  const index = indexOfSelection(image, readout.level, state.selection, state);
  const [xDim, yDim] = [image.axes.indexOf("x"), image.axes.indexOf("y")];
  index[xDim] = Math.round((x - at.translation[xDim]!) / at.scale[xDim]!);
  index[yDim] = Math.round((y - at.translation[yDim]!) / at.scale[yDim]!);
  const cDim = image.axes.indexOf("c");
  for (const { channel, value } of readout.values) {
    if (cDim >= 0) index[cDim] = channel;
    const expected = virtualValue(image, readout.level, index);
    const shown = expected === undefined ? null : asReadout(expected);
    // Finer planes that are still in memory are read first; not every channel need have one.
    if (value === null && readout.level < sharpLevel) continue;
    if (value !== shown) return `value ${value} of channel ${channel} instead of ${shown}`;
  }
  return undefined;
}
