import type { Command } from "./command.ts";

/** What lies over the picture. */
export const labelCommands: readonly Command[] = [
  {
    id: "labels",
    title: "Show or hide labels",
    group: "Labels",
    keys: ["l"],
    run: ({ actions }) => actions.toggleLabels(),
  },
  {
    id: "labels-style",
    title: "Labels as areas or as outlines",
    group: "Labels",
    keys: [],
    run: ({ state: { labels }, actions }) => {
      const shown = labels.filter(({ visible }) => visible);
      const style = shown.some((label) => label.style === "fill") ? "outline" : "fill";
      for (const { name } of shown) actions.setLabel(name, { style });
    },
  },
  {
    id: "label-let-go",
    title: "Let go of the chosen object",
    group: "Labels",
    keys: [],
    run: ({ actions }) => actions.unpinLabel(),
  },
];
