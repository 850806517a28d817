import { describe, expect, it } from "vitest";
import { GpuPace } from "./gpu-pace.ts";

/** A context whose fences are signalled when it is told so. */
function fakeGpu() {
  const gpu = { isDone: false };
  const gl = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    SYNC_STATUS: 2,
    UNSIGNALED: 3,
    SIGNALED: 4,
    fenceSync: () => ({}),
    deleteSync: () => {},
    flush: () => {},
    isContextLost: () => false,
    getSyncParameter: () => (gpu.isDone ? 4 : 3),
  };
  return { gpu, pace: new GpuPace(gl as unknown as WebGL2RenderingContext) };
}

/** A pace that has seen one frame, which was sent at 0 and done at `frameMs`. */
function paceAndGpuAfter(frameMs: number) {
  const { gpu, pace } = fakeGpu();
  pace.sent(0);
  expect(pace.isBusy(frameMs - 1)).toBe(true);
  gpu.isDone = true;
  expect(pace.isBusy(frameMs)).toBe(false);
  expect(pace.frameMs).toBe(frameMs);
  return { gpu, pace };
}

function paceAfter(frameMs: number): GpuPace {
  return paceAndGpuAfter(frameMs).pace;
}

describe("a GPU that was not looked at while it drew", () => {
  it("is not taken for slow: it may have been done at once", () => {
    const { gpu, pace } = fakeGpu();
    pace.sent(0);
    gpu.isDone = true;
    expect(pace.isBusy(1000)).toBe(false);
    expect(pace.frameMs).toBe(0);
    expect(pace.isResting(1000)).toBe(false);
  });

  it("keeps what is known of it, which was over long ago", () => {
    const { gpu, pace } = paceAndGpuAfter(40);
    gpu.isDone = false;
    pace.sent(1000);
    gpu.isDone = true;
    expect(pace.isBusy(3000)).toBe(false);
    expect(pace.frameMs).toBe(40);
    expect(pace.isResting(3000)).toBe(false);
  });

  it("is known to be faster where it was done sooner", () => {
    const { gpu, pace } = paceAndGpuAfter(40);
    pace.sent(1000);
    gpu.isDone = true;
    expect(pace.isBusy(1017)).toBe(false);
    expect(pace.frameMs).toBe(17);
  });
});

describe("a GPU that takes one frame of the screen", () => {
  it("never rests", () => {
    const pace = paceAfter(17);
    expect(pace.isResting(17)).toBe(false);
    pace.rest(100);
    expect(pace.isResting(100)).toBe(false);
  });
});

describe("a GPU that takes 40 ms for a frame", () => {
  it("rests three times as long afterwards", () => {
    const pace = paceAfter(40);
    expect(pace.isResting(40 + 119)).toBe(true);
    expect(pace.isResting(40 + 120)).toBe(false);
  });

  it("and again from when something is asked for that is not there yet", () => {
    const pace = paceAfter(40);
    pace.rest(1000);
    expect(pace.isResting(1119)).toBe(true);
    expect(pace.isResting(1120)).toBe(false);
  });

  it("400 ms at most, if its first frame took seconds", () => {
    const pace = paceAfter(3000);
    expect(pace.isResting(3399)).toBe(true);
    expect(pace.isResting(3400)).toBe(false);
  });
});

it("uploads tell nothing of how long a frame takes, and a fence that never comes does not stop everything", () => {
  const { pace } = fakeGpu();
  pace.sent(0, "textures");
  expect(pace.isBusy(50)).toBe(true);
  expect(pace.frameMs).toBe(0);
  expect(pace.isBusy(3999)).toBe(true);
  expect(pace.isBusy(4000)).toBe(false);
});
