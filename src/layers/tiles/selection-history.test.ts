import { describe, expect, it } from "vitest";
import { remember, sameSelection } from "./selection-history.ts";

describe("selections passed on the way", () => {
  it("are compared by value", () => {
    expect(sameSelection({ z: 1, t: 0 }, { t: 0, z: 1 })).toBe(true);
    expect(sameSelection({ z: 1 }, { z: 2 })).toBe(false);
    expect(sameSelection({ z: 1 }, { t: 1 })).toBe(false);
  });

  it("forget everything before a complete one", () => {
    expect(remember([{ z: 1 }], { z: 2 }, true)).toEqual([{ z: 2 }]);
  });

  it("keep the last complete one while a hand scrubs on", () => {
    let history = remember([], { z: 0 }, true);
    for (let z = 1; z < 30; z++) history = remember(history, { z }, false);
    expect(history.at(-1)).toEqual({ z: 0 });
    expect(history[0]).toEqual({ z: 29 });
    expect(history.length).toBeLessThanOrEqual(4);
  });
});
