import type { Command, CommandContext } from "./command.ts";

/** Element that a key puts the focus on. */
export const goToWellId = "zs-go-to-well";

function stepField({ state: { plate }, actions }: CommandContext, by: number): void {
  if (plate === undefined) return;
  const field = plate.field + by;
  if (field >= 0 && field < plate.fieldCount) actions.goOnPlate({ field });
}

/** Walking about on a plate; the next well is by Shift and arrow, among the commands of the view. */
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
      const field = () => document.getElementById(goToWellId);
      if (field()?.checkVisibility() !== true) chrome.togglePanel();
      requestAnimationFrame(() => field()?.focus());
    },
  },
  {
    id: "field-next",
    title: "Next field of the wells",
    group: "Plate",
    keys: ["n"],
    run: (context) => stepField(context, 1),
  },
  {
    id: "field-previous",
    title: "Previous field of the wells",
    group: "Plate",
    keys: ["p"],
    run: (context) => stepField(context, -1),
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
