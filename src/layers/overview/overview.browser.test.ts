import { afterEach, expect, it, vi } from "vitest";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import { FakeChunks } from "../testing/fake-chunks.ts";
import { rendering, sceneOf } from "../testing/scene-of.ts";
import { allData } from "../testing/stage-harness.ts";
import { pyramid, syntheticImage } from "../testing/synthetic-image.ts";
import { Overview } from "./overview.ts";

const synthetic = syntheticImage(pyramid({ width: 600, height: 400, levels: 3, chunk: 50 }));
const data = allData(synthetic);
const pending: ChunkState = { kind: "pending" };

let overview: Overview | undefined;
let canvas: HTMLCanvasElement | undefined;
afterEach(() => {
  overview?.destroy();
  canvas?.remove();
  vi.restoreAllMocks();
});

function show(answer: FakeChunks["answer"], style: string) {
  canvas = document.createElement("canvas");
  canvas.style.cssText = style;
  document.body.append(canvas);
  const chunks = new FakeChunks(answer);
  const painted = vi.spyOn(CanvasRenderingContext2D.prototype, "putImageData");
  overview = new Overview(canvas, chunks);
  return { chunks, painted, canvas };
}

const atRest = () => new Promise((resolve) => setTimeout(resolve, 700));

it("is painted anew for another scene and for its own chunks, and not for those of others", async () => {
  const coarsest = synthetic.arrays[2];
  const { chunks, painted } = show(
    (ref) => (ref.array === coarsest && ref.chunk[4] === 0 ? pending : data(ref)),
    "width: 120px; height: 80px",
  );
  overview?.setScene(sceneOf(synthetic));
  await expect.poll(() => painted.mock.calls.length).toBe(1);
  chunks.change();
  await atRest();
  expect(painted).toHaveBeenCalledTimes(1);
  chunks.change(data);
  await expect.poll(() => painted.mock.calls.length).toBe(2);
  overview?.setScene(sceneOf(synthetic, [rendering({ inverted: true })]));
  await expect.poll(() => painted.mock.calls.length).toBe(3);
  const [picture] = painted.mock.lastCall!;
  expect([picture.width, picture.height]).toEqual([120, 80]);
});

it("out of sight its canvas is made ready at rest, once", async () => {
  const { chunks, painted, canvas: hidden } = show(data, "display: none");
  overview?.setScene(sceneOf(synthetic));
  await expect.poll(() => painted.mock.calls.length).toBe(1);
  expect(painted.mock.lastCall![0].width).toBe(1);
  chunks.change();
  await atRest();
  expect(painted).toHaveBeenCalledTimes(1);
  hidden.style.cssText = "width: 60px; height: 40px";
  await expect.poll(() => painted.mock.calls.length).toBe(2);
  expect(painted.mock.lastCall![0].width).toBe(60);
});
