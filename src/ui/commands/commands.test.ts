import { describe, expect, it, vi } from "vitest";
import { fakeViewer } from "../testing/fake-viewer.ts";
import { type Chrome, commandGroups } from "./command.ts";
import { commandOfPress, commands, helpLines, matchingCommands } from "./commands.ts";
import { isCharacterKey, type KeyPress, keyLabel } from "./key-press.ts";

function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, altGraph: false };
  return { key, code: "", ...none, ...change };
}
const idOf = (key: string, change?: Partial<KeyPress>, singleKeys = true) =>
  commandOfPress(press(key, change), singleKeys)?.id;

const chrome: Chrome = {
  togglePanel: vi.fn(),
  openHelp: vi.fn(),
  openPalette: vi.fn(),
  openShare: vi.fn(),
  toggleFullscreen: vi.fn(),
};

function run(id: string, viewer = fakeViewer(), byKey = false) {
  const { store, actions } = viewer;
  commands
    .find((command) => command.id === id)!
    .run({ state: store.getState(), actions, chrome, byKey });
  return viewer;
}

describe("the registry", () => {
  it("has one command per id and one per key", () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = commands.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ["+", "zoom-in"],
    ["-", "zoom-out"],
    ["0", "fit"],
    [",", "z-1"],
    [".", "z+1"],
    ["[", "t-1"],
    ["]", "t+1"],
    [" ", "play"],
    ["c", "auto-contrast"],
    ["C", "auto-contrast"],
    ["b", "scale-bar"],
    ["k", "panel"],
    ["f", "fullscreen"],
    ["?", "help"],
    ["ArrowLeft", "pan-left"],
    ["q", undefined],
    ["Tab", undefined],
    ["Escape", "plate-whole"],
  ])("%j is %s", (key, id) => {
    expect(idOf(key)).toBe(id);
  });

  it("goes further with Shift", () => {
    expect(idOf(">", { shiftKey: true })).toBe("z+10");
    expect(idOf("PageUp", { shiftKey: true })).toBe("z+10");
    expect(idOf("ArrowDown", { shiftKey: true })).toBe("pan-down-far");
    expect(idOf("C", { shiftKey: true })).toBe("auto-contrast-plane");
  });

  it("takes channel digits by their place, whatever the layout writes there", () => {
    expect(idOf("&", { code: "Digit1" })).toBe("channel-1");
    expect(idOf("!", { code: "Digit1", shiftKey: true })).toBe("solo-1");
    expect(idOf("9", { code: "Numpad9" })).toBe("channel-9");
  });

  it("leaves the browser its own keys, but knows Ctrl, ⌘ and AltGr", () => {
    expect(idOf("c", { ctrlKey: true })).toBeUndefined();
    expect(idOf("ArrowLeft", { altKey: true })).toBeUndefined();
    expect(idOf("z", { ctrlKey: true })).toBe("undo");
    expect(idOf("Z", { metaKey: true, shiftKey: true })).toBe("redo");
    expect(idOf("k", { metaKey: true })).toBe("palette");
    expect(idOf("[", { ctrlKey: true, altKey: true, altGraph: true })).toBe("t-1");
  });

  it("2.1.4: switched off, no key that writes a character does anything", () => {
    for (const key of commands.flatMap((command) => command.keys).filter(isCharacterKey)) {
      const [name, shiftKey] = [key.replace(/^Shift\+(?=.)/, ""), key.startsWith("Shift+")];
      const code = name.startsWith("Digit") ? name : "";
      const character = name === "Space" ? " " : name.replace("Digit", "");
      expect(idOf(character, { code, shiftKey }, false)).toBeUndefined();
    }
    expect(idOf("k", { ctrlKey: true }, false)).toBe("palette");
    expect(idOf("ArrowUp", {}, false)).toBe("pan-up");
  });
});

describe("running", () => {
  it("steps along z and stops at the ends", () => {
    const viewer = run("z+10");
    expect(viewer.store.getState().selection).toEqual({ z: 128 });
    viewer.store.setState({ selection: { z: 3 } });
    run("z-10", viewer);
    expect(viewer.store.getState().selection).toEqual({ z: 0 });
    expect(run("t+1").calls).toEqual([]);
  });

  it("pans by a tenth of the canvas", () => {
    const { view } = run("pan-right").store.getState();
    expect(view?.target[0]).toBeCloseTo(48.6 + 100 * 2 ** -2.7);
  });

  it("hides a channel, shows one alone, and all again", () => {
    const viewer = fakeViewer();
    const visible = () => viewer.store.getState().channels.map((channel) => channel.visible);
    run("channel-1", viewer);
    expect(visible()).toEqual([false, true]);
    run("solo-1", viewer);
    expect(visible()).toEqual([true, false]);
    run("solo-1", viewer);
    expect(visible()).toEqual([true, true]);
    run("channel-9", viewer);
    expect(visible()).toEqual([true, true]);
  });

  it("sets the contrast of visible channels only", () => {
    const viewer = run("channel-1");
    run("auto-contrast", viewer);
    expect(viewer.calls.filter(({ action }) => action === "autoContrast")).toEqual([
      { action: "autoContrast", args: [1] },
    ]);
  });

  it("plays depth where there is no time, and pauses", () => {
    const viewer = run("play");
    expect(viewer.store.getState().playback.playing).toBe("z");
    run("play", viewer);
    expect(viewer.store.getState().playback.playing).toBeUndefined();
  });

  it("nothing throws while no image is open", () => {
    for (const { id } of commands) run(id, fakeViewer({}));
  });
});

describe("the lists", () => {
  it("the help names every command that has a key", () => {
    const lines = commandGroups.flatMap((group) => helpLines(group, false));
    for (const { title, keys, family } of commands) {
      if (keys.length > 0) {
        expect(lines.map((line) => line.title)).toContain(family?.title ?? title);
      }
    }
    expect(lines).toContainEqual({ keys: ["Ctrl+Shift+Z", "Ctrl+Y"], title: "Redo" });
    expect(keyLabel("Mod+k", true)).toBe("⌘ K");
    expect(keyLabel("+", false)).toBe("+");
  });

  it("finds by the beginnings of words, in any order", () => {
    expect(matchingCommands("fit")[0]?.id).toBe("fit");
    expect(matchingCommands("con hi").map(({ id }) => id)).toEqual(["theme-contrast"]);
    expect(matchingCommands("theme").map(({ id }) => id)).toEqual([
      "theme-dark",
      "theme-light",
      "theme-system",
      "theme-contrast",
    ]);
    expect(matchingCommands("")).toHaveLength(commands.length);
    expect(matchingCommands("zzz")).toEqual([]);
  });
});
