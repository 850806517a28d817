/**
 * What this browser keeps for the viewer. Frames without storage, a full disk and privacy settings all throw: then nothing is kept, and
 * nothing else is different.
 */
const prefix = "zarrscope.";

/** What was kept under a name; undefined if there is nothing that can be read. */
export function readKept(name: string): unknown {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a value that JSON can hold. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Told to nobody: it works without, until the page is left.
  }
}
