/** What a key on the focused canvas asks for. */
export type Command =
  | { readonly kind: "zoom"; readonly delta: number }
  | { readonly kind: "fit" }
  /** By CSS pixels' tenths of the canvas: 1 = 10 % of its width or height. */
  | { readonly kind: "pan"; readonly dx: number; readonly dy: number }
  | { readonly kind: "step"; readonly role: "z" | "t"; readonly by: number }
  /** `position` counts the channels as listed, from 0. */
  | { readonly kind: "toggle-channel" | "solo-channel"; readonly position: number }
  | { readonly kind: "auto-contrast" }
  | { readonly kind: "toggle-panel" };

/** The parts of a KeyboardEvent that shortcuts depend on. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"
> & {
  /** AltGr is held: on many layouts `[` and `]` need it. */
  readonly altGraph: boolean;
};

export type ShortcutEntry = { readonly keys: readonly string[]; readonly does: string };

/** For the list under `?` and for tooltips. */
export const shortcutEntries: readonly ShortcutEntry[] = [
  { keys: ["+", "−"], does: "Zoom in, zoom out" },
  { keys: ["0", "Home"], does: "Fit the image to the window" },
  { keys: ["←", "→", "↑", "↓"], does: "Move the view (with Shift further)" },
  { keys: [",", "."], does: "Previous, next z plane (with Shift ten)" },
  { keys: ["Page Down", "Page Up"], does: "Previous, next z plane (with Shift ten)" },
  { keys: ["[", "]"], does: "Previous, next time point (with Shift ten)" },
  { keys: ["1…9"], does: "Show or hide a channel (with Shift show it alone)" },
  { keys: ["C"], does: "Contrast of the visible channels from what is on screen" },
  { keys: ["K"], does: "Show or hide the panel" },
];

/** By the character, so that it is where the keyboard's layout has it. */
const byCharacter: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["+", { kind: "zoom", delta: 0.5 }],
  ["=", { kind: "zoom", delta: 0.5 }],
  ["-", { kind: "zoom", delta: -0.5 }],
  ["_", { kind: "zoom", delta: -0.5 }],
  ["0", { kind: "fit" }],
  ["Home", { kind: "fit" }],
  [",", { kind: "step", role: "z", by: -1 }],
  [".", { kind: "step", role: "z", by: 1 }],
  ["<", { kind: "step", role: "z", by: -10 }],
  [">", { kind: "step", role: "z", by: 10 }],
  ["[", { kind: "step", role: "t", by: -1 }],
  ["]", { kind: "step", role: "t", by: 1 }],
  ["{", { kind: "step", role: "t", by: -10 }],
  ["}", { kind: "step", role: "t", by: 10 }],
  ["c", { kind: "auto-contrast" }],
  ["k", { kind: "toggle-panel" }],
]);

/** Keys whose Shift makes the step longer instead of another character. */
function withShift({ key, shiftKey }: KeyPress): Command | undefined {
  const pan = shiftKey ? 5 : 1;
  const step = shiftKey ? 10 : 1;
  switch (key) {
    case "ArrowLeft":
      return { kind: "pan", dx: -pan, dy: 0 };
    case "ArrowRight":
      return { kind: "pan", dx: pan, dy: 0 };
    case "ArrowUp":
      return { kind: "pan", dx: 0, dy: -pan };
    case "ArrowDown":
      return { kind: "pan", dx: 0, dy: pan };
    case "PageUp":
      return { kind: "step", role: "z", by: step };
    case "PageDown":
      return { kind: "step", role: "z", by: -step };
    default:
      return undefined;
  }
}

/** The command of a key, if it has one. Keys with Ctrl, Alt or ⌘ belong to the browser. */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.metaKey) return undefined;
  if ((press.ctrlKey || press.altKey) && !press.altGraph) return undefined;
  const known =
    withShift(press) ??
    byCharacter.get(press.key.length === 1 ? press.key.toLowerCase() : press.key);
  if (known !== undefined) {
    // Capital C is kept free for the contrast panel.
    return press.shiftKey && /^[a-z]$/i.test(press.key) ? undefined : known;
  }
  // Digits by their place: with Shift the character is another one, and which depends on the layout.
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
  if (digit === undefined) return undefined;
  return { kind: press.shiftKey ? "solo-channel" : "toggle-channel", position: Number(digit) - 1 };
}
