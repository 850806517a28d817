import { afterEach, describe, expect, it, vi } from "vitest";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import { type HatchKind, hatchStyles } from "./gpu/hatch.ts";
import type { StageStatus } from "./scene.ts";
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
import { pyramid, type SyntheticImage, syntheticImage } from "./testing/synthetic-image.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

const pending: ChunkState = { kind: "pending" };
const view = { target: [150.3, 100.6], zoom: 0.4 } as const;
const onlyLevel = (level: number) => [{ level, z: 0 }];

function reference(synthetic: SyntheticImage, change: Partial<ReferenceInput>): Float64Array {
  return referencePicture({
    synthetic,
    view,
    width: 300,
    height: 200,
    channels: [rendering()],
    planes: onlyLevel(0),
    ...change,
  });
}

function expectSame(picture: Picture, expected: Float64Array): void {
  const { beyond2, where } = difference(picture, expected);
  expect({ beyond2, where: beyond2 ? where : "" }).toEqual({ beyond2: 0, where: "" });
}

describe("holes", () => {
  const levels = () => pyramid({ width: 600, height: 400, levels: 3, planes: 3, chunk: 50 });
  const isHole = (row: number, column: number) => (row * 2 + column) % 3 === 0;

  it("are filled by coarser levels, pixel by pixel, and only they", async () => {
    const synthetic = syntheticImage(levels());
    const data = allData(synthetic);
    harness = stageHarness(
      (ref) =>
        ref.array === synthetic.arrays[0] && isHole(ref.chunk[3]!, ref.chunk[4]!)
          ? pending
          : data(ref),
      { stage: { uploadBudgetMs: 1e4 } },
    );
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView(view);
    const full = ({ tiles }: StageStatus) => tiles.data > 5;
    await harness.pictureWhen(full);
    const picture = await harness.pictureWhen(full);
    const tileKind = (level: number, _z: number, _c: number, row: number, column: number) =>
      level === 0 && isHole(row, column) ? "hole" : "data";
    expectSame(
      picture,
      reference(synthetic, { planes: [...onlyLevel(0), ...onlyLevel(2)], tileKind }),
    );
  });

  it("are filled by sharper tiles first when zooming out", async () => {
    const synthetic = syntheticImage(levels());
    const data = allData(synthetic);
    harness = stageHarness(data, { stage: { uploadBudgetMs: 1e4 } });
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ ...view, zoom: 0 });
    await harness.settledPicture();
    harness.chunks.change((ref) => (ref.array === synthetic.arrays[1] ? pending : data(ref)));
    const out = { ...view, zoom: -1 };
    harness.stage.setView(out);
    const picture = await harness.pictureWhen(({ level }) => level === 1);
    // Of level 0 exactly the tiles of the view before are there.
    const shown = { x0: 150.3 - 150, x1: 150.3 + 150, y0: 100.6 - 100, y1: 100.6 + 100 };
    const tileKind = (level: number, _z: number, _c: number, row: number, column: number) => {
      if (level === 1) return "hole";
      if (level === 2) return "data";
      const [x, y] = [column * 50 - 0.5, row * 50 - 0.5];
      const seen = x < shown.x1 && x + 50 > shown.x0 && y < shown.y1 && y + 50 > shown.y0;
      return seen ? "data" : "hole";
    };
    expectSame(
      picture,
      reference(synthetic, {
        view: out,
        planes: [...onlyLevel(1), ...onlyLevel(0), ...onlyLevel(2)],
        tileKind,
      }),
    );
  });

  it("keep the old plane until the new one is there", async () => {
    const synthetic = syntheticImage(levels());
    const data = allData(synthetic);
    const arrived = new Set<string>();
    harness = stageHarness(
      (ref) => (ref.chunk[2] === 0 || arrived.has(ref.key) ? data(ref) : pending),
      { stage: { uploadBudgetMs: 1e4 } },
    );
    harness.stage.setView(view);
    harness.stage.setScene(sceneOf(synthetic));
    await harness.settledPicture();
    // Two steps along z, the first of them never seen.
    harness.stage.setScene(sceneOf(synthetic, [rendering()], { selection: { t: 0, z: 1 } }));
    await harness.pictureWhen(({ tiles }) => tiles.data === 0);
    harness.stage.setScene(sceneOf(synthetic, [rendering()], { selection: { t: 0, z: 2 } }));
    expectSame(
      await harness.pictureWhen(({ tiles }) => tiles.data === 0),
      reference(synthetic, {}),
    );
    for (const { ref } of harness.chunks.wanted) {
      if (ref.array === synthetic.arrays[0] && ref.chunk[4]! % 2) arrived.add(ref.key);
    }
    harness.chunks.change();
    const half = await harness.pictureWhen(({ tiles }) => tiles.data > 0);
    const tileKind = (
      _level: number,
      z: number,
      _c: number,
      _row: number,
      column: number,
    ): TileKind => (z === 0 || column % 2 ? "data" : "hole");
    const planes = [
      { level: 0, z: 2 },
      { level: 0, z: 0 },
    ];
    expectSame(half, reference(synthetic, { planes, tileKind }));
    for (const { ref } of harness.chunks.wanted) arrived.add(ref.key);
    harness.chunks.change();
    expectSame(
      await harness.settledPicture(),
      reference(synthetic, { planes: [{ level: 0, z: 2 }] }),
    );
  });
});

describe("tiles that are not image", () => {
  const levels = () => pyramid({ width: 600, height: 400, levels: 2, chunk: 100 });
  const kinds = ["denied", "error", "corrupt", "unverifiable"] as const;

  it("are hatched, each kind in its own look, over nothing; counted; and settle", async () => {
    const synthetic = syntheticImage(levels());
    const data = allData(synthetic);
    const kindOf = (column: number): HatchKind | undefined => kinds[column];
    harness = stageHarness((ref): ChunkState => {
      const kind = ref.chunk[3] === 1 ? kinds[ref.chunk[4]!] : undefined;
      return ref.array === synthetic.arrays[0] && kind
        ? { kind, code: "ZS-TEST", reason: `Made ${kind}.` }
        : data(ref);
    });
    const whole = { target: [199.5, 149.5], zoom: -0.5 } as const;
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ ...whole, zoom: 0 });
    const picture = await harness.settledPicture();
    expect(picture.tiles).toMatchObject({ denied: 1, error: 1, corrupt: 1, unverifiable: 1 });
    expect(picture.tiles.pending).toBe(0);
    // Device pixels: tile (1, column) spans x = 100·column − 50 … + 100, y = 50 … 150.
    const looks = new Set<string>();
    for (const [column, kind] of kinds.entries()) {
      const [left, right] = [Math.max(0, column * 100 - 50), Math.min(300, column * 100 + 50)];
      const color = [0, 2, 4].map((i) =>
        Number.parseInt(hatchStyles[kind].color.slice(i, i + 2), 16),
      );
      const tint = color.map((part) => Math.round(part * 0.15));
      let lines = 0;
      let look = "";
      for (let y = 50; y < 150; y++) {
        for (let x = left; x < right; x++) {
          const at = (y * 300 + x) * 4;
          const pixel = [...picture.bytes.slice(at, at + 3)];
          const isLine = pixel.every((part, i) => Math.abs(part - color[i]!) <= 1);
          const isTint = pixel.every((part, i) => Math.abs(part - tint[i]!) <= 1);
          expect(isLine || isTint).toBe(true);
          if (isLine) lines++;
          if (x < left + 12 && y < 62) look += isLine ? "#" : ".";
        }
      }
      expect(lines).toBeGreaterThan(500);
      expect(kindOf(column)).toBe(kind);
      looks.add(look);
    }
    expect(looks.size).toBe(4);
    expect(harness.stage.tileAt(200, 150)).toEqual([
      { channel: 0, state: { kind: "corrupt", code: "ZS-TEST", reason: "Made corrupt." } },
    ]);
    expect(harness.stage.valueAt(200, 150)?.level).toBe(1);
  });

  it("let the other channels through between the lines", async () => {
    const synthetic = syntheticImage(
      pyramid({ width: 300, height: 200, levels: 1, channels: 2, chunk: 300 }),
    );
    const data = allData(synthetic, () => 4000);
    harness = stageHarness((ref) =>
      ref.chunk[1] === 0 ? { kind: "error", code: "ZS-TEST", reason: "A test." } : data(ref),
    );
    harness.stage.setScene(
      sceneOf(synthetic, [rendering(), rendering({ index: 1, color: "00FF00" })]),
    );
    harness.stage.setView({ target: [149.5, 99.5], zoom: 0 });
    const { bytes } = await harness.settledPicture();
    const greenish = bytes.filter((byte, i) => i % 4 === 1 && byte > 200).length;
    expect(greenish).toBeGreaterThan(300 * 200 * 0.7);
  });

  it("come back when they are asked for again", async () => {
    const synthetic = syntheticImage(levels());
    const data = allData(synthetic);
    const states = new Map<string, ChunkState>();
    harness = stageHarness(data);
    const { chunks } = harness;
    // A client that forgets failures, as a retry does.
    chunks.state = (key) => states.get(key) ?? pending;
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView(view);
    await harness.pictureWhen(({ tiles }) => tiles.pending > 0);
    for (const { ref } of chunks.wanted) {
      states.set(ref.key, { kind: "denied", code: "ZS-TEST", reason: "A test." });
    }
    chunks.change();
    const failed = await harness.settledPicture();
    expect(failed.tiles.denied).toBeGreaterThan(0);
    for (const { ref } of chunks.wanted) states.set(ref.key, data(ref));
    chunks.change();
    expectSame(await harness.settledPicture(), reference(synthetic, {}));
  });

  it.each([0, 1000, 5000])("but fill (%d) are image, and take no texture memory", async (value) => {
    const synthetic = syntheticImage(levels());
    harness = stageHarness(() => ({ kind: "fill", value }));
    harness.stage.setScene(sceneOf(synthetic, [rendering({ color: "3366FF" })]));
    harness.stage.setView(view);
    const picture = await harness.settledPicture();
    expect(picture.tiles.data).toBe(0);
    expect(picture.tiles.fill).toBeGreaterThan(0);
    expectSame(
      picture,
      reference(synthetic, { channels: [rendering({ color: "3366FF" })], encode: () => value }),
    );
    expect(harness.stage.valueAt(150, 100)).toEqual({ level: 0, values: [{ channel: 0, value }] });
  });

  it("are nothing at all where fill is NaN", async () => {
    const synthetic = syntheticImage(levels(), "float32");
    harness = stageHarness(() => ({ kind: "fill", value: Number.NaN }));
    harness.stage.setScene(sceneOf(synthetic, [rendering({ inverted: true })]));
    harness.stage.setView(view);
    expectSame(await harness.settledPicture(), new Float64Array(300 * 200 * 3));
  });
});

describe("the pool", () => {
  it("draws tiles of one format from several pages", async () => {
    const synthetic = syntheticImage(pyramid({ width: 2400, height: 1600, levels: 1, chunk: 100 }));
    // 12 × 8 tiles of 128² × 2 bytes against pages of at most an eighth of the budget: 8 tiles a page.
    harness = stageHarness(allData(synthetic), {
      stage: { gpuBudgetBytes: 8 * 8 * 128 * 128 * 2 * 4 },
    });
    const wide = { target: [1200.4, 800.3], zoom: -2 } as const;
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView(wide);
    const picture = await harness.settledPicture();
    expect(harness.statuses.at(-1)?.drawCalls).toBeGreaterThan(3);
    expectSame(picture, reference(synthetic, { view: wide }));
  });

  it("evicts under pressure what is not on screen, and uploads it again", async () => {
    const synthetic = syntheticImage(pyramid({ width: 3000, height: 400, levels: 1, chunk: 64 }));
    const budget = 64 * 64 * 2 * 70;
    harness = stageHarness(allData(synthetic), { stage: { gpuBudgetBytes: budget } });
    harness.stage.setScene(sceneOf(synthetic));
    const places = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [200.3 + 350 * i, 200.2] as const);
    for (const target of [...places, ...places.toReversed()]) {
      const here = { target, zoom: 0 };
      harness.stage.setView(here);
      expectSame(await harness.settledPicture(), reference(synthetic, { view: here }));
      expect(harness.statuses.at(-1)!.gpuBytes).toBeLessThanOrEqual(budget);
    }
  });

  it.each([1, 2])(
    "G06 a driver that has no memory for page %d is believed: nothing black is shown",
    async (refused) => {
      const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 1, chunk: 64 }));
      let pages = 0;
      let isRefused = false;
      const { texStorage3D, getError } = WebGL2RenderingContext.prototype;
      const storing = vi
        .spyOn(WebGL2RenderingContext.prototype, "texStorage3D")
        .mockImplementation(function (this: WebGL2RenderingContext, ...args) {
          pages++;
          // Without storage the texture is incomplete, and all its texels are 0: just as on a card that is full.
          if (pages >= refused) isRefused = true;
          else texStorage3D.apply(this, args);
        });
      const asking = vi
        .spyOn(WebGL2RenderingContext.prototype, "getError")
        .mockImplementation(function (this: WebGL2RenderingContext) {
          if (!isRefused) return getError.call(this);
          isRefused = false;
          return WebGL2RenderingContext.OUT_OF_MEMORY;
        });
      try {
        // A page of eight tiles at the most.
        const gpuBudgetBytes = 64 * 64 * 2 * 64;
        harness = stageHarness(allData(synthetic), { stage: { gpuBudgetBytes } });
        harness.stage.setScene(sceneOf(synthetic));
        harness.stage.setView(view);
        const { tiles } = await harness.settledPicture();
        expect(tiles.error).toBeGreaterThan(0);
        expect(tiles.pending).toBe(0);
        expect(tiles.data > 0).toBe(refused > 1);
        expect(pages).toBe(refused);
        expect(harness.stage.tileAt(258, 172)).toMatchObject([{ state: { code: "ZS-GPU" } }]);
      } finally {
        storing.mockRestore();
        asking.mockRestore();
      }
    },
  );

  it("spends only its share of a frame on uploads, at least one tile", async () => {
    const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 1, chunk: 64 }));
    const first = syntheticImage(pyramid({ width: 64, height: 64, levels: 1, chunk: 64 }));
    harness = stageHarness(allData(synthetic), { stage: { uploadBudgetMs: 0 } });
    // A first image is kept back until it is whole; what it is exchanged for is shown as it comes.
    harness.stage.setScene(sceneOf(first));
    harness.stage.setView(view);
    await harness.stage.settled();
    const before = harness.statuses.length;
    harness.stage.setScene(sceneOf(synthetic));
    const { tiles } = await harness.settledPicture();
    expect(tiles.data).toBeGreaterThan(10);
    expect(harness.statuses.length - before).toBeGreaterThanOrEqual(tiles.data - 1);
  });

  it("G06 turns to a coarser level rather than to more memory than it has", async () => {
    const synthetic = syntheticImage(pyramid({ width: 1200, height: 800, levels: 3, chunk: 64 }));
    harness = stageHarness(allData(synthetic), { stage: { gpuBudgetBytes: 64 * 64 * 2 * 10 } });
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ target: [600.2, 400.4], zoom: 0 });
    const { tiles } = await harness.settledPicture();
    expect(tiles.data).toBeLessThanOrEqual(10);
    expect(harness.statuses.at(-1)!.level).toBe(1);
  });

  it("hatches what is too much even for the coarsest level", async () => {
    const synthetic = syntheticImage(pyramid({ width: 1200, height: 800, levels: 1, chunk: 20 }));
    harness = stageHarness(allData(synthetic), { stage: { maxTilesPerChannel: 20 } });
    harness.stage.setScene(sceneOf(synthetic));
    harness.stage.setView({ target: [600, 400], zoom: 0 });
    const { tiles, bytes } = await harness.settledPicture();
    expect(tiles.data).toBe(20);
    const grey = Number.parseInt(hatchStyles.omitted.color.slice(0, 2), 16);
    expect([grey, Math.round(grey * 0.15)]).toContain(bytes[0]);
  });
});
