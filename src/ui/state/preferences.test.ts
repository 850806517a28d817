import fc from "fast-check";
import { expect, it } from "vitest";
import { defaultPreferences, parsePreferences } from "./preferences.ts";

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
