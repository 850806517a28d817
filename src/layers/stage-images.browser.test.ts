import { afterEach, expect, it } from "vitest";
import type { PlaneRef } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import type { ChannelRendering, Scene, SceneLayer } from "./scene.ts";
import { referencePicture } from "./testing/reference-picture.ts";
import { catalogueOf, layerOf, rendering } from "./testing/scene-of.ts";
import { allData, type Picture, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import { pyramid, type SyntheticImage, syntheticImage } from "./testing/synthetic-image.ts";
import { type Affine, identity, scaleAndShift } from "./tiles/affine.ts";

const width = 300;
const height = 200;
const view = { target: [130.3, 90.6], zoom: 0.4 } as const;

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

/** Each image answers for its own arrays. */
function answerOf(images: readonly SyntheticImage[]): (ref: PlaneRef) => ChunkState {
  const answers = images.map((image) => ({ image, answer: allData(image) }));
  return (ref) => {
    const owner = answers.find(({ image }) => image.arrays.includes(ref.array));
    return owner ? owner.answer(ref) : { kind: "pending" };
  };
}

type Placed = { readonly image: SyntheticImage; readonly placement: Affine };

/** What each image gives alone under the view, as the rules say, the later over the earlier. */
function expectPictures(
  picture: Picture,
  placed: readonly Placed[],
  channels: readonly ChannelRendering[],
) {
  const expected = new Float64Array(width * height * 3);
  for (const { image, placement } of placed) {
    // All are shown at more than half of their own size, at their finest level.
    const zoom = view.zoom + Math.log2(placement.xx);
    const target = [
      (view.target[0] - placement.x0) / placement.xx,
      (view.target[1] - placement.y0) / placement.yy,
    ] as const;
    const alone = referencePicture({
      synthetic: image,
      view: { target, zoom },
      width,
      height,
      channels,
      planes: [{ level: 0, z: 0 }],
      background: "010203",
    });
    for (let i = 0; i < alone.length; i += 3) {
      const isOutside = alone[i] === 1 && alone[i + 1] === 2 && alone[i + 2] === 3;
      if (!isOutside) expected.set(alone.subarray(i, i + 3), i);
    }
  }
  let beyond = 0;
  let lit = 0;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let i = 0; i < 3; i++) {
      const [shown, right] = [picture.bytes[pixel * 4 + i]!, expected[pixel * 3 + i]!];
      if (Math.abs(shown - right) > 2) beyond++;
      if (right > 10) lit++;
    }
  }
  expect(lit).toBeGreaterThan(5000);
  expect(beyond).toBe(0);
}

function image(side: number, channels = 1): SyntheticImage {
  return syntheticImage(pyramid({ width: side, height: side, levels: 2, chunk: 32, channels }));
}

it("images in layers lie where they are placed, the later over the earlier", async () => {
  const [below, above] = [image(160), image(160)];
  const placement = scaleAndShift(0.6, 70, 0.6, 40);
  harness = stageHarness(answerOf([below, above]));
  const layers = [layerOf(below, { id: "below" }), layerOf(above, { id: "above", placement })];
  harness.stage.setScene({ layers, background: "000000" });
  harness.stage.setView(view);
  const picture = await harness.settledPicture();
  const placed = [
    { image: below, placement: identity },
    { image: above, placement },
  ];
  expectPictures(picture, placed, [rendering()]);

  // Read out is what is seen: the topmost image, in its own pixels.
  const world = [100, 100] as const;
  const index = [Math.round((world[0] - 70) / 0.6), Math.round((world[1] - 40) / 0.6)] as const;
  expect(harness.stage.valueAt(...world)?.values).toEqual([
    { channel: 0, value: ((index[0] * 13 + index[1] * 29) % 251) * 16 },
  ]);
  expect(harness.stage.valueAt(10, 20)?.values).toEqual([
    { channel: 0, value: ((10 * 13 + 20 * 29) % 251) * 16 },
  ]);
  expect(harness.stage.valueAt(-5, 20)).toBeUndefined();
});

it.each([1, 2, 5])(
  "many images side by side, %d channels, cost the calls of one",
  async (count) => {
    const images = Array.from({ length: 8 }, () => image(60, count));
    const colors = ["FF0000", "00FF00", "0000FF", "222222", "303030"];
    const channels = Array.from({ length: count }, (_, index) =>
      rendering({ index, color: count === 1 ? "FFFFFF" : colors[index]! }),
    );
    const placed = images.map((each, i) => ({
      image: each,
      placement: scaleAndShift(1, (i % 4) * 66, 1, Math.floor(i / 4) * 66),
    }));
    const layerWith = (members: readonly Placed[]): SceneLayer => ({
      kind: "intensity",
      id: "plate",
      channels,
      selection: images[0]!.image.defaultSelection,
      members: members.map((each) => catalogueOf(each.image, each.placement)),
    });
    const sceneWith = (members: readonly Placed[]): Scene => ({
      layers: [layerWith(members)],
      background: "000000",
    });
    harness = stageHarness(answerOf(images), { stage: { uploadBudgetMs: 1e4 } });
    harness.stage.setView(view);
    harness.stage.setScene(sceneWith(placed.slice(0, 1)));
    await harness.stage.settled();
    const calls = harness.statuses.at(-1)!.drawCalls;
    harness.stage.setScene(sceneWith(placed));
    const picture = await harness.settledPicture();
    expect(picture.tiles.data).toBe(32 * count);
    expect(harness.statuses.at(-1)!.drawCalls).toBe(calls);
    expectPictures(picture, placed, channels);
    // All coarse tiles are asked for before any fine one.
    const tiers = harness.chunks.wanted.map(({ priority }) => priority.tier);
    expect(tiers).toEqual([...tiers].sort());
  },
);

it("an image that fails is hatched alone; one that leaves the scene is wanted no more", async () => {
  const [good, bad] = [image(60), image(60)];
  const data = answerOf([good]);
  harness = stageHarness((ref) =>
    bad.arrays.includes(ref.array)
      ? { kind: "denied", code: "ZS-DENIED", reason: "No." }
      : data(ref),
  );
  const layers = [
    layerOf(good),
    layerOf(bad, { id: "bad", placement: scaleAndShift(1, 70, 1, 0) }),
  ];
  harness.stage.setScene({ layers, background: "000000" });
  harness.stage.setView(view);
  const { tiles } = await harness.settledPicture();
  expect(tiles).toMatchObject({ data: 4, denied: 4, pending: 0 });
  expect(harness.stage.tileAt(100, 20)).toMatchObject([{ channel: 0, state: { kind: "denied" } }]);
  expect(harness.stage.valueAt(100, 20)).toBeUndefined();
  harness.stage.setScene({ layers: [layers[0]!], background: "000000" });
  await harness.stage.settled();
  const wanted = harness.chunks.wanted;
  expect(wanted.every(({ ref }) => good.arrays.includes(ref.array))).toBe(true);
});

it("a predicted image is drawn where there are data, and nothing else is taken for granted", async () => {
  const [known, predicted] = [image(60), image(60)];
  const placement = scaleAndShift(1, 70, 1, 0);
  const data = answerOf([known, predicted]);
  harness = stageHarness((ref) =>
    ref.array === predicted.arrays[0] && ref.chunk.join() === "0,0,0,0,1"
      ? { kind: "fill", value: 0 }
      : data(ref),
  );
  const members = [catalogueOf(known), catalogueOf(predicted, placement)];
  const layer = { ...layerOf(known), members };
  const scene = {
    layers: [{ ...layer, provisional: new Set([members[1]!]) }],
    background: "000000",
  };
  harness.stage.setScene(scene);
  harness.stage.setView(view);
  await expect.poll(() => harness?.stage.drawn?.tiles.data).toBeGreaterThan(4);
  const drawn = harness.stage.drawn!;
  expect([...drawn.doubtful]).toEqual([members[1]]);
  expect(drawn.tiles.fill).toBe(0);
  expect(drawn.complete).toBe(false);
  expect(harness.stage.valueAt(75, 5)).toBeUndefined();
  expect(harness.stage.planesInView(0)).toHaveLength(4);

  harness.stage.setScene({ layers: [layer], background: "000000" });
  const { tiles } = await harness.settledPicture();
  expect(tiles).toMatchObject({ data: 7, fill: 1, pending: 0 });
  expect(harness.stage.drawn?.doubtful.size).toBe(0);
  expect(harness.stage.valueAt(75, 5)).toBeDefined();
});

it("one of many images that has fewer channels, or no such plane, shows nothing in its place", async () => {
  const [two, one] = [image(60, 2), image(60, 1)];
  const placement = scaleAndShift(1, 70, 1, 0);
  harness = stageHarness(answerOf([two, one]));
  const channels = [0, 1].map((index) => rendering({ index }));
  const members = [catalogueOf(two), catalogueOf(one, placement)];
  harness.stage.setScene({
    layers: [{ ...layerOf(two), channels, members }],
    background: "000000",
  });
  harness.stage.setView(view);
  const { tiles } = await harness.settledPicture();
  expect(tiles).toMatchObject({ data: 12, pending: 0 });
});
