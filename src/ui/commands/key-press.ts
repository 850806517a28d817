/** The parts of a KeyboardEvent that shortcuts depend on. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"
> & {
  /** AltGr is held: on many layouts `[` and `]` need it. */
  readonly altGraph: boolean;
};

/**
 * Names of a press, the best first: "z", "Shift+PageUp", "Mod+Shift+z" (Ctrl or ⌘), "Shift+Digit1". Symbols are named by the character, so
 * that they are where the keyboard's layout has them, and Shift is part of the character; digits have a name by their place as well,
 * for with Shift the character is another one, and which depends on the layout.
 */
export function pressNames(press: KeyPress): readonly string[] {
  const { key, code, shiftKey, altGraph } = press;
  const mod = (press.ctrlKey || press.metaKey) && !altGraph;
  if (press.altKey && !altGraph) return [];
  const prefix = mod ? "Mod+" : "";
  const shift = shiftKey ? "Shift+" : "";
  if (key === " ") return [`${prefix}${shift}Space`];
  if (/^[a-z]$/i.test(key)) return [`${prefix}${shift}${key.toLowerCase()}`];
  const isCharacter = key.length === 1;
  const names = [isCharacter ? `${prefix}${key}` : `${prefix}${shift}${key}`];
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit !== undefined) names.push(`${prefix}${shift}Digit${digit}`);
  return names;
}

/** Whether a key's name is a character's: those can be switched off (WCAG 2.1.4). */
export function isCharacterKey(name: string): boolean {
  if (name.startsWith("Mod+")) return false;
  const key = name.replace(/^Shift\+(?=.)/, "");
  return key.length === 1 || key === "Space" || key.startsWith("Digit");
}

const printed: ReadonlyMap<string, string> = new Map([
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["PageUp", "Page Up"],
  ["PageDown", "Page Down"],
  ["-", "−"],
]);

/** A key's name as it is printed: "Ctrl+Shift+Z", on Apple's keyboards "⌘ Shift Z". */
export function keyLabel(name: string, isApple: boolean): string {
  const parts = name.length === 1 ? [name] : name.split(/\+(?=.)/);
  const words = parts.map((part) => {
    if (part === "Mod") return isApple ? "⌘" : "Ctrl";
    if (/^[a-z]$/.test(part)) return part.toUpperCase();
    return printed.get(part) ?? part.replace(/^Digit/, "");
  });
  return words.join(isApple ? " " : "+");
}
