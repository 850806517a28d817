import { afterEach, describe, expect, it } from "vitest";
import { loadLuts } from "./luts/load-luts.ts";
import { lutColor } from "./luts/lut-table.ts";
import type { ChannelRendering } from "./scene.ts";
import { referencePicture } from "./testing/reference-picture.ts";
import { rendering, sceneOf } from "./testing/scene-of.ts";
import { allData, difference, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import { pyramid, type SyntheticImage, syntheticImage } from "./testing/synthetic-image.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

const view = { target: [128, 50], zoom: 0.1 } as const;
/** Every value 0 … 4000 lies in a row. */
const ramp = ({ x }: { x: number }) => Math.round((x / 255) * 4000);
const gradient = (channels = 1) =>
  syntheticImage(pyramid({ width: 256, height: 100, levels: 1, channels, chunk: 100 }), "uint16");

async function expectChannels(synthetic: SyntheticImage, channels: readonly ChannelRendering[]) {
  harness ??= stageHarness(allData(synthetic, ramp));
  harness.stage.setScene(sceneOf(synthetic, channels));
  harness.stage.setView(view);
  const picture = await harness.settledPicture();
  const { width, height } = picture;
  const reference = referencePicture({
    synthetic,
    view,
    width,
    height,
    channels,
    planes: [{ level: 0, z: 0 }],
    encode: ramp,
  });
  const { beyond2, where } = difference(picture, reference);
  expect({ beyond2, where: beyond2 ? where : "" }).toEqual({ beyond2: 0, where: "" });
  return picture;
}

describe("a channel's colours within 2/255 of the reference", () => {
  it("by each lookup table, as they are and inverted, without a new program", async () => {
    const synthetic = gradient();
    for (const lut of (await loadLuts()).values()) {
      for (const inverted of [false, true]) {
        await expectChannels(synthetic, [rendering({ lut, inverted, color: "FF0000" })]);
      }
    }
    expect(harness?.statuses.at(-1)?.drawCalls).toBeLessThan(6);
  });

  it.each([0.1, 0.5, 2, 5])("with gamma %d, with and without a lookup table", async (gamma) => {
    const synthetic = gradient();
    const magma = (await loadLuts()).get("magma")!;
    for (const inverted of [false, true]) {
      await expectChannels(synthetic, [rendering({ gamma, inverted, color: "40FF80" })]);
      await expectChannels(synthetic, [rendering({ gamma, inverted, lut: magma })]);
    }
  });

  it("with one channel by table and others by colour, added up", async () => {
    const luts = await loadLuts();
    const synthetic = gradient(5);
    const dim = { start: 0, end: 16_000 };
    for (const count of [2, 5]) {
      await expectChannels(
        synthetic,
        Array.from({ length: count }, (_, index) =>
          rendering({
            index,
            window: dim,
            color: ["FF0000", "00FF00", "0000FF"][index % 3]!,
            lut: index === 1 ? luts.get("inferno")! : null,
          }),
        ),
      );
    }
  });

  it("of tiles that are one value; a tile that failed gets none, even of a table that begins bright", async () => {
    const greens = (await loadLuts()).get("greens")!;
    const synthetic = gradient();
    harness = stageHarness(() => ({ kind: "fill", value: 1000 }));
    const lut = rendering({ lut: greens });
    harness.stage.setScene(sceneOf(synthetic, [lut]));
    harness.stage.setView({ target: [128, 50], zoom: 2 });
    const { bytes } = await harness.settledPicture();
    const expected = lutColor(greens, 0.25);
    const worst = (pixels: Uint8Array, color: readonly number[]) =>
      Math.max(...color.map((part, i) => Math.abs(pixels[i]! - part)));
    expect(worst(bytes, expected)).toBeLessThanOrEqual(2);
    harness.destroy();
    harness = stageHarness(() => ({ kind: "corrupt", code: "ZS-CRC", reason: "" }));
    harness.stage.setScene(sceneOf(synthetic, [lut]));
    harness.stage.setView({ target: [128, 50], zoom: 2 });
    const failed = await harness.settledPicture();
    let coloured = 0;
    for (let i = 0; i < failed.bytes.length; i += 4) {
      if (worst(failed.bytes.subarray(i, i + 4), lutColor(greens, 0)) <= 2) coloured++;
    }
    expect(coloured).toBe(0);
  });
});

it("no setting of a channel is part of what is wanted, nor of its order", async () => {
  const synthetic = syntheticImage(
    pyramid({ width: 900, height: 700, levels: 3, channels: 2, chunk: 64 }),
    "uint16",
  );
  const lut = [...(await loadLuts()).values()][0]!;
  harness = stageHarness(allData(synthetic, ramp));
  const wantedWith = async (changes: Partial<ChannelRendering>) => {
    const channels = [0, 1].map((index) => rendering({ index, ...changes }));
    harness?.stage.setScene(sceneOf(synthetic, channels));
    harness?.stage.setView({ target: [450, 350], zoom: 0 });
    await harness?.stage.settled();
    return harness?.chunks.wanted.map(
      ({ ref, priority }) => `${ref.key} ${priority.tier} ${priority.rank}`,
    );
  };
  const plain = await wantedWith({});
  expect(plain?.length).toBeGreaterThan(50);
  for (const changes of [
    { window: { start: 100, end: 900 } },
    { gamma: 2, inverted: true, color: "12AB34" },
    { lut },
  ]) {
    expect(await wantedWith(changes)).toEqual(plain);
  }
});
