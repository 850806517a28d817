import { afterEach, describe, expect, it } from "vitest";
import { allocateElements, type DataType } from "../zarr/array/data-type.ts";
import type { PlaneRef } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import type { LabelValue, Rgba } from "../zarr/ome/image-label.ts";
import { labelColors } from "./labels/label-colors.ts";
import type { LabelLayer, Scene, ViewState } from "./scene.ts";
import { catalogueOf, layerOf, rendering } from "./testing/scene-of.ts";
import { allData, type Picture, type StageHarness, stageHarness } from "./testing/stage-harness.ts";
import {
  elementPlace,
  pyramid,
  type SyntheticImage,
  syntheticImage,
} from "./testing/synthetic-image.ts";
import { invert, scaleAndShift, transformPoint } from "./tiles/affine.ts";

let harness: StageHarness | undefined;
afterEach(() => {
  harness?.destroy();
  harness = undefined;
});

const width = 200;
const height = 150;
const side = 20;
const grey = 51;
/** Two that differ in the last bit beyond 2^53, the largest one, and one without a colour. */
const ids = [0n, 1n, 2n ** 53n + 1n, 2n ** 53n + 2n, 2n ** 63n + 5n, 2n ** 64n - 1n];
const stated = new Map<LabelValue, Rgba>([
  [1, [255, 0, 0, 255]],
  [2n ** 53n + 1n, [0, 255, 0, 255]],
  [2n ** 53n + 2n, [0, 0, 255, 128]],
  [2n ** 64n - 1n, [255, 255, 255, 0]],
]);

const idAt = (x: number, y: number) =>
  ids[(7 * Math.floor(y / side) + 3 * Math.floor(x / side)) % ids.length]!;

const picture = syntheticImage(pyramid({ width, height, levels: 1, chunk: 64 }), "uint8");

/** A label image in which a pixel of level k has the id of its first pixel of the finest level, plus k. */
function labelsOf(dataType: DataType, levels = 1, scale = 1) {
  const shapes = pyramid({ width: width / scale, height: height / scale, levels, chunk: 32 });
  return syntheticImage(shapes, dataType);
}

function planeOf(labels: SyntheticImage, ref: PlaneRef, scale = 1): ChunkState {
  const { width: columns, height: rows } = ref.cut;
  const elements = allocateElements(labels.image.dataType, columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const { x, y, level } = elementPlace(labels, ref, row, column);
      const factor = scale * 2 ** level;
      const id = idAt(x * factor, y * factor);
      const at = row * columns + column;
      if (elements instanceof BigUint64Array || elements instanceof BigInt64Array)
        elements[at] = id;
      else elements[at] = Number(id);
    }
  }
  const rest = { texels: undefined, statistics: undefined, byteLength: elements.byteLength };
  return { kind: "data", plane: { width: columns, height: rows, elements, ...rest } };
}

function labelLayer(labels: SyntheticImage, change: Partial<LabelLayer> = {}): LabelLayer {
  return {
    kind: "labels",
    id: "nuclei",
    selection: labels.image.defaultSelection,
    channel: 0,
    members: [catalogueOf(labels)],
    opacity: 1,
    style: "fill",
    colors: labelColors(stated, labels.image.dataType),
    highlighted: undefined,
    ...change,
  };
}

function sceneWith(layer: LabelLayer): Scene {
  const channels = [rendering({ window: { start: 0, end: 255 } })];
  return { layers: [layerOf(picture, { channels }), layer], background: "000000" };
}

/** Answers for the picture, which is grey all over, and for the labels. */
function answers(
  labels: SyntheticImage,
  answer: (ref: PlaneRef) => ChunkState = (ref) => planeOf(labels, ref),
) {
  const ofPicture = allData(picture, () => grey);
  return (ref: PlaneRef) => (labels.arrays.includes(ref.array) ? answer(ref) : ofPicture(ref));
}

async function show(layer: LabelLayer, view: ViewState, answer: (ref: PlaneRef) => ChunkState) {
  harness ??= stageHarness(answer);
  harness.stage.setScene(sceneWith(layer));
  harness.stage.setView(view);
  return harness.settledPicture();
}

type Rgb = readonly [number, number, number];
const at = ({ width: columns, bytes }: Picture, x: number, y: number): Rgb => {
  const i = (y * columns + x) * 4;
  return [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!];
};
const over = ([red, green, blue, alpha]: Rgba, opacity: number): Rgb => {
  const a = (alpha / 255) * opacity;
  return [red, green, blue].map((part) => part * a + grey * (1 - a)) as unknown as Rgb;
};
const isClose = (a: Rgb, b: Rgb) => a.every((part, i) => Math.abs(part - b[i]!) <= 1);

/** World position of a device pixel's centre, which is that of its texel plus a half. */
function texelAt(view: ViewState, shot: Picture, x: number, y: number): [number, number] {
  const scale = 2 ** -view.zoom;
  return [
    view.target[0] + (x + 0.5 - shot.width / 2) * scale + 0.5,
    view.target[1] + (y + 0.5 - shot.height / 2) * scale + 0.5,
  ];
}

/** Pixels that are not what `expected` says; undefined: anything is right there. */
function wrongPixels(
  shot: Picture,
  view: ViewState,
  expected: (x: number, y: number) => Rgb | undefined,
) {
  const wrong: string[] = [];
  let compared = 0;
  for (let y = 0; y < shot.height; y++) {
    for (let x = 0; x < shot.width; x++) {
      const want = expected(x, y);
      if (!want) continue;
      compared++;
      const have = at(shot, x, y);
      if (!isClose(have, want))
        wrong.push(`${x},${y} (${texelAt(view, shot, x, y)}): ${have} for ${want}`);
    }
  }
  return { wrong: wrong.slice(0, 5), count: wrong.length, compared };
}

const isInside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height;

describe("labels as areas", () => {
  it.each([
    ["magnified", 2.3],
    ["at 1:1", 0],
    ["from the coarser level", -0.7],
  ])("N4-53: ids of 64 bits have exactly their colours, %s", async (_, zoom) => {
    const labels = labelsOf("uint64", 2);
    const view = { target: [96, 71] as const, zoom };
    const layer = labelLayer(labels, { opacity: 0.5 });
    const shot = await show(layer, view, answers(labels));
    const { wrong, compared } = wrongPixels(shot, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, shot, x, y);
      // Next to a border either is right: both levels' texels end there.
      const nearest = (v: number) => Math.abs(v / side - Math.round(v / side)) * side;
      if (nearest(texelX) < 0.01 || nearest(texelY) < 0.01) return undefined;
      if (!isInside(texelX, texelY))
        return isInside(texelX - 1, texelY - 1) ? undefined : [0, 0, 0];
      return over(layer.colors.of(idAt(texelX, texelY)), 0.5);
    });
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });

  it.each<[DataType, LabelValue]>([
    ["int8", -1],
    ["int16", -1],
    ["int32", -(2 ** 31)],
    ["int64", -1n],
    ["uint8", 255],
    ["uint16", 65535],
    ["uint32", 2 ** 32 - 1],
    ["uint64", 2n ** 64n - 1n],
    ["bool", 1],
    ["float32", 16777215],
    ["float64", 2 ** 52 + 1],
  ])("N4-53: %s holds %s, and it has its own colour", async (dataType, id) => {
    const labels = syntheticImage(pyramid({ width, height, levels: 1, chunk: 256 }), dataType);
    const plane = (ref: PlaneRef): ChunkState => {
      const state = planeOf(labels, ref);
      if (state.kind === "data") state.plane.elements.fill(id as never);
      return state;
    };
    const colors = labelColors(new Map([[id, [10, 200, 30, 255]]]), dataType);
    const layer = labelLayer(labels, { colors });
    const shot = await show(layer, { target: [100, 75], zoom: 0 }, answers(labels, plane));
    expect(at(shot, 150, 100)).toEqual([10, 200, 30]);
  });

  it("N4-56: 0 lets the picture through, alpha 0 hides, ids without a colour have the palette's", async () => {
    const labels = labelsOf("uint64");
    const view = { target: [100, 75] as const, zoom: 0 };
    const layer = labelLayer(labels);
    const shot = await show(layer, view, answers(labels));
    const seen = new Map<bigint, Rgb>();
    wrongPixels(shot, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, shot, x, y);
      if (isInside(texelX, texelY)) seen.set(idAt(texelX, texelY), at(shot, x, y));
      return undefined;
    });
    expect(seen.get(0n)).toEqual([grey, grey, grey]);
    expect(seen.get(2n ** 64n - 1n)).toEqual([grey, grey, grey]);
    expect(seen.get(2n ** 63n + 5n)).toEqual(layer.colors.of(2n ** 63n + 5n).slice(0, 3));
  });

  it("a place that was never written has the fill value's colour, exactly", async () => {
    const labels = labelsOf("uint64");
    const [array] = labels.arrays;
    const fillValue = 2n ** 53n + 1n;
    const filled = {
      image: labels.image,
      arrays: [{ ...array!, metadata: { ...array!.metadata, fillValue } }],
    };
    const layer = labelLayer(filled);
    const state = (): ChunkState => ({ kind: "fill", value: fillValue });
    const shot = await show(layer, { target: [100, 75], zoom: 0 }, answers(filled, state));
    expect(at(shot, 150, 100)).toEqual([0, 255, 0]);
  });

  it("10^5 stated colours are looked up on the card", async () => {
    const labels = labelsOf("uint32");
    const many = new Map<LabelValue, Rgba>();
    for (let id = 0; id < 100_000; id++) many.set(id * 7919, [id & 255, (id >> 8) & 255, 7, 255]);
    const wanted = 61_234;
    const plane = (ref: PlaneRef): ChunkState => {
      const state = planeOf(labels, ref);
      if (state.kind === "data") (state.plane.elements as Uint32Array).fill(wanted * 7919);
      return state;
    };
    const layer = labelLayer(labels, { colors: labelColors(many, "uint32") });
    const shot = await show(layer, { target: [100, 75], zoom: 0 }, answers(labels, plane));
    expect(at(shot, 150, 100)).toEqual([wanted & 255, wanted >> 8, 7]);
  });

  it("N4-52: labels with pixels of another size lie where the world says", async () => {
    const labels = labelsOf("uint64", 1, 2);
    const members = [catalogueOf(labels, scaleAndShift(2, 0.5, 2, 0.5))];
    const layer = labelLayer(labels, { members });
    const view = { target: [100, 75] as const, zoom: 1 };
    const shot = await show(
      layer,
      view,
      answers(labels, (ref) => planeOf(labels, ref, 2)),
    );
    const { wrong, compared } = wrongPixels(shot, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, shot, x, y);
      return isInside(texelX, texelY) ? over(layer.colors.of(idAt(texelX, texelY)), 1) : undefined;
    });
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });
});

describe("labels that are turned", () => {
  it("N6-31: lie where their transformation places them, whole to their edges", async () => {
    const labels = labelsOf("uint64");
    const [cos, sin] = [Math.cos(0.5), Math.sin(0.5)];
    const placement = { xx: cos, xy: -sin, x0: 60, yx: sin, yy: cos, y0: -20 };
    const layer = labelLayer(labels, { members: [catalogueOf(labels, placement)] });
    const view = { target: [100, 75] as const, zoom: 0.4 };
    const shot = await show(layer, view, answers(labels));
    const worldFrom = invert(placement)!;
    const { wrong, compared } = wrongPixels(shot, view, (x, y) => {
      const [worldX, worldY] = texelAt(view, shot, x, y).map((v) => v - 0.5) as [number, number];
      if (!isInside(worldX + 0.5, worldY + 0.5)) return undefined;
      const [texelX, texelY] = transformPoint(worldFrom, worldX, worldY).map((v) => v + 0.5) as [
        number,
        number,
      ];
      // Within a hundredth of a border either side is right.
      const nearest = (v: number, step: number) => Math.abs(v / step - Math.round(v / step)) * step;
      if (nearest(texelX, side) < 0.01 || nearest(texelY, side) < 0.01) return undefined;
      if (nearest(texelY, height) < 0.01) return undefined;
      if (!isInside(texelX, texelY)) return [grey, grey, grey];
      return over(layer.colors.of(idAt(texelX, texelY)), 1);
    });
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });
});

describe("labels as lines", () => {
  const view = { target: [100, 75] as const, zoom: 0.6 };

  /** What an outline of 2 px must be, must not be, or may be at a pixel. */
  function outlineAt(shot: Picture, x: number, y: number): "line" | "none" | "either" {
    const id = (dx: number, dy: number) => {
      const [texelX, texelY] = texelAt(view, shot, x + dx, y + dy);
      return isInside(texelX, texelY) ? idAt(texelX, texelY) : undefined;
    };
    const own = id(0, 0);
    const differs = (dx: number, dy: number) => {
      const other = id(dx, dy);
      return other !== undefined && other !== own;
    };
    const straight = [1, 2].some(
      (d) => differs(d, 0) || differs(-d, 0) || differs(0, d) || differs(0, -d),
    );
    if (straight) return "line";
    const around = [-2, -1, 0, 1, 2].flatMap((dx) =>
      [-2, -1, 0, 1, 2].map((dy) => [dx, dy] as const),
    );
    return around.some(([dx, dy]) => differs(dx, dy)) ? "either" : "none";
  }

  it("are 2 px wide at any zoom, inside of each object, also where a tile ends, and never at the end of the image", async () => {
    const labels = labelsOf("uint64");
    const layer = labelLayer(labels, { style: "outline" });
    const shot = await show(layer, view, answers(labels));
    let lines = 0;
    const { wrong } = wrongPixels(shot, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, shot, x, y);
      if (!isInside(texelX, texelY)) return undefined;
      const kind = outlineAt(shot, x, y);
      if (kind === "either") return undefined;
      if (kind === "none") return [grey, grey, grey];
      lines++;
      return over(layer.colors.of(idAt(texelX, texelY)), 1);
    });
    expect(wrong).toEqual([]);
    expect(lines).toBeGreaterThan(1000);
  });

  it("are not drawn towards a tile that is still to come", async () => {
    const labels = syntheticImage(pyramid({ width, height, levels: 1, chunk: 100 }), "uint16");
    const plane = (ref: PlaneRef): ChunkState => {
      if (ref.chunk[4] === 1) return { kind: "pending" };
      const state = planeOf(labels, ref);
      if (state.kind === "data") (state.plane.elements as Uint16Array).fill(1);
      return state;
    };
    harness = stageHarness(answers(labels, plane), { stage: { uploadBudgetMs: 1e4 } });
    harness.stage.setScene(sceneWith(labelLayer(labels, { style: "outline" })));
    harness.stage.setView({ target: [99.5, 74.5], zoom: 0 });
    const shot = await harness.pictureWhen(({ labelTiles: [of] }) => of?.tiles.data === 2);
    const colors = new Set(Array.from({ length: 40 }, (_, i) => at(shot, 130 + i, 100).join()));
    expect([...colors]).toEqual([[grey, grey, grey].join()]);
  });
});

describe("labels and what lies below", () => {
  it("the highlighted object stands out, others do not change", async () => {
    const labels = labelsOf("uint64");
    const view = { target: [100, 75] as const, zoom: 1 };
    const plain = await show(labelLayer(labels, { opacity: 0.2 }), view, answers(labels));
    const id = 2n ** 53n + 1n;
    const lit = await show(
      labelLayer(labels, { opacity: 0.2, highlighted: id }),
      view,
      answers(labels),
    );
    let [white, changed] = [0, 0];
    const { wrong } = wrongPixels(lit, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, lit, x, y);
      if (!isInside(texelX, texelY) || idAt(texelX, texelY) !== id) return at(plain, x, y);
      if (at(lit, x, y).every((part) => part === 255)) white++;
      else if (!isClose(at(lit, x, y), at(plain, x, y))) changed++;
      return undefined;
    });
    expect(wrong).toEqual([]);
    expect(white).toBeGreaterThan(100);
    expect(changed).toBeGreaterThan(100);
  });

  it("coarser labels fill the holes until the finer ones are there", async () => {
    const labels = labelsOf("uint64", 2);
    const plane = (ref: PlaneRef): ChunkState =>
      ref.array === labels.arrays[0] ? { kind: "pending" } : planeOf(labels, ref);
    harness = stageHarness(answers(labels, plane), { stage: { uploadBudgetMs: 10_000 } });
    const layer = labelLayer(labels);
    harness.stage.setScene(sceneWith(layer));
    const view = { target: [100, 75] as const, zoom: 0.5 };
    harness.stage.setView(view);
    const shot = await harness.pictureWhen(({ tiles }) => tiles.data > 0);
    const { count, compared } = wrongPixels(shot, view, (x, y) => {
      const [texelX, texelY] = texelAt(view, shot, x, y);
      if (!isInside(texelX, texelY)) return undefined;
      return over(layer.colors.of(idAt(texelX, texelY)), 1);
    });
    // Blocks are 20 px wide, coarse pixels 2: only on borders may they differ.
    expect(count / compared).toBeLessThan(0.05);
  });

  it("a tile that failed is hatched, counted as the labels', and nothing is read out of it", async () => {
    const labels = labelsOf("uint64");
    const plane = (ref: PlaneRef): ChunkState =>
      ref.chunk[3] === 0 && ref.chunk[4] === 0
        ? { kind: "corrupt", code: "ZS-CRC", reason: "The checksum is wrong." }
        : planeOf(labels, ref);
    const view = { target: [100, 75] as const, zoom: 0 };
    const shot = await show(labelLayer(labels), view, answers(labels, plane));
    const { stage, statuses } = harness!;
    expect(shot.tiles.corrupt).toBe(1);
    expect(statuses.at(-1)?.labelTiles).toMatchObject([{ layer: "nuclei", tiles: { corrupt: 1 } }]);
    expect(stage.labelsAt(5, 5)).toEqual([]);
    expect(stage.labelsAt(25, 45)).toEqual([{ layer: "nuclei", level: 0, value: String(ids[5]) }]);
    expect(stage.valueAt(5, 5)?.values).toEqual([{ channel: 0, value: grey }]);
    // Hatched: the picture's grey is tinted all over, lines are solid.
    const hatched = Array.from({ length: 20 }, (_, i) => at(shot, 55 + i, 35));
    expect(hatched.every((color) => !isClose(color, [grey, grey, grey]))).toBe(true);
  });

  it("ids are read out exactly, and objects found, from what is decoded alone", async () => {
    const labels = labelsOf("uint64");
    await show(labelLayer(labels), { target: [100, 75], zoom: 0 }, answers(labels));
    const { stage, chunks } = harness!;
    const asked = chunks.wanted;
    const place = (id: bigint): [number, number] => {
      for (let y = 5; y < height; y += side) {
        for (let x = 5; x < width; x += side) if (idAt(x, y) === id) return [x, y];
      }
      throw new Error(`${id} is not there.`);
    };
    for (const id of [2n ** 53n + 2n, 1n]) {
      const value = id > 2n ** 53n ? String(id) : Number(id);
      expect(stage.labelsAt(...place(id))).toEqual([{ layer: "nuclei", level: 0, value }]);
    }
    // Everywhere in the picture, but not in its first block: the rectangle around it reaches almost from end to end.
    const found = stage.findObject("nuclei", 2n ** 63n + 5n);
    expect(found).toEqual({ x0: -0.5, y0: 19.5, x1: 199.5, y1: 149.5 });
    expect(stage.findObject("nuclei", 77)).toBeUndefined();
    expect(stage.findObject("image", 1)).toBeUndefined();
    expect(chunks.wanted).toBe(asked);
  });

  it("switched off, labels cost nothing and change nothing", async () => {
    const labels = labelsOf("uint64");
    const view = { target: [100, 75] as const, zoom: 0 };
    await show(labelLayer(labels), view, answers(labels));
    const { stage, statuses, chunks } = harness!;
    const { gpuBytes } = statuses.at(-1)!;
    stage.setScene({
      layers: sceneWith(labelLayer(labels)).layers.slice(0, 1),
      background: "000000",
    });
    const shot = await harness!.settledPicture();
    expect(chunks.wanted.every(({ ref }) => picture.arrays.includes(ref.array))).toBe(true);
    expect(statuses.at(-1)?.labelTiles).toEqual([]);
    // The target of ids is given back.
    expect(gpuBytes - statuses.at(-1)!.gpuBytes).toBeGreaterThanOrEqual(
      shot.width * shot.height * 13,
    );
    expect(at(shot, 150, 100)).toEqual([grey, grey, grey]);
  });
});
