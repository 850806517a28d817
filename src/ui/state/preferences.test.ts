import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openState } from "../testing/fake-viewer.ts";
import {
  defaultPreferences,
  type Preferences,
  parsePreferences,
  shownTheme,
  withPreferences,
} from "./preferences.ts";
import type { ViewerState } from "./viewer-state.ts";
import { createViewerStore } from "./viewer-store.ts";

it("takes back what it was", () => {
  const kept = { theme: "light", shortcuts: false, scaleBar: false } as const;
  expect(parsePreferences(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

it("is as at first for anything else, part by part", () => {
  expect(parsePreferences(undefined)).toEqual(defaultPreferences);
  expect(parsePreferences({ theme: "pink", shortcuts: "no", scaleBar: false })).toEqual({
    ...defaultPreferences,
    scaleBar: false,
  });
  fc.assert(
    fc.property(fc.anything(), (kept) => {
      const { theme, shortcuts, scaleBar } = parsePreferences(kept);
      expect(["dark", "light", "system", "contrast"]).toContain(theme);
      expect([typeof shortcuts, typeof scaleBar]).toEqual(["boolean", "boolean"]);
    }),
  );
});

describe("a theme that is chosen", () => {
  const at = (change: Partial<ViewerState>) => createViewerStore(change).getState();
  const shown = (state: ViewerState, change: Partial<Preferences>) => {
    const next = { ...state, ...withPreferences(state, change) };
    return [shownTheme(next), next.preferences.theme, next.pageTheme];
  };

  it("is the person's own; while something is open it is the page's and its link's, too", () => {
    expect(shown(at({}), { theme: "light" })).toEqual(["light", "light", undefined]);
    expect(shown(at(openState()), { theme: "light" })).toEqual(["light", "light", "light"]);
  });

  it("counts on the start page, whatever a link had asked for; other settings leave the theme alone", () => {
    const linked = { pageTheme: "contrast" } as const;
    expect(shown(at(linked), { theme: "light" })).toEqual(["light", "light", undefined]);
    expect(shown(at(linked), { scaleBar: false })).toEqual(["contrast", "dark", "contrast"]);
  });
});
