import { describe, expect, it } from "vitest";
import { commandOf, type KeyPress } from "./shortcuts.ts";

function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    altGraph: false,
    ...change,
  };
}

describe("commandOf", () => {
  it.each([
    ["+", { kind: "zoom", delta: 0.5 }],
    ["-", { kind: "zoom", delta: -0.5 }],
    ["0", { kind: "fit" }],
    [",", { kind: "step", role: "z", by: -1 }],
    [".", { kind: "step", role: "z", by: 1 }],
    ["[", { kind: "step", role: "t", by: -1 }],
    ["]", { kind: "step", role: "t", by: 1 }],
    ["c", { kind: "auto-contrast" }],
    ["C", { kind: "auto-contrast" }],
    ["k", { kind: "toggle-panel" }],
    ["ArrowLeft", { kind: "pan", dx: -1, dy: 0 }],
    ["q", undefined],
    ["Tab", undefined],
    ["Escape", undefined],
  ] as const)("%j", (key, command) => {
    expect(commandOf(press(key))).toEqual(command);
  });

  it("goes further with Shift", () => {
    expect(commandOf(press(">", { shiftKey: true }))).toEqual({ kind: "step", role: "z", by: 10 });
    expect(commandOf(press("PageUp", { shiftKey: true }))).toEqual({
      kind: "step",
      role: "z",
      by: 10,
    });
    expect(commandOf(press("ArrowDown", { shiftKey: true }))).toEqual({
      kind: "pan",
      dx: 0,
      dy: 5,
    });
  });

  it("takes channel digits by their place, whatever the layout writes there", () => {
    expect(commandOf(press("&", { code: "Digit1" }))).toEqual({
      kind: "toggle-channel",
      position: 0,
    });
    expect(commandOf(press("!", { code: "Digit1", shiftKey: true }))).toEqual({
      kind: "solo-channel",
      position: 0,
    });
    expect(commandOf(press("9", { code: "Numpad9" }))).toEqual({
      kind: "toggle-channel",
      position: 8,
    });
  });

  it("leaves the browser its own keys, but knows AltGr", () => {
    expect(commandOf(press("c", { ctrlKey: true }))).toBeUndefined();
    expect(commandOf(press("c", { metaKey: true }))).toBeUndefined();
    expect(commandOf(press("ArrowLeft", { altKey: true }))).toBeUndefined();
    const altGr = { ctrlKey: true, altKey: true, altGraph: true };
    expect(commandOf(press("[", altGr))).toEqual({ kind: "step", role: "t", by: -1 });
  });
});
