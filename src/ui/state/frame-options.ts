import { type Theme, themes } from "./preferences.ts";

/** What the frame's visitor may not change. */
export const frameLocks = ["pan", "zoom", "channels", "planes"] as const;
export type FrameLock = (typeof frameLocks)[number];

/** How much stands around the image: everything, the needful, nothing. */
export const frameInterfaces = ["full", "min", "none"] as const;
export type FrameInterface = (typeof frameInterfaces)[number];

/** How the viewer looks in a page of somebody else, from the query of its address. */
export type FrameOptions = {
  readonly interface: FrameInterface;
  readonly locks: ReadonlySet<FrameLock>;
  /** undefined: as the visitor has chosen in the viewer itself. */
  readonly theme: Theme | undefined;
  /** Nothing is asked for until the visitor presses. */
  readonly hasPoster: boolean;
};

const frameKeys = ["embed", "ui", "lock", "theme", "poster"] as const;

function isOn(value: string | null | undefined): boolean {
  return value !== null && value !== undefined && value !== "0" && value !== "false";
}

/** `?embed=1&ui=min&lock=pan,zoom&theme=light&poster=1`; undefined where the page is no embed. What is not understood is as if it were not there. */
export function parseFrameOptions(search: string): FrameOptions | undefined {
  const query = new URLSearchParams(search);
  // The source comes first and may have a query of its own: the last of a name is ours.
  const last = (key: (typeof frameKeys)[number]) => query.getAll(key).at(-1);
  if (!isOn(last("embed"))) return undefined;
  const asked = (last("lock") ?? "").split(",");
  return {
    interface: frameInterfaces.find((each) => each === last("ui")) ?? "min",
    locks: new Set(frameLocks.filter((each) => asked.includes(each))),
    theme: themes.find((each) => each === last("theme")),
    hasPoster: isOn(last("poster")),
  };
}

/** The address of the full viewer for that of an embed: the same without what concerns the frame. */
export function fullAddress(address: string): string {
  const url = new URL(address);
  // Not through URLSearchParams, which would write the source anew.
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((part) => !frameKeys.some((key) => part === key || part.startsWith(`${key}=`)));
  url.search = kept.join("&");
  return url.href;
}
