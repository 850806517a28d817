import { expect, it } from "vitest";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { ChannelRendering } from "../scene.ts";
import { syntheticImage } from "../testing/synthetic-image.ts";
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
