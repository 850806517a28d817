import { expect, it } from "vitest";
import { planeStep } from "./plane-step.ts";

it("is the one axis that moved, and by how much", () => {
  expect(planeStep({ t: 1, z: 4 }, { t: 1, z: 5 })).toEqual({ axis: "z", by: 1 });
  expect(planeStep({ t: 1, z: 4 }, { t: 0, z: 4 })).toEqual({ axis: "t", by: -1 });
  expect(planeStep({}, { z: 2 })).toEqual({ axis: "z", by: 2 });
});

it("takes a jump, a diagonal and no move at all for no step", () => {
  expect(planeStep({ z: 4 }, { z: 7 })).toBeUndefined();
  expect(planeStep({ t: 1, z: 4 }, { t: 2, z: 5 })).toBeUndefined();
  expect(planeStep({ z: 4 }, { z: 4 })).toBeUndefined();
});

it("knows an axis called __proto__", () => {
  const at = (index: number) => Object.fromEntries([["__proto__", index]]);
  expect(planeStep({}, at(1))).toEqual({ axis: "__proto__", by: 1 });
  expect(planeStep(at(3), at(2))).toEqual({ axis: "__proto__", by: -1 });
});
