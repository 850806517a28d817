import type { ViewerState } from "./viewer-state.ts";

export const themes = ["dark", "light", "system", "contrast"] as const;

/** Colours of the interface; the image's background is apart from it. */
export type Theme = (typeof themes)[number];

/** What belongs to the person, not to an image or a link. */
export type Preferences = {
  readonly theme: Theme;
  /** Single keys act on the focused image (WCAG 2.1.4). */
  readonly shortcuts: boolean;
  readonly scaleBar: boolean;
};

/** The theme that is shown: the one of this page alone, else the person's own. */
export function shownTheme({
  pageTheme,
  preferences,
}: Pick<ViewerState, "pageTheme" | "preferences">): Theme {
  return pageTheme ?? preferences.theme;
}

/** A theme that is chosen while something is open belongs to the page, too, and to the link to what is on screen. */
export function withPreferences(
  { source, pageTheme, preferences }: ViewerState,
  change: Partial<Preferences>,
): Pick<ViewerState, "preferences" | "pageTheme"> {
  const chosen = source.status === "empty" ? undefined : change.theme;
  return {
    preferences: { ...preferences, ...change },
    pageTheme: change.theme === undefined ? pageTheme : chosen,
  };
}

export const defaultPreferences: Preferences = { theme: "dark", shortcuts: true, scaleBar: true };

/** Preferences from what was kept, whatever that is; what is missing or makes no sense is as at first. */
export function parsePreferences(kept: unknown): Preferences {
  if (typeof kept !== "object" || kept === null) return defaultPreferences;
  const theme = themes.find((candidate) => candidate === Reflect.get(kept, "theme"));
  return {
    theme: theme ?? defaultPreferences.theme,
    shortcuts: Reflect.get(kept, "shortcuts") !== false,
    scaleBar: Reflect.get(kept, "scaleBar") !== false,
  };
}
