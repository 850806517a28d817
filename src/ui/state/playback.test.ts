import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultPlayback,
  nextHead,
  type PlaybackMode,
  type PlayHead,
  playbackModes,
  upcomingIndices,
  withPlayback,
} from "./playback.ts";

function walk(start: PlayHead, size: number, mode: PlaybackMode, steps: number): number[] {
  const indices = [start.index];
  let head: PlayHead | undefined = start;
  for (let i = 0; i < steps && head; i++) {
    head = nextHead(head, size, mode);
    if (head) indices.push(head.index);
  }
  return indices;
}

describe("nextHead", () => {
  const start: PlayHead = { index: 1, direction: 1 };
  it("loops from the last to the first", () => {
    expect(walk(start, 3, "loop", 5)).toEqual([1, 2, 0, 1, 2, 0]);
  });
  it("goes to and fro and shows the ends once", () => {
    expect(walk(start, 3, "ping-pong", 6)).toEqual([1, 2, 1, 0, 1, 2, 1]);
  });
  it("stops at the end of a single run", () => {
    expect(walk(start, 3, "once", 5)).toEqual([1, 2]);
  });
  it("has nowhere to go along one plane", () => {
    for (const mode of playbackModes) {
      expect(nextHead({ index: 0, direction: 1 }, 1, mode)).toBeUndefined();
    }
  });
  it("stays on the axis, one step at a time, and repeats no plane", () => {
    const sizes = fc.integer({ min: 2, max: 50 });
    fc.assert(
      fc.property(sizes, fc.nat(49), fc.constantFrom(...playbackModes), (size, seed, mode) => {
        const indices = walk({ index: seed % size, direction: 1 }, size, mode, 120);
        for (const [i, index] of indices.entries()) {
          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThan(size);
          if (i > 0) expect(index).not.toBe(indices[i - 1]);
        }
        if (mode !== "once") expect(new Set(indices).size).toBe(size);
      }),
    );
  });
});

describe("upcomingIndices", () => {
  it("are those that will be shown, in that order", () => {
    expect(upcomingIndices({ index: 8, direction: 1 }, 10, "loop", 4)).toEqual([9, 0, 1, 2]);
    expect(upcomingIndices({ index: 8, direction: 1 }, 10, "ping-pong", 4)).toEqual([9, 7, 6]);
    expect(upcomingIndices({ index: 8, direction: 1 }, 10, "once", 4)).toEqual([9]);
    expect(upcomingIndices({ index: 0, direction: 1 }, 2, "loop", 4)).toEqual([1]);
  });
});

describe("withPlayback", () => {
  it("keeps the rate between 1 and 30", () => {
    expect(withPlayback(defaultPlayback, { fps: 99 }).fps).toBe(30);
    expect(withPlayback(defaultPlayback, { fps: 0.2 }).fps).toBe(1);
    expect(withPlayback(defaultPlayback, { fps: Number.NaN }).fps).toBe(8);
  });
  it("goes on playing when the rate changes, and stops when told", () => {
    const playing = withPlayback(defaultPlayback, { playing: "z" });
    expect(withPlayback(playing, { fps: 12 })).toEqual({ playing: "z", fps: 12, mode: "loop" });
    expect(withPlayback(playing, { playing: undefined }).playing).toBeUndefined();
  });
});
