/**
 * What is on screen, as JSON: read and changed by scripts of the same page (app/automation-api.ts) and by pages around a frame (protocol.ts). Types
 * only, without imports: they are published with the client. Indices are 0-based.
 */
export type ShownState<Lut extends string = string> = {
  /** Address of the open source; null while there is none. */
  source: string | null;
  /** `target` in world units of the two display axes, `zoom` = log2 of CSS pixels per world unit; null until there is an image. */
  view: { target: [number, number]; zoom: number } | null;
  /** Names of the axes shown down and across; null until there is an image. */
  axes: [down: string, across: string] | null;
  /** Index by axis name, at the finest level. */
  selection: Record<string, number>;
  /** With a well opened that has a contrast of its own, with its limits; a change then is of those. */
  channels: ShownChannel<Lut>[];
  /** The imaging model: only the first visible channel is shown, in grey. */
  greyscale: boolean;
  /** Label images in the order of the metadata; null until they were looked for, which is after the picture. */
  labels: ShownLabel[] | null;
};

export type ShownChannel<Lut extends string = string> = {
  index: number;
  label: string;
  visible: boolean;
  /** "RRGGBB". */
  color: string;
  inverted: boolean;
  /** Exponent on the brightness, 0.1 … 5; 1 is linear, more is darker. */
  gamma: number;
  /** Lookup table in place of `color`, by the name of Viv's colormap module ("viridis", "rainbow_soft"); null: none. */
  lut: Lut | null;
  /** Display limits `start…end` within `min…max`, in data units; null until auto-contrast has found them. */
  window: { start: number; end: number; min: number; max: number } | null;
};

/** How one label image lies over the picture. */
export type ShownLabel = {
  /** Path below the group `labels`; unique. */
  name: string;
  visible: boolean;
  /** 0 … 1 */
  opacity: number;
  /** As areas, or as lines inside of their borders. */
  style: "fill" | "outline";
};

/** Any part of the state; channels are matched by `index` and labels by `name`, and each may be given in part. */
export type ShownStateChange<Lut extends string = string> = {
  source?: string;
  /** Either part may be left out. */
  view?: { target?: [number, number]; zoom?: number };
  /** Other axes to show, which comes first: the rest is meant for the image as it is then. */
  axes?: [down: string, across: string] | null;
  selection?: Record<string, number>;
  channels?: (Pick<ShownChannel<Lut>, "index"> &
    Partial<Pick<ShownChannel<Lut>, "visible" | "color" | "inverted" | "gamma" | "lut">> & {
      window?: { start: number; end: number };
    })[];
  greyscale?: boolean;
  /** Those that are not found yet are looked for. */
  labels?: (Pick<ShownLabel, "name"> & Partial<ShownLabel>)[];
};
