import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameLoop } from "./frame-loop.ts";
import type { GpuPace } from "./gpu/gpu-pace.ts";

let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => {
    frames[id - 1] = () => {};
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The screen shows a frame. */
function screenFrame(): void {
  for (const callback of frames.splice(0)) callback(performance.now());
}

function loop(pace?: Partial<GpuPace>) {
  const draw = vi.fn();
  const plan = vi.fn();
  const frameLoop = new FrameLoop({
    plan,
    draw,
    pace: () => pace as GpuPace | undefined,
    fail: (error) => {
      throw error;
    },
  });
  return { frameLoop, draw, plan };
}

test("what was changed or came in is drawn with the screen's next frame, once", () => {
  const { frameLoop, draw } = loop();
  frameLoop.request();
  frameLoop.request("arrival");
  expect(draw).not.toHaveBeenCalled();
  screenFrame();
  screenFrame();
  expect(draw).toHaveBeenCalledTimes(1);
});

test("a picture that is whole is drawn at once, in place of the next frame", () => {
  const { frameLoop, draw } = loop();
  frameLoop.request();
  frameLoop.request("completion");
  expect(draw).toHaveBeenCalledTimes(1);
  screenFrame();
  expect(draw).toHaveBeenCalledTimes(1);
});

test("not before the GPU is done with the last one, but without a rest", () => {
  let isBusy = true;
  const { frameLoop, draw, plan } = loop({ isBusy: () => isBusy, isResting: () => true });
  frameLoop.request("completion");
  expect(draw).not.toHaveBeenCalled();
  expect(plan).toHaveBeenCalledTimes(1);
  screenFrame();
  expect(draw).not.toHaveBeenCalled();
  isBusy = false;
  screenFrame();
  expect(draw).toHaveBeenCalledTimes(1);
});
