import { wellBeside } from "../state/plate.ts";
import { panBy } from "../state/view.ts";
import type { Command } from "./command.ts";

const panShare = 0.1;

function pan(direction: string, dx: number, dy: number, isFar: boolean): Command {
  const factor = isFar ? 5 : 1;
  return {
    id: `pan-${direction}${isFar ? "-far" : ""}`,
    title: `Move the view ${direction}${isFar ? " by half a window" : ""}`,
    group: "View",
    keys: [
      `${isFar ? "Shift+" : ""}Arrow${direction.charAt(0).toUpperCase()}${direction.slice(1)}`,
    ],
    family: {
      keys: "← → ↑ ↓",
      title: "Move the view (with Shift by half a window, on a plate to the next well)",
    },
    run: ({ state: { view, stage, plate }, actions }) => {
      if (view === undefined || stage === undefined) return;
      if (isFar && plate) {
        const well = wellBeside(plate, view.target, dy, dx);
        if (well) actions.goOnPlate({ well: well.id });
        return;
      }
      const [width, height] = [stage.widthPx, stage.heightPx].map((px) => px * panShare * factor);
      actions.setView(panBy(view, dx * (width ?? 0), dy * (height ?? 0)));
    },
  };
}

const directions = [
  ["left", -1, 0],
  ["right", 1, 0],
  ["up", 0, -1],
  ["down", 0, 1],
] as const;

/** Zoom, pan, undo. */
export const viewCommands: readonly Command[] = [
  {
    id: "next-system",
    title: "Show in the next coordinate system",
    group: "View",
    keys: [],
    run: ({ state: { source }, actions }) => {
      const { systems = [], system } = source.status === "open" ? source.image : {};
      const at = systems.findIndex(({ name }) => name === system);
      const next = systems[(at + 1) % Math.max(1, systems.length)];
      if (next) actions.setSystem(next.name);
    },
  },
  {
    id: "zoom-in",
    title: "Zoom in",
    group: "View",
    keys: ["+", "="],
    run: ({ actions }) => actions.zoomBy(0.5),
  },
  {
    id: "zoom-out",
    title: "Zoom out",
    group: "View",
    keys: ["-", "_"],
    run: ({ actions }) => actions.zoomBy(-0.5),
  },
  {
    id: "fit",
    title: "Fit the image to the window",
    group: "View",
    keys: ["0", "Home"],
    run: ({ actions }) => actions.fit(),
  },
  {
    id: "one-to-one",
    title: "1:1, one image pixel per screen pixel",
    group: "View",
    keys: [],
    run: ({ actions }) => actions.oneToOne(),
  },
  ...[false, true].flatMap((isFar) =>
    directions.map(([direction, dx, dy]) => pan(direction, dx, dy, isFar)),
  ),
  {
    id: "undo",
    title: "Undo",
    group: "View",
    keys: ["Mod+z"],
    run: ({ actions }) => actions.undo(),
  },
  {
    id: "redo",
    title: "Redo",
    group: "View",
    keys: ["Mod+Shift+z", "Mod+y"],
    run: ({ actions }) => actions.redo(),
  },
  {
    id: "scale-bar",
    title: "Show or hide the scale bar",
    group: "View",
    keys: ["b"],
    run: ({ state, actions }) => actions.setPreferences({ scaleBar: !state.preferences.scaleBar }),
  },
  {
    id: "background",
    title: "Black or white image background",
    group: "View",
    keys: [],
    run: ({ state, actions }) =>
      actions.setImageBackground(state.imageBackground === "000000" ? "FFFFFF" : "000000"),
  },
];
