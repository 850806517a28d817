import { afterEach, describe, expect, it } from "vitest";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import type { ChannelRendering } from "./scene.ts";
import {
  type ReferenceInput,
  referencePicture,
  type TileKind,
} from "./testing/reference-picture.ts";
import { rendering, sceneOf } from "./testing/scene-of.ts";
import {
  allData,
  difference,
  type Picture,
  type StageHarness,
  stageHarness,
} from "./testing/stage-harness.ts";
import { type ElementPlace, pyramid, syntheticImage } from "./testing/synthetic-image.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

const view = { target: [150.3, 100.6], zoom: -0.6 } as const;
const colors = ["FF0000", "00FF00", "0000FF", "804020", "208040"];
const channelCounts = [2, 3, 4, 5, 9];

function channelsOf(count: number, change: Partial<ChannelRendering> = {}): ChannelRendering[] {
  // Dim enough that no sum is cut off at white.
  const window = { start: -50, end: 1200 * count };
  return Array.from({ length: count }, (_, index) =>
    rendering({ index, color: colors[index % colors.length]!, window, ...change }),
  );
}

/** Another picture in every channel; NaN where a channel of floats has nothing. */
function encodeFor(dataType: "uint16" | "int32" | "float32") {
  return ({ level, c, y, x }: ElementPlace) => {
    if (dataType === "float32" && (x + y + 3 * c) % 7 === 0) return Number.NaN;
    return ((x * 2 ** level + y * 3 * 2 ** level + 211 * c) % 997) + (c + 1) * 10;
  };
}

/** What is there of each channel is another third of the tiles; of floats, some of the others are all NaN. */
function patchy(level: number, channel: number, row: number, column: number): TileKind {
  if (level === 2) return "data";
  const dice = (row * 7 + column * 5 + channel * 3 + level * 11) % 6;
  if (row < 2 && column < 2) return "data";
  return dice < 3 ? "data" : dice === 3 ? "blocked" : "hole";
}

/** Of the finest level seen from `view`, unless told otherwise. */
function expectReference(
  picture: Picture,
  input: Pick<ReferenceInput, "synthetic" | "channels" | "encode"> & Partial<ReferenceInput>,
): void {
  const { width, height } = picture;
  const expected = referencePicture({
    view,
    planes: [{ level: 0, z: 0 }],
    ...input,
    width,
    height,
  });
  expect(difference(picture, expected)).toMatchObject({ beyond2: 0 });
}

describe.each(["uint16", "int32", "float32"] as const)("channels of %s", (dataType) => {
  const encode = encodeFor(dataType);
  const imageOf = (channels: number) =>
    syntheticImage(pyramid({ width: 600, height: 400, levels: 3, channels, chunk: 50 }), dataType);

  it.each(channelCounts)(
    "%d of them with the same tiles are drawn four at a time",
    async (count) => {
      const synthetic = imageOf(count);
      const channels = channelsOf(count);
      harness = stageHarness(allData(synthetic, encode), { stage: { uploadBudgetMs: 1e4 } });
      harness.stage.setView(view);
      harness.stage.setScene(sceneOf(synthetic, channels));
      const picture = await harness.settledPicture();
      expectReference(picture, { synthetic, channels, encode });
      // One call is the black below; tiles of more channels lie on several pages.
      const { drawCalls } = harness.statuses.at(-1)!;
      if (count <= 4) expect(drawCalls).toBe(2);
      else expect(drawCalls).toBeLessThan(1 + count);
    },
  );

  it.each(channelCounts)("%d of them with different tiles show each its own", async (count) => {
    const synthetic = imageOf(count);
    const channels = channelsOf(count);
    const data = allData(synthetic, encode);
    const kindOf = (level: number, channel: number, row: number, column: number): TileKind => {
      const kind = patchy(level, channel, row, column);
      return kind === "blocked" && dataType !== "float32" ? "hole" : kind;
    };
    const nothing: ChunkState = { kind: "fill", value: Number.NaN };
    harness = stageHarness(
      (ref) => {
        const [, channel = 0, , row = 0, column = 0] = ref.chunk;
        const level = synthetic.arrays.indexOf(ref.array);
        const kind = kindOf(level, channel, row, column);
        if (kind === "data") return data(ref);
        return kind === "blocked" ? nothing : { kind: "pending" };
      },
      { stage: { uploadBudgetMs: 1e4 } },
    );
    harness.stage.setView(view);
    harness.stage.setScene(sceneOf(synthetic, channels));
    const isDrawn = ({ tiles }: { tiles: { data: number } }) => tiles.data > count;
    await harness.pictureWhen(isDrawn);
    const picture = await harness.pictureWhen(isDrawn);
    expectReference(picture, {
      synthetic,
      channels,
      planes: [
        { level: 0, z: 0 },
        { level: 2, z: 0 },
      ],
      encode,
      tileKind: (level, _z, channel, row, column) => kindOf(level, channel, row, column),
    });
  });
});

it("channels of one group have windows, gammas and inversion of their own, near and far", async () => {
  const encode = encodeFor("uint16");
  const synthetic = syntheticImage(
    pyramid({ width: 600, height: 400, levels: 1, channels: 3, chunk: 50 }),
  );
  const channels = [
    rendering({ index: 0, color: "FF0000", window: { start: 100, end: 700 }, gamma: 0.5 }),
    rendering({ index: 1, color: "00FF00", window: { start: 0, end: 1 } }),
    rendering({ index: 2, color: "0000FF", window: { start: 900, end: 20 }, inverted: true }),
  ];
  harness = stageHarness(allData(synthetic, encode), { stage: { uploadBudgetMs: 1e4 } });
  harness.stage.setScene(sceneOf(synthetic, channels));
  for (const zoom of [-0.6, 0, 1.4]) {
    const here = { ...view, zoom };
    harness.stage.setView(here);
    const picture = await harness.settledPicture();
    expectReference(picture, { synthetic, view: here, channels, encode });
  }
});
