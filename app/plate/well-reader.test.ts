import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WellModel } from "../../src/zarr/plate/plate-model.ts";
import { letterNames, numberNames, plateOf } from "../../src/zarr/plate/testing/plates.ts";
import { WellReader } from "./well-reader.ts";

const { wells } = plateOf(letterNames(4), numberNames(10));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads that end when they are told to. */
function reader() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const changed = vi.fn();
  const read = (well: WellModel) => {
    begun.push(well.id);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const made = new WellReader({ images: { read }, idlePaths: new Set() }, changed);
  const endAll = async () => {
    for (const end of ends.splice(0)) end();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { made, begun, endAll, changed };
}

describe("the reader of wells", () => {
  it("begins when the picture has stood for a second, six at a time, in order", async () => {
    const { made, begun, endAll, changed } = reader();
    made.readWhenIdle(wells);
    await vi.advanceTimersByTimeAsync(990);
    expect(begun).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(begun).toEqual(wells.slice(0, 6).map(({ id }) => id));
    await endAll();
    expect(begun).toHaveLength(12);
    await vi.advanceTimersByTimeAsync(100);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("stops at once when it is no idle time any more, and waits for the next", async () => {
    const { made, begun, endAll } = reader();
    made.readWhenIdle(wells);
    await vi.advanceTimersByTimeAsync(1100);
    // Somebody moves about: every frame says that it is no idle time, and what would be read in one.
    for (let frame = 0; frame < 20; frame++) {
      made.readWhenIdle([]);
      made.readWhenIdle(wells.slice(6));
      await vi.advanceTimersByTimeAsync(200);
      if (frame === 3) await endAll();
    }
    expect(begun).toHaveLength(6);
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun).toHaveLength(12);
  });

  it("reads at once what somebody waits for, each once", async () => {
    const { made, begun, endAll } = reader();
    const [first, second] = wells as [WellModel, WellModel];
    made.readNow([first]);
    const reading = Promise.all([made.read(first), made.read(second)]);
    expect(begun).toEqual([first.id, second.id]);
    await endAll();
    await reading;
  });
});
