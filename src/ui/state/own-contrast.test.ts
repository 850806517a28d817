import { describe, expect, it } from "vitest";
import { fakePlate, plateAt } from "../testing/fake-plate.ts";
import {
  changedContrasts,
  channelsInHand,
  mostOwnContrasts,
  ownWindows,
  withChannelInHand,
  withLinkedContrast,
  withOwnContrast,
} from "./own-contrast.ts";
import type { ChannelSettings, ViewerState } from "./viewer-state.ts";

const window = { start: 0, end: 100, min: 0, max: 255 };
const narrow = { start: 10, end: 20, min: 0, max: 255 };

const channels = [0, 1].map(
  (index): ChannelSettings => ({
    index,
    label: `channel ${index}`,
    visible: true,
    color: "FFFFFF",
    window,
    inverted: false,
    gamma: 1,
    lut: null,
  }),
);
const plate = fakePlate;

type Shown = Pick<ViewerState, "channels" | "plate">;

function at(state: Shown, id: string | undefined): Shown {
  return { ...state, plate: plateAt(state.plate!, id) };
}
const apply = (state: Shown, change: Partial<Shown>): Shown => ({ ...state, ...change });
const windowsOf = (state: Shown) => channelsInHand(state).map((channel) => channel.window);

describe("a contrast of one well alone", () => {
  it("is nobody's until it is asked for", () => {
    const state = at({ channels, plate }, "B/03");
    expect(ownWindows(state.plate)).toBeUndefined();
    expect(channelsInHand(state)).toBe(channels);
    const { channels: changed } = withChannelInHand(state, 0, { window: narrow });
    expect(changed?.[0]?.window).toEqual(narrow);
    expect(withOwnContrast({ channels, plate }, true)).toEqual({});
  });

  it("begins as the plate's, changes alone, and leaves the plate as it was", () => {
    let state = at({ channels, plate }, "B/03");
    state = apply(state, withOwnContrast(state, true));
    expect(windowsOf(state)).toEqual([window, window]);
    state = apply(state, withChannelInHand(state, 1, { window: narrow, color: "FF0000" }));
    expect(windowsOf(state)).toEqual([window, narrow]);
    expect(channelsInHand(state)).toBe(channelsInHand(state));
    // Colours are the plate's all the same.
    expect(state.channels.map(({ color }) => color)).toEqual(["FFFFFF", "FF0000"]);
    expect(windowsOf(at(state, "B/04"))).toEqual([window, window]);
    expect(windowsOf(at(state, undefined))).toEqual([window, window]);
    const elsewhere = at(state, "B/04");
    state = apply(elsewhere, withChannelInHand(elsewhere, 1, { window: { ...window, end: 50 } }));
    expect(windowsOf(at(state, "B/03"))).toEqual([window, narrow]);
    state = at(state, "B/03");
    state = apply(state, withOwnContrast(state, false));
    expect(windowsOf(state)).toEqual([window, { ...window, end: 50 }]);
  });

  it("ignores limits that cannot be drawn", () => {
    let state = at({ channels, plate }, "B/03");
    state = apply(state, withOwnContrast(state, true));
    const empty = { ...window, end: Number.NaN };
    expect(withChannelInHand(state, 0, { window: empty })).toEqual({});
  });

  it("comes and goes with a link to the well", () => {
    const state = at({ channels, plate }, "B/03");
    const linked = withLinkedContrast(state.plate!, new Map([[1, { start: 3, end: 9 }]]));
    expect(windowsOf({ channels, plate: linked })).toEqual([
      window,
      { start: 3, end: 9, min: 3, max: 9 },
    ]);
    // The same link again leaves the limits of the sliders as they are.
    expect(withLinkedContrast(linked, new Map([[1, { start: 3, end: 9 }]]))).toBe(linked);
    expect(withLinkedContrast(linked, new Map([[0, { start: 3, end: 9 }]]))).not.toBe(linked);
    expect(ownWindows(withLinkedContrast(linked, undefined))).toBeUndefined();
    expect(withLinkedContrast(plate, new Map([[1, { start: 3, end: 9 }]]))).toBe(plate);
  });

  it("has words for what changed of it, the same through one drag", () => {
    const of = (...own: [string, Map<number, typeof window>][]) => new Map(own);
    const both = of(["B/03", new Map([[0, window]])], ["B/04", new Map([[0, window]])]);
    expect(changedContrasts(undefined, new Map())).toEqual([]);
    expect(changedContrasts(both, of(...both))).toEqual([]);
    const [, untouched] = both;
    const dragged = (end: number) => of(["B/03", new Map([[0, { ...window, end }]])], untouched!);
    const [words, ...others] = changedContrasts(both, dragged(5));
    expect(others).toEqual([]);
    expect(changedContrasts(dragged(5), dragged(6))).toEqual([words]);
    expect(changedContrasts(both, of(untouched!))).not.toEqual([words]);
    expect(changedContrasts(both, of(untouched!))).toHaveLength(1);
  });

  it("is kept for so many wells, those that were changed last", () => {
    let state: Shown = { channels, plate };
    for (let i = 0; i <= mostOwnContrasts; i++) {
      state = at(state, `well ${i}`);
      state = apply(state, withOwnContrast(state, true));
    }
    const kept = [...state.plate!.ownContrast.keys()];
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([
      mostOwnContrasts,
      "well 1",
      `well ${mostOwnContrasts}`,
    ]);
  });
});
