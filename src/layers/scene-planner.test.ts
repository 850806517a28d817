import { describe, expect, it } from "vitest";
import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { Scene } from "./scene.ts";
import { ScenePlanner } from "./scene-planner.ts";
import { catalogueOf } from "./testing/scene-of.ts";
import { pyramid, syntheticImage } from "./testing/synthetic-image.ts";
import { scaleAndShift } from "./tiles/affine.ts";

const size = 64;
const rows = 5;
const columns = 8;

/** Images of 64² side by side, 80 from one to the next. */
function plateScene(): Scene {
  const members = Array.from({ length: rows * columns }, (_, i) => {
    const synthetic = syntheticImage(
      pyramid({ width: size, height: size, levels: 2, channels: 2, chunk: size }),
    );
    const [x, y] = [80 * (i % columns), 80 * Math.floor(i / columns)];
    return catalogueOf(synthetic, scaleAndShift(1, x, 1, y));
  });
  const channels = [0, 1].map((index) => ({
    index,
    visible: true,
    color: "FFFFFF",
    window: { start: 0, end: 1 },
    gamma: 1,
    inverted: false,
    lut: null,
  }));
  const selection = members[0]!.image.defaultSelection;
  return {
    layers: [{ kind: "intensity", id: "plate", selection, channels, members }],
    background: "000000",
  };
}

function planner() {
  const declared: number[] = [];
  const client: ChunkClient = {
    setWanted: (_, requests) => {
      declared.push(requests.length);
    },
    state: () => undefined,
    subscribe: () => () => {},
  };
  const options = { clientName: "stage", maxTilesPerChannel: 2048, gpuBudgetBytes: 2 ** 28 };
  return { made: new ScenePlanner(client, options), declared };
}

/** Over the whole plate with a margin of 50, moved by some pixels. */
const viewAt = (dx: number, dy: number) => ({
  x0: -50 + dx,
  y0: -50 + dy,
  x1: 80 * columns + 34 + dx,
  y1: 80 * rows + 34 + dy,
  worldPerDevicePixel: 1,
});

describe("the planner of a scene", () => {
  it("plans a plate once for all views that show all of it", () => {
    const { made, declared } = planner();
    const scene = plateScene();
    const first = made.plan(scene, viewAt(0, 0));
    expect(first).toHaveLength(rows * columns);
    expect(made.plan(scene, viewAt(9, -20))).toBe(first);
    expect(made.plan(scene, viewAt(-40, 40))).toBe(first);
    expect(declared).toEqual([2 * rows * columns]);
  });

  it("plans anew where something leaves the view, and after another scene", () => {
    const { made, declared } = planner();
    const scene = plateScene();
    const first = made.plan(scene, viewAt(0, 0));
    const left = made.plan(scene, viewAt(150, 0));
    // A column of images is out of view.
    expect(declared).toEqual([2 * rows * columns, 2 * rows * (columns - 1)]);
    expect(left).not.toBe(first);
    made.plan({ ...scene }, viewAt(150, 0));
    expect(declared).toHaveLength(2);
    const again = made.plan(scene, { ...viewAt(0, 0), worldPerDevicePixel: 2 });
    expect(again.every(({ plan }, i) => plan !== left[i]?.plan)).toBe(true);
    made.clear();
    expect(declared.at(-1)).toBe(0);
    expect(made.plan(scene, viewAt(0, 0))).not.toBe(first);
  });
});
