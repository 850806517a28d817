import { expect } from "@playwright/test";
import { levelWorldFromIndex, virtualValue } from "../store/virtual-image.ts";
import { fieldImage, type VirtualPlate } from "../store/virtual-plate.ts";
import type { Viewer } from "./viewer.ts";

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

/** Compares what is drawn of a well at a level, on a plate of which none is opened, with the well's definition. */
async function expectWellScreen(
  viewer: Viewer,
  plate: VirtualPlate,
  row: number,
  column: number,
  level: number,
): Promise<void> {
  const image = fieldImage(plate, row, column);
  const [height, width] = image.shape.slice(-2) as [number, number];
  const { scale, translation } = levelWorldFromIndex(image, 0);
  const [pixel, y0, x0] = [scale.at(-1)!, translation.at(-2)!, translation.at(-1)!];
  const { target, zoom } = await viewer.view();
  const perUnit = (Math.max(height, width) * pixel) / cellFill;
  const { widthPx, heightPx, devicePixelRatio } = await viewer.geometry();
  const unitPx = 2 ** zoom * devicePixelRatio;
  const along = (lengthPx: number, from: number) => {
    const at = (lengthPx * devicePixelRatio) / 2 + (from - cellFill / 2) * unitPx;
    const end = Math.min(lengthPx * devicePixelRatio, at + cellFill * unitPx);
    return [Math.max(0, Math.floor(at)), Math.floor(end)] as const;
  };
  const [left, right] = along(widthPx, column - target[0]);
  const [top, bottom] = along(heightPx, row - target[1]);
  await viewer.expectScreen(image, {
    level,
    within: { x0: left, y0: top, x1: right, y1: bottom },
    // Some hundreds of pixels, whatever the zoom.
    cellPx: Math.max(1, Math.floor(unitPx / 24)),
    atLeast: 40,
    view: {
      target: [
        x0 + ((width - 1) / 2) * pixel + (target[0] - column) * perUnit,
        y0 + ((height - 1) / 2) * pixel + (target[1] - row) * perUnit,
      ],
      zoom: zoom - Math.log2(perUnit),
    },
  });
}

/** Reads a well at some of its pixels and compares every channel with the well's definition; returns the level that was read. */
export async function expectWell(
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

/** Compares wells, on a plate of which none is opened, with their definition: values, and what is drawn at the level that was read. */
export async function expectWells(
  viewer: Viewer,
  plate: VirtualPlate,
  places: readonly (readonly [row: number, column: number])[],
): Promise<void> {
  for (const [row, column] of places) {
    const level = await expectWell(viewer, plate, row, column);
    await expectWellScreen(viewer, plate, row, column, level);
  }
}
