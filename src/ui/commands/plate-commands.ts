import type { Command } from "./command.ts";

/** Element that a key puts the focus on. */
export const goToWellId = "zs-go-to-well";

/** Walking about on a plate. The next well is by Shift and arrow, among the commands of the view; the next field by N, as the next image. */
export const plateCommands: readonly Command[] = [
  {
    id: "plate-whole",
    title: "Back to the whole plate",
    group: "Plate",
    keys: ["Escape"],
    run: ({ state: { plate }, actions }) => {
      if (plate?.opened) actions.goOnPlate({ well: null });
    },
  },
  {
    id: "plate-go",
    title: "Go to a well by its name",
    group: "Plate",
    keys: ["Mod+g"],
    run: ({ state: { plate }, chrome }) => {
      if (plate === undefined) return;
      const field = document.getElementById(goToWellId);
      if (field?.checkVisibility()) {
        field.focus();
        return;
      }
      chrome.togglePanel();
      requestAnimationFrame(() => document.getElementById(goToWellId)?.focus());
    },
  },
  {
    id: "fields-all",
    title: "All fields of each well, or one",
    group: "Plate",
    keys: [],
    run: ({ state: { plate }, actions }) => {
      if (plate) actions.goOnPlate(plate.allFields ? { field: plate.field } : { allFields: true });
    },
  },
];
