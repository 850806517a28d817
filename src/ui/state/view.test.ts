import { expect, it } from "vitest";
import { panBy } from "./view.ts";

it("panBy moves the centre by CSS pixels", () => {
  expect(panBy({ target: [10, 20], zoom: 3 }, 16, -8)).toEqual({ target: [12, 19], zoom: 3 });
});
