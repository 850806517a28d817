import type { ViewerActions, ViewerState } from "../state/viewer-state.ts";

/** What the page itself can do beside the viewer's actions. */
export interface Chrome {
  togglePanel(): void;
  openHelp(): void;
  openPalette(): void;
  /** The view as a picture, or as code. */
  openShare(tab: "picture" | "code"): void;
  toggleFullscreen(): void;
}

export type CommandContext = {
  readonly state: ViewerState;
  readonly actions: ViewerActions;
  readonly chrome: Chrome;
  /** A key was pressed; no button, and no entry of a list, was chosen. */
  readonly byKey: boolean;
};

export const commandGroups = ["View", "Planes", "Channels", "Labels", "Plate", "Page"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something the viewer can do. Shortcuts, the help and the command palette are made of these. */
export type Command = {
  /** Unique and stable. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Names of keys, as `pressNames` makes them. */
  readonly keys: readonly string[];
  /** One line in the help for several commands: its keys as printed, and what they do. */
  readonly family?: { readonly keys: string; readonly title: string };
  run(context: CommandContext): void;
};
