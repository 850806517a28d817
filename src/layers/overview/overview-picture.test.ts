import { expect, it } from "vitest";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { ChannelRendering } from "../scene.ts";
import { slanted, syntheticImage } from "../testing/synthetic-image.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { tileCatalogue } from "../tiles/tile-catalogue.ts";
import { overviewPicture } from "./overview-picture.ts";

const { image, arrays } = syntheticImage([
  { shape: [1, 2, 1, 64, 128], chunk: [1, 1, 1, 64, 64], scale: [1, 1, 1] },
  { shape: [1, 2, 1, 4, 8], chunk: [1, 1, 1, 4, 4], scale: [1, 16, 16] },
]);
const catalogue = tileCatalogue(image, arrays);

function channel(index: number, color: string): ChannelRendering {
  const window = { start: 0, end: 255 };
  return { index, visible: true, color, window, gamma: 1, inverted: false, lut: null };
}

/** Value 10 · row + column in the level's texels, 100 more in channel 1. */
function data(tile: PlannedTile): ChunkState {
  const elements = new Uint16Array(16).map(
    (_, i) => 10 * (tile.y + Math.floor(i / 4)) + tile.x + (i % 4) + 100 * tile.plane.channel,
  );
  const plane = { width: 4, height: 4, elements, texels: undefined, statistics: undefined };
  return { kind: "data", plane: { ...plane, byteLength: 32 } };
}

function picture(
  channels: readonly ChannelRendering[],
  stateOf: (tile: PlannedTile) => ChunkState | undefined,
) {
  const selection = image.defaultSelection;
  const bytes = overviewPicture({
    layers: [{ kind: "intensity", id: "image", selection, channels, members: [catalogue] }],
    bounds: catalogue.levels[0]!.bounds,
    width: 8,
    height: 4,
    stateOf,
  });
  return (x: number, y: number) => [...bytes.slice((y * 8 + x) * 4, (y * 8 + x) * 4 + 4)];
}

it("shows the coarsest level under each channel's window and colour, added up", () => {
  const at = picture([channel(0, "FF0000"), channel(1, "00FF00")], data);
  expect(at(0, 0)).toEqual([0, 100, 0, 255]);
  expect(at(7, 3)).toEqual([37, 137, 0, 255]);
  expect(at(5, 1)).toEqual([15, 115, 0, 255]);
});

it("leaves out what is hidden, and what has no window yet", () => {
  const hidden = { ...channel(0, "FF0000"), visible: false };
  const at = picture([hidden, { ...channel(1, "00FF00"), window: null }], data);
  expect(at(3, 2)).toEqual([42, 42, 42, 255]);
});

it("is grey where nothing is known, never black or another plane", () => {
  const at = picture([channel(0, "FFFFFF")], (tile) => {
    if (tile.x === 0) return data(tile);
    return { kind: "corrupt", code: "ZS-CRC", reason: "It is damaged." };
  });
  expect(at(3, 0)).toEqual([3, 3, 3, 255]);
  expect(at(4, 0)).toEqual([42, 42, 42, 255]);
  const fill = picture([channel(0, "FFFFFF")], () => ({ kind: "fill", value: 7 }));
  expect(fill(6, 2)).toEqual([7, 7, 7, 255]);
});

it("N6-23: a turned image lies turned in it, with nothing beside", () => {
  const levels = [{ shape: [1, 1, 1, 8, 8], chunk: [1, 1, 1, 8, 8], scale: [1, 1, 1] }] as const;
  const quarter = { xx: 1, xy: -1, x0: 0, yx: 1, yy: 1, y0: 0 };
  const turned = syntheticImage(slanted(levels, quarter));
  const members = [tileCatalogue(turned.image, turned.arrays)];
  const elements = new Uint16Array(64).map((_, i) => 10 * Math.floor(i / 8) + (i % 8));
  const plane = { width: 8, height: 8, elements, texels: undefined, statistics: undefined };
  const state: ChunkState = { kind: "data", plane: { ...plane, byteLength: 128 } };
  const { bounds } = members[0]!.levels[0]!;
  const selection = turned.image.defaultSelection;
  const layer = { kind: "intensity", id: "a", selection, members } as const;
  const bytes = overviewPicture({
    layers: [{ ...layer, channels: [channel(0, "FFFFFF")] }],
    bounds,
    width: 160,
    height: 160,
    stateOf: () => state,
  });
  // The index (x, y) lies at the world's (x − y, x + y), ten pixels each; the picture begins at (−8, −1).
  const at = (x: number, y: number) => {
    const pixel = (x + y + 1) * 10 * 160 + (x - y + 8) * 10;
    return [...bytes.slice(pixel * 4, pixel * 4 + 4)];
  };
  for (const [x, y] of [
    [0, 0],
    [5, 2],
    [7, 7],
  ] as const) {
    const grey = 10 * y + x;
    expect(at(x, y)).toEqual([grey, grey, grey, 255]);
  }
  expect([...bytes.slice(0, 4)]).toEqual([0, 0, 0, 0]);
  expect([...bytes.slice(-4)]).toEqual([0, 0, 0, 0]);
});
