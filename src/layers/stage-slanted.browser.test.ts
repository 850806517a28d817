import { afterEach, describe, expect, it } from "vitest";
import type { ViewState } from "./scene.ts";
import { type ReferenceInput, referencePicture } from "./testing/reference-picture.ts";
import { layerOf, rendering, sceneOf } from "./testing/scene-of.ts";
import { allData, type Picture, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import {
  encodedValue,
  pyramid,
  type SyntheticImage,
  slanted,
  syntheticImage,
} from "./testing/synthetic-image.ts";
import type { Affine } from "./tiles/affine.ts";
import { fitView, imageFraming } from "./tiles/view-framing.ts";

/** Images that are turned and sheared in their plane (N6-23), in real pixels. */
let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

function turn(degrees: number, scale = 1): Affine {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return {
    xx: scale * cos,
    xy: -scale * sin,
    x0: 12.3,
    yx: scale * sin,
    yy: scale * cos,
    y0: -45.6,
  };
}

const shear: Affine = { xx: 1.3, xy: 0.5, x0: -20, yx: -0.2, yy: 0.8, y0: 30 };
const mirror: Affine = { xx: -0.9, xy: 0.35, x0: 500, yx: 0.3, yy: 1.1, y0: 0 };

/** Ragged edges at all levels. */
const ragged = (map: Affine) =>
  syntheticImage(slanted(pyramid({ width: 700, height: 500, levels: 3, chunk: 64 }), map));

/** A pixel whose centre is this near to a texel's edge, in device pixels, may show either side: the GPU has 24 bits. */
const edgePx = 1e-3;

/** Every pixel is within 1/255 of the reference, seen from where it is or from a thousandth of a pixel beside it. */
function expectReference(picture: Picture, input: Omit<ReferenceInput, "width" | "height">) {
  const { width, height, bytes } = picture;
  const [x, y] = input.view.target;
  const offset = edgePx / 2 ** input.view.zoom;
  const references = [
    [0, 0],
    [offset, 0],
    [-offset, 0],
    [0, offset],
    [0, -offset],
  ].map(([dx = 0, dy = 0]) => {
    const view = { ...input.view, target: [x + dx, y + dy] as const };
    return referencePicture({ ...input, view, width, height });
  });
  const wrong: string[] = [];
  let lit = 0;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const offBy = (reference: Float64Array) =>
      Math.max(
        ...[0, 1, 2].map((i) => Math.abs(bytes[pixel * 4 + i]! - reference[pixel * 3 + i]!)),
      );
    if (bytes[pixel * 4]! > 0) lit++;
    if (!references.some((reference) => offBy(reference) <= 1)) {
      wrong.push(`${pixel % width},${Math.floor(pixel / width)} by ${offBy(references[0]!)}`);
    }
  }
  expect(lit).toBeGreaterThan(2000);
  expect({ wrong: wrong.length, first: wrong.slice(0, 5) }).toEqual({ wrong: 0, first: [] });
}

async function expectSlanted(synthetic: SyntheticImage, view: ViewState, level: number) {
  harness ??= stageHarness(allData(synthetic));
  const background = "204060";
  harness.stage.setScene(sceneOf(synthetic, [rendering()], { background }));
  harness.stage.setView(view);
  const picture = await harness.settledPicture();
  expect(harness.statuses.at(-1)?.level).toBe(level);
  const planes = [{ level, z: 0 }];
  expectReference(picture, { synthetic, view, channels: [rendering()], planes, background });
}

describe("a turned or sheared image, within 1/255 of the reference", () => {
  it.each([
    ["by 30°", turn(30)],
    ["by 200°, at twice the size", turn(200, 2)],
    ["sheared", shear],
    ["sheared and mirrored", mirror],
  ])("%s: in overview and near, its corners and the background beside it too", async (_, map) => {
    const synthetic = ragged(map);
    const framing = imageFraming(synthetic.image);
    const overview = fitView(framing, { widthPx: 300, heightPx: 200 });
    const length = Math.max(Math.hypot(map.xx, map.yx), Math.hypot(map.xy, map.yy));
    // The coarsest level whose texels are no longer than a device pixel.
    const texelPx = length * 2 ** overview.zoom;
    await expectSlanted(synthetic, overview, Math.min(2, Math.floor(-Math.log2(texelPx) + 1e-6)));
    const corner = [
      map.xx * 699.2 + map.xy * 499.1 + map.x0,
      map.yx * 699.2 + map.yy * 499.1 + map.y0,
    ] as const;
    const middle = [
      map.xx * 333.3 + map.xy * 222.2 + map.x0,
      map.yx * 333.3 + map.yy * 222.2 + map.y0,
    ] as const;
    const near = Math.log2(3.3 / length);
    for (const target of [corner, middle])
      await expectSlanted(synthetic, { target, zoom: near }, 0);
  });

  it("without a crack or an overlap at any tile's edge", async () => {
    const levels = pyramid({ width: 900, height: 900, levels: 1, chunk: 20 });
    const synthetic = syntheticImage(slanted(levels, turn(33.3)), "uint8");
    harness = stageHarness(allData(synthetic, () => 120));
    // Two channels of one value: a crack is dark, a pixel that is drawn twice is bright.
    const channels = [rendering({ window: { start: 0, end: 255 } })];
    for (let i = 0; i < 8; i++) {
      const view = { target: [60 + i / 16.3, 640 + i / 7.1] as const, zoom: -1 + i * 0.4 };
      harness.stage.setScene(sceneOf(synthetic, channels));
      harness.stage.setView(view);
      const { bytes } = await harness.settledPicture();
      const isWhole = bytes.every((byte, at) => at % 4 === 3 || byte === 120);
      expect({ zoom: view.zoom, isWhole }).toEqual({ zoom: view.zoom, isWhole: true });
    }
  });

  it("holes show the coarser level, failed tiles are hatched and counted, and all of it is turned", async () => {
    const synthetic = ragged(turn(30));
    const data = allData(synthetic);
    const failed = { kind: "corrupt", code: "ZS-CRC", reason: "It is damaged." } as const;
    harness = stageHarness((ref) => {
      if (synthetic.arrays.indexOf(ref.array) !== 0) return data(ref);
      return (ref.chunk[3]! + ref.chunk[4]!) % 2 === 0 ? failed : data(ref);
    });
    const map = turn(30);
    const target = [
      map.xx * 333 + map.xy * 222 + map.x0,
      map.yx * 333 + map.yy * 222 + map.y0,
    ] as const;
    const view = { target, zoom: 0.5 };
    harness.stage.setScene(sceneOf(synthetic, [rendering({ color: "00FF00" })]));
    harness.stage.setView(view);
    const { bytes, width, height, tiles } = await harness.settledPicture();
    expect(tiles.corrupt).toBeGreaterThan(2);
    expect(tiles.data).toBeGreaterThan(2);
    let hatched = 0;
    let wrong = 0;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const dx = target[0] + (column + 0.5 - width / 2) / 2 ** view.zoom - map.x0;
        const dy = target[1] + (row + 0.5 - height / 2) / 2 ** view.zoom - map.y0;
        // The inverse of a turn is its transpose.
        const at = [map.xx * dx + map.yx * dy, map.xy * dx + map.yy * dy].map((i) => i + 0.5);
        const [tileX, tileY] = at.map((i) => Math.floor(i / 64));
        const isNearEdge = at.some((i) => Math.abs(i / 64 - Math.round(i / 64)) < 0.02);
        const red = bytes[(row * width + column) * 4]!;
        if (red > 0) hatched++;
        if (!isNearEdge && red > 0 !== ((tileX! + tileY!) % 2 === 0)) wrong++;
      }
    }
    expect(hatched).toBeGreaterThan(10_000);
    expect(wrong).toBe(0);
  });

  it("a value is read where the pixel is shown, and nothing beside the image", async () => {
    const map = turn(30);
    const synthetic = ragged(map);
    harness = stageHarness(allData(synthetic));
    harness.stage.setScene(sceneOf(synthetic));
    const at = (x: number, y: number) =>
      [map.xx * x + map.xy * y + map.x0, map.yx * x + map.yy * y + map.y0] as const;
    harness.stage.setView({ target: at(100, 200), zoom: 1 });
    await harness.settledPicture();
    for (const [x, y] of [
      [100, 200],
      [80, 210],
      [121, 187],
    ] as const) {
      const value = encodedValue({ level: 0, t: 0, c: 0, z: 0, y, x });
      const readout = harness.stage.valueAt(...at(x + 0.3, y - 0.3));
      expect(readout).toEqual({ level: 0, values: [{ channel: 0, value }] });
    }
    // In the rectangle around the image, but not on it.
    expect(harness.stage.valueAt(...at(350, -20))).toBeUndefined();
  });
});

it("a turned image covers another one where it lies, and nowhere else", async () => {
  const flat = syntheticImage(pyramid({ width: 300, height: 300, levels: 1, chunk: 64 }), "uint8");
  const levels = pyramid({ width: 100, height: 100, levels: 1, chunk: 64 });
  const turned = syntheticImage(slanted(levels, { ...turn(45), x0: 150, y0: 60 }), "uint8");
  const answers = [allData(flat, () => 200), allData(turned, () => 100)] as const;
  harness = stageHarness((ref) => answers[flat.arrays.includes(ref.array) ? 0 : 1](ref));
  const channels = [rendering({ window: { start: 0, end: 255 } })];
  harness.stage.setScene({
    layers: [layerOf(flat, { id: "below", channels }), layerOf(turned, { id: "above", channels })],
    background: "000000",
  });
  harness.stage.setView({ target: [150, 130], zoom: 0 });
  const { bytes, width, height } = await harness.settledPicture();
  const valueAt = (worldX: number, worldY: number) =>
    bytes[
      (Math.floor(worldY - 130 + height / 2) * width + Math.floor(worldX - 150 + width / 2)) * 4
    ];
  expect(valueAt(150, 130)).toBe(100);
  // The corner of the rectangle around the turned image.
  expect(valueAt(90, 70)).toBe(200);
  expect(valueAt(210, 190)).toBe(200);
});
