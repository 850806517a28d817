const prefix = "zarrscope.";

/** What was kept for the life of this tab; undefined if nothing was, or if the browser refuses to say. */
export function readKeptHere(name: string): string | undefined {
  try {
    return sessionStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text for the life of this tab; false where the browser refuses. */
export function keepHere(name: string, text: string): boolean {
  try {
    sessionStorage.setItem(prefix + name, text);
    return true;
  } catch {
    return false;
  }
}
