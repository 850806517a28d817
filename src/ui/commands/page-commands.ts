import { seriesOf } from "../state/image-list.ts";
import { type Theme, themes } from "../state/preferences.ts";
import type { Command } from "./command.ts";

export const themeNames: Readonly<Record<Theme, string>> = {
  dark: "Dark",
  light: "Light",
  system: "As the system",
  contrast: "High contrast",
};

function setTheme(theme: Theme): Command {
  return {
    id: `theme-${theme}`,
    title: `Theme: ${themeNames[theme].toLowerCase()}`,
    group: "Page",
    keys: [],
    run: ({ actions }) => actions.setPreferences({ theme }),
  };
}

function stepImage(by: 1 | -1, title: string, key: string): Command {
  return {
    id: `image${by > 0 ? "+" : "-"}1`,
    title,
    group: "Page",
    keys: [key],
    run: ({ state: { source, imageList, plate }, actions }) => {
      if (plate) {
        const field = plate.field + by;
        if (field >= 0 && field < plate.fieldCount) actions.goOnPlate({ field });
        return;
      }
      const next = seriesOf(source) + by;
      if (imageList?.images[next] !== undefined) actions.openSeries(next);
    },
  };
}

/** The page around the image. */
export const pageCommands: readonly Command[] = [
  stepImage(1, "Next image of several, or field of a plate", "n"),
  stepImage(-1, "Previous image of several, or field of a plate", "p"),
  {
    id: "panel",
    title: "Show or hide the panel",
    group: "Page",
    keys: ["k"],
    run: ({ chrome }) => chrome.togglePanel(),
  },
  {
    id: "fullscreen",
    title: "Full screen on or off",
    group: "Page",
    keys: ["f"],
    run: ({ chrome }) => chrome.toggleFullscreen(),
  },
  {
    id: "export",
    title: "Export a picture",
    group: "Page",
    keys: ["e"],
    run: ({ chrome }) => chrome.openShare("picture"),
  },
  {
    id: "embed",
    title: "Embed, copy as code, open with another viewer",
    group: "Page",
    keys: [],
    run: ({ chrome }) => chrome.openShare("code"),
  },
  {
    id: "help",
    title: "Keyboard shortcuts",
    group: "Page",
    keys: ["?", "h"],
    run: ({ chrome }) => chrome.openHelp(),
  },
  {
    id: "palette",
    title: "All commands",
    group: "Page",
    keys: ["Mod+k"],
    run: ({ chrome }) => chrome.openPalette(),
  },
  {
    id: "shortcuts",
    title: "Single-key shortcuts on or off",
    group: "Page",
    keys: [],
    run: ({ state, actions }) =>
      actions.setPreferences({ shortcuts: !state.preferences.shortcuts }),
  },
  ...themes.map(setTheme),
];
