import { describe, expect, it } from "vitest";
import { openState } from "../testing/fake-viewer.ts";
import { panBy, permittedView } from "./view.ts";
import { createViewerStore } from "./viewer-store.ts";

it("panBy moves the centre by CSS pixels", () => {
  expect(panBy({ target: [10, 20], zoom: 3 }, 16, -8)).toEqual({ target: [12, 19], zoom: 3 });
});

describe("permittedView", () => {
  const open = createViewerStore(openState()).getState();
  const wanted = { target: [1e9, 20], zoom: 99 } as const;

  it("keeps a view within the limits of what is open", () => {
    const size = { widthPx: 1000, heightPx: 700 };
    const view = permittedView(open, { ...wanted, target: [...wanted.target] }, size);
    expect(view?.target[0]).toBeLessThan(1000);
    expect(view?.zoom).toBeLessThan(99);
  });

  it("does not lose one that comes before the canvas has a size", () => {
    expect(permittedView(open, wanted, undefined)).toEqual(wanted);
  });

  it("permits none where nothing is open, nor one with a number that is not finite", () => {
    expect(permittedView({ source: { status: "empty" } }, wanted, undefined)).toBeUndefined();
    const odd = { target: [0, Number.NaN], zoom: 0 } as const;
    expect(permittedView(open, odd, undefined)).toBeUndefined();
  });
});
