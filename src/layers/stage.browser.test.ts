import { afterEach, describe, expect, it } from "vitest";
import type { ViewState } from "./scene.ts";
import { type ReferenceInput, referencePicture } from "./testing/reference-picture.ts";
import {
  allData,
  difference,
  rendering,
  type StageHarness,
  sceneOf,
  stageHarness,
} from "./testing/stage-harness.ts";
import { pyramid, type SyntheticImage, syntheticImage } from "./testing/synthetic-image.ts";

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
  const reference = referencePicture({
    synthetic,
    view,
    width: picture.width,
    height: picture.height,
    channels,
    ...input,
  });
  const { largest, beyond2, where } = difference(picture, reference);
  expect({ beyond2, where: beyond2 ? where : "" }).toEqual({ beyond2: 0, where: "" });
  expect(largest).toBeLessThanOrEqual(2);
  return picture;
}

describe("a picture within 2/255 of the reference", () => {
  // Ragged edges at all levels, a pyramid of 2.
  const ragged = () => syntheticImage(pyramid({ width: 1500, height: 1111, levels: 5, chunk: 64 }));

  it("in overview", async () => {
    const synthetic = ragged();
    harness = stageHarness(allData(synthetic));
    const view = harness.stage.fitView(synthetic.image);
    await expectPicture(synthetic, view, {
      planes: [
        { level: 2, z: 0 },
        { level: 3, z: 0 },
        { level: 4, z: 0 },
      ],
      background: "FFFFFF",
    });
  });

  it("at 1:1", async () => {
    const synthetic = ragged();
    harness = stageHarness(allData(synthetic));
    harness.stage.setScene(sceneOf(synthetic));
    const view = harness.stage.oneToOneView({ target: [700.3, 500.7], zoom: -3 });
    expect(view.zoom).toBe(0);
    await expectPicture(synthetic, view, { planes: [{ level: 0, z: 0 }] });
  });

  it("at 0.37×, 8× and 32×, at the ragged corner too", async () => {
    const synthetic = ragged();
    for (const [zoom, level] of [
      [Math.log2(0.37), 1],
      [3, 0],
      [5, 0],
    ] as const) {
      for (const target of [
        [700.3, 500.7],
        [1499.2, 1110.4],
        [0.3, -0.2],
      ] as const) {
        await expectPicture(
          synthetic,
          { target, zoom },
          {
            planes: [{ level, z: 0 }],
            background: "204060",
          },
        );
      }
    }
  });
});
