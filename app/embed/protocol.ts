import type { ShownState, ShownStateChange } from "./shown-state.ts";

export type { ShownChannel, ShownLabel, ShownState, ShownStateChange } from "./shown-state.ts";

/** The embedding interface, version 1, as data. What is in this folder is the client; it imports nothing from elsewhere. */
export const namespace = "zarrscope";
export const protocolVersion = 1;

/**
 * What is on screen. For pages that may not read metadata the labels of channels are empty and those of the image are null; the address of the
 * source comes without its query.
 */
export type FrameState = ShownState & {
  /** Path of the well of a plate that is open ("B/3"); null: none. */
  well: string | null;
};

/** Another `source` only from pages in the deployment's allow-list, and never a private address. */
export type FrameStateChange = ShownStateChange & {
  /** A well of the plate by its path, null for the plate as a whole. It comes first; what else there is, is meant for it. */
  well?: string | null;
};

/** Values of the visible channels at a point, at the finest level that is there; integers beyond 2^53 as decimal strings. */
export type FrameValues = {
  level: number;
  values: { channel: number; value: number | string | null }[];
};

export type ScreenshotOptions = {
  /** Device pixels of the picture for each of the screen. Default 1. */
  scale?: 1 | 2 | 3 | 4;
  /** What stands on the picture; all of it unless false. */
  scaleBar?: boolean;
  legend?: boolean;
  title?: boolean;
};

/** Events by name, and what comes with them. */
export type FrameEvents = {
  /** An image is open and on screen. */
  ready: { source: string };
  /** View, planes or rendering have changed; at most ten times a second. */
  state: FrameState;
  /** Tiles of the view: how many there are, how many are on their way, how many failed. */
  progress: { total: number; pending: number; failed: number };
  /** A source could not be opened. */
  error: { code: string; title: string };
  /** Another well of a plate is shown; null: none. */
  well: { well: string | null };
  /** Where the pointer is, in world units; null: not over the image. `values` only for pages that may read pixels. */
  hover: { world: [number, number]; values: FrameValues | null } | null;
};

export const frameEventNames = ["ready", "state", "progress", "error", "well", "hover"] as const;
export type FrameEventName = (typeof frameEventNames)[number];

/** What can be asked for, what is given and what comes back. */
export type FrameMethods = {
  getState: { params: undefined; result: FrameState };
  setState: { params: FrameStateChange; result: undefined };
  valueAt: { params: { x: number; y: number }; result: FrameValues | null };
  /** The bytes of a PNG. */
  screenshot: { params: ScreenshotOptions; result: ArrayBuffer };
  subscribe: { params: { event: FrameEventName }; result: undefined };
  unsubscribe: { params: { event: FrameEventName }; result: undefined };
};
export type FrameMethod = keyof FrameMethods;

/** Why something was not done: not allowed for this page, not understood, too much at once, or it went wrong. */
export type FrameErrorCode = "refused" | "malformed" | "rate-limited" | "too-large" | "failed";

/** Messages on the port, from the viewer. */
export type FrameReply =
  | { readonly type: "welcome"; readonly v: 1; readonly version: string }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | {
      readonly type: "error";
      readonly id: number;
      readonly code: FrameErrorCode;
      readonly message: string;
    }
  | { readonly type: "event"; readonly event: FrameEventName; readonly data: unknown };
