import {
  axesOf,
  image04,
  level,
  oneLevel,
  opens,
  problems,
  type RuleCase,
  scale,
  store,
} from "./rule-case.ts";

const window = { start: 1, end: 9, min: 0, max: 99 };
const full = { color: "00FF00", window };
/** An image of as many channels as the array has, and an omero block. */
const shown = (count: number, omero: unknown) =>
  opens(oneLevel("cyx", [count, 8, 8], { omero } as never), "channels");
const channels = (...list: object[]) => shown(list.length, { channels: list });
const _noted = (omero: unknown) => problems(image04({}, { omero } as never));
const _planes = (rdefs: object) =>
  opens(
    store(
      image04({ axes: axesOf("tzyx"), datasets: [level("0", scale(1, 1, 1, 1))] }, {
        omero: { channels: [full], rdefs },
      } as never),
      [3, 5, 8, 8],
    ),
    "plane",
  );

/** Colours and contrast limits of omero. */
export const rulesColours: readonly RuleCase[] = [
  {
    id: "N4-34",
    rule: "#rrggbb.",
    observed: "Channel 1 #FF8000 1…9; warning N4-34",
    observe: channels({ ...full, color: "#ff8000" }),
  },
  {
    id: "N4-34",
    rule: "Lower case.",
    observed: "Channel 1 #FF8000 1…9; no problem",
    observe: channels({ ...full, color: "ff8000" }),
  },
  {
    id: "N4-34",
    rule: "Three digits.",
    observed: "Channel 1 #FF8800 1…9; warning N4-34",
    observe: channels({ ...full, color: "f80" }),
  },
  {
    id: "N4-34",
    rule: "Eight digits.",
    observed: "Channel 1 #FF8000 1…9; warning N4-34",
    observe: channels({ ...full, color: "FF8000FF" }),
  },
  {
    id: "N4-34",
    rule: "A CSS name.",
    observed: "Channel 1 #FFA500 1…9; warning N4-34",
    observe: channels({ ...full, color: "Orange" }),
  },
  {
    id: "N4-34",
    rule: "An integer.",
    observed: "Channel 1 #FF8000 1…9; warning N4-34",
    observe: channels({ ...full, color: 0xff8000 }),
  },
  {
    id: "N4-34",
    rule: "[r, g, b].",
    observed: "Channel 1 #FF8000 1…9; warning N4-34",
    observe: channels({ ...full, color: [255, 128, 0] }),
  },
  {
    id: "N4-34",
    rule: "What is no colour gets one of the palette.",
    observed: "Channel 1 #FFFFFF 1…9; warning N4-34",
    observe: channels({ ...full, color: "url(x)" }),
  },
  {
    id: "N4-35",
    rule: "start = end: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { ...window, start: 9 } }),
  },
  {
    id: "N4-35",
    rule: "start > end: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { ...window, start: 10 } }),
  },
  {
    id: "N4-35",
    rule: "Strings: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { ...window, start: "1" } }),
  },
  {
    id: "N4-35",
    rule: "min = max = 0: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { ...window, min: 0, max: 0 } }),
  },
  {
    id: "N4-35",
    rule: "Outside the data type: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { ...window, end: 70_000 } }),
  },
  {
    id: "N4-35",
    rule: "Partial: auto-contrast.",
    observed: "Channel 1 #00FF00 auto; warning N4-35",
    observe: channels({ ...full, window: { start: 1, min: 0, max: 9 } }),
  },
];
