import { afterEach, describe, expect, it } from "vitest";
import type { DataType } from "../zarr/array/data-type.ts";
import type { PlaneRef } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import type { ChannelRendering, ViewState } from "./scene.ts";
import { type ReferenceInput, referencePicture } from "./testing/reference-picture.ts";
import { rendering, sceneOf } from "./testing/scene-of.ts";
import { allData, difference, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import { pyramid, type SyntheticImage, syntheticImage } from "./testing/synthetic-image.ts";
import { fitView, imageFraming, oneToOneView, sceneFraming } from "./tiles/view-framing.ts";
import { canvasSize } from "./tiles/view-rect.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

/** Settles on a view and compares the whole canvas with the reference. */
async function expectPicture(
  synthetic: SyntheticImage,
  view: ViewState,
  input: Partial<ReferenceInput> & Pick<ReferenceInput, "planes">,
) {
  harness ??= stageHarness(allData(synthetic, input.encode));
  const channels = input.channels ?? [rendering()];
  harness.stage.setScene(
    sceneOf(synthetic, channels, { background: input.background ?? "000000" }),
  );
  harness.stage.setView(view);
  const picture = await harness.settledPicture();
  const { width, height } = picture;
  const reference = referencePicture({ synthetic, view, width, height, channels, ...input });
  const { beyond2, where } = difference(picture, reference);
  expect({ beyond2, where: beyond2 ? where : "" }).toEqual({ beyond2: 0, where: "" });
  return picture;
}

const onlyLevel = (level: number) => [{ level, z: 0 }];

describe("a picture within 2/255 of the reference", () => {
  // Ragged edges at all levels.
  const ragged = () => syntheticImage(pyramid({ width: 1500, height: 1111, levels: 5, chunk: 64 }));

  it("in overview, with the background outside the image", async () => {
    const synthetic = ragged();
    harness = stageHarness(allData(synthetic));
    const view = fitView(imageFraming(synthetic.image), { widthPx: 300, heightPx: 200 });
    await expectPicture(synthetic, view, { planes: onlyLevel(2), background: "FFFFFF" });
    expect(harness.statuses.at(-1)?.level).toBe(2);
  });

  it("at 1:1, texel on pixel", async () => {
    const synthetic = ragged();
    harness = stageHarness(allData(synthetic));
    harness.stage.setScene(sceneOf(synthetic));
    const aside = { target: [700.3, 500.7], zoom: -3 } as const;
    const view = oneToOneView(
      sceneFraming(sceneOf(synthetic)),
      aside,
      canvasSize(harness.stage.canvas),
    );
    expect(view.zoom).toBe(0);
    await expectPicture(synthetic, view, { planes: onlyLevel(0) });
  });

  it.each([
    [Math.log2(0.37), 1],
    [3, 0],
    [5, 0],
  ])("at a zoom of %d, also at the ragged corner", async (zoom, level) => {
    const synthetic = ragged();
    for (const target of [
      [700.3, 500.7],
      [1499.2, 1110.4],
      [0.3, -0.2],
    ] as const) {
      const view = { target, zoom };
      await expectPicture(synthetic, view, { planes: onlyLevel(level), background: "204060" });
    }
  });

  it("at any place between the pixels, without a crack at any tile's edge", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 900, height: 900, levels: 2, chunk: 20 }),
      "uint8",
    );
    harness = stageHarness(allData(synthetic, () => 255));
    const channels = [rendering({ window: { start: 0, end: 255 } })];
    for (let i = 0; i < 24; i++) {
      const view = { target: [400 + i / 16.3, 400 + i / 7.1] as const, zoom: -1.3 + i * 0.17 };
      harness.stage.setScene(sceneOf(synthetic, channels));
      harness.stage.setView(view);
      const { bytes } = await harness.settledPicture();
      expect(bytes.every((byte) => byte === 255)).toBe(true);
    }
  });

  it("on an anisotropic pyramid with an anisotropic pixel", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 1500, height: 700, levels: 4, factor: [1, 2], chunk: 100 }).map(
        ({ scale: [z, y, x], ...level }) => ({ ...level, scale: [z, y * 0.7, x * 0.4] as const }),
      ),
    );
    const view = { target: [310.3, 240.7], zoom: -0.3 } as const;
    // A device pixel is 1.23 world units: x texels of 0.8 fit, y has 0.7 everywhere.
    await expectPicture(synthetic, view, { planes: onlyLevel(1) });
    await expectPicture(synthetic, { ...view, zoom: 1 }, { planes: onlyLevel(0) });
  });

  it("on a pyramid of 4 whose levels overlap, also while the chosen level has holes", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 1500, height: 1111, levels: 3, factor: [4, 4], chunk: 64 }),
    );
    const data = allData(synthetic);
    const missing = (level: number, row: number, column: number) =>
      level === 1 && (row + column) % 3 === 0;
    // All in one frame, however busy the machine: the first picture with holes is looked at.
    const stage = { uploadBudgetMs: 10_000 };
    const answer = (ref: PlaneRef): ChunkState =>
      missing(synthetic.arrays.indexOf(ref.array), ref.chunk[3]!, ref.chunk[4]!)
        ? { kind: "pending" }
        : data(ref);
    harness = stageHarness(answer, { stage });
    const view = { target: [749.5, 555], zoom: -2.4 } as const;
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView(view);
    const isFull = (data: number) => data >= 10;
    const holes = await harness.pictureWhen(({ tiles }) => isFull(tiles.data) && tiles.pending > 0);
    const reference = referencePicture({
      synthetic,
      view,
      width: 300,
      height: 200,
      channels: [rendering()],
      planes: [...onlyLevel(1), ...onlyLevel(2)],
      tileKind: (level, _z, _c, row, column) => (missing(level, row, column) ? "hole" : "data"),
    });
    expect(difference(holes, reference).beyond2).toBe(0);
    harness.chunks.change(data);
    await expectPicture(synthetic, view, { planes: onlyLevel(1) });
  });

  it("at the far corner of a 921600 × 380928 image at 8×", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 921_600, height: 380_928, levels: 10, chunk: 512 }),
    );
    for (const target of [
      [921_590.3, 380_919.9],
      [921_087.6, 380_415.3],
    ] as const) {
      await expectPicture(synthetic, { target, zoom: 3 }, { planes: onlyLevel(0) });
    }
    expect(harness?.statuses.at(-1)?.level).toBe(0);
  });

  it("of a world in small units far from its origin", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 3000, height: 2000, levels: 3 }).map((level) => ({
        ...level,
        scale: [1, level.scale[1] * 1e-7, level.scale[2] * 1e-7] as const,
        translation: [0, 40 + level.scale[1] * 5e-8, -70 + level.scale[2] * 5e-8] as const,
      })),
    );
    const view = { target: [-70 + 2.9e-4, 40 + 1.9e-4], zoom: Math.log2(8e7) } as const;
    await expectPicture(synthetic, view, { planes: onlyLevel(0) });
  });
});

describe("channels", () => {
  const palette = ["FF0000", "00FF00", "0000FF", "FFFF00", "00FFFF", "FF00FF"];
  const many = (count: number, window: ChannelRendering["window"]) =>
    Array.from({ length: count }, (_, index) =>
      rendering({ index, color: palette[index % 6]!, window }),
    );

  it.each([2, 3, 8, 12])("%d of them add up", async (count) => {
    const synthetic = syntheticImage(
      pyramid({ width: 700, height: 500, levels: 2, channels: count }),
    );
    const channels = many(count, { start: 100, end: 4000 * Math.max(1, count / 4) });
    for (const zoom of [-0.3, 2.1]) {
      const view = { target: [350.3, 250.6], zoom } as const;
      await expectPicture(synthetic, view, {
        planes: onlyLevel(0),
        channels,
        background: "FFFFFF",
      });
    }
  });

  it("reverse their ramp when inverted, inside the image only; gamma bends it", async () => {
    const synthetic = syntheticImage(pyramid({ width: 100, height: 80, levels: 1, channels: 2 }));
    await expectPicture(
      synthetic,
      { target: [50, 40], zoom: 1 },
      {
        planes: onlyLevel(0),
        channels: [
          rendering({ color: "00FFFF", inverted: true }),
          rendering({ index: 1, color: "FF0000", gamma: 0.5, window: { start: 500, end: 3000 } }),
        ],
        background: "FFFFFF",
      },
    );
  });

  it("are fetched but not drawn until their window is known, and need no fetch when toggled", async () => {
    const synthetic = syntheticImage(pyramid({ width: 200, height: 200, levels: 1, channels: 2 }));
    harness = stageHarness(allData(synthetic));
    harness.stage.setView({ target: [100, 100], zoom: 0 });
    harness.stage.setScene(sceneOf(synthetic, [rendering({ window: null })]));
    const black = await harness.settledPicture();
    expect(black.tiles.data).toBe(16);
    expect(black.bytes.some((byte, i) => i % 4 < 3 && byte > 0)).toBe(false);
    const channels = [rendering(), rendering({ index: 1, visible: false })];
    harness.stage.setScene(sceneOf(synthetic, channels));
    await harness.settledPicture();
    expect(new Set(harness.chunks.wanted.map(({ ref }) => ref.chunk[1]))).toEqual(new Set([0]));
  });
});

describe("data types", () => {
  const signed = ({ x, y }: { x: number; y: number }) => ((x * 7 + y * 13) % 120) - 60;
  const cases: [DataType, (place: { x: number; y: number }) => number, number, number][] = [
    ["bool", ({ x, y }) => (x + y) % 2, 0, 1],
    ["uint8", ({ x, y }) => (x * 3 + y * 5) % 256, 10, 250],
    ["int8", signed, -50, 50],
    ["int16", (place) => signed(place) * 500, -30_000, 25_000],
    ["uint16", ({ x, y }) => (x * 300 + y * 7) % 65_536, 0, 65_535],
    ["int32", (place) => signed(place) - 2_000_000_000, -2_000_000_060, -1_999_999_950],
    ["uint32", (place) => signed(place) + 4_294_967_000, 4_294_966_940, 4_294_967_050],
    ["float16", (place) => signed(place) / 8, -7, 7],
    ["float32", (place) => signed(place) / 1000, -0.05, 0.06],
    ["float64", (place) => signed(place) / 1000, -0.05, 0.06],
    ["int64", signed, -50, 50],
    ["uint64", ({ x, y }) => (x * 3 + y * 5) % 256, 0, 255],
  ];
  it.each(cases)(
    "%s, near its limits, nearest and bilinear",
    async (dataType, encode, start, end) => {
      const synthetic = syntheticImage(
        pyramid({ width: 333, height: 251, levels: 1, chunk: 77 }),
        dataType,
      );
      for (const zoom of [-0.7, 1.3]) {
        await expectPicture(
          synthetic,
          { target: [160.3, 120.7], zoom },
          { planes: onlyLevel(0), encode, channels: [rendering({ window: { start, end } })] },
        );
      }
    },
  );

  it("C12 float32 with NaN and infinities: NaN draws nothing, also when inverted", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 200, height: 150, levels: 2, chunk: 50 }),
      "float32",
    );
    const encode = ({ x, y }: { x: number; y: number }) => {
      if ((x + 2 * y) % 7 === 0) return Number.NaN;
      if (x % 31 === 0) return y % 2 ? 1e38 : -1e38;
      return (x * 5 + y * 3) % 100;
    };
    for (const [zoom, inverted] of [
      [2.3, false],
      [2.3, true],
      [-0.4, false],
    ] as const) {
      await expectPicture(
        synthetic,
        { target: [100.3, 75.6], zoom },
        {
          planes: onlyLevel(0),
          encode,
          channels: [rendering({ inverted, window: { start: 0, end: 100 } })],
        },
      );
    }
    const infinite = ({ x }: { x: number }) =>
      x % 2 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    harness?.destroy();
    harness = undefined;
    await expectPicture(
      synthetic,
      { target: [100.3, 75.6], zoom: 2.3 },
      { planes: onlyLevel(0), encode: infinite },
    );
  });
});
