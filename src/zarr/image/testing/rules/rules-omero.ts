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
const noted = (omero: unknown) => problems(image04({}, { omero } as never));
const planes = (rdefs: object) =>
  opens(
    store(
      image04({ axes: axesOf("tzyx"), datasets: [level("0", scale(1, 1, 1, 1))] }, {
        omero: { channels: [full], rdefs },
      } as never),
      [3, 5, 8, 8],
    ),
    "plane",
  );

/** The omero block, and what stands in for it. */
export const rulesOmero: readonly RuleCase[] = [
  {
    id: "N4-30",
    rule: "channels is a list.",
    observed: "warning N4-30",
    observe: noted({ channels: {} }),
  },
  {
    id: "N4-30",
    rule: "Before 0.5 colour and window are a must.",
    observed: "warning N4-30",
    observe: noted({ channels: [{}] }),
  },
  {
    id: "N4-31",
    rule: "The label is shown.",
    observed: "DAPI #00FF00 1…9; no problem",
    observe: channels({ ...full, label: "DAPI" }),
  },
  {
    id: "N4-31",
    rule: "A polynomial is a gamma.",
    observed: "Channel 1 #00FF00 1…9 γ 0.5; no problem",
    observe: channels({ ...full, family: "polynomial", coefficient: 0.5 }),
  },
  {
    id: "N4-31",
    rule: "Other curves are shown as straight.",
    observed: "Channel 1 #00FF00 1…9; warning N4-31",
    observe: channels({ ...full, family: "exponential", coefficient: 1 }),
  },
  {
    id: "N4-31",
    rule: "A lookup table that we have is used.",
    observed: "Channel 1 #00FF00 1…9 viridis; no problem",
    observe: channels({ ...full, lut: "viridis.lut" }),
  },
  {
    id: "N4-31",
    rule: "Of another one the colour is.",
    observed: "Channel 1 #00FF00 1…9; info N4-31",
    observe: channels({ ...full, lut: "fire.lut" }),
  },
  {
    id: "N4-31",
    rule: "active is true or false.",
    observed: "Channel 1 #00FF00 1…9; warning N4-31",
    observe: channels({ ...full, active: 1 }),
  },
  {
    id: "N4-32",
    rule: "The whole of OMERO’s block does no harm.",
    observed: "no problem",
    observe: noted({ id: 1, pixel_range: [0, 255], meta: {}, tiles: true, channels: [full] }),
  },
  {
    id: "N4-32",
    rule: "The model is color or greyscale.",
    observed: "warning N4-32",
    observe: noted({ channels: [full], rdefs: { model: "sepia" } }),
  },
  {
    id: "N4-33",
    rule: "start and end are the limits.",
    observed: "Channel 1 #00FF00 1…9; no problem",
    observe: channels(full),
  },
  {
    id: "N4-36",
    rule: "Fewer channels than the axis.",
    observed:
      "Channel 1 #00FF00 1…9 | Channel 2 #FF00FF auto | Channel 3 #FFFF00 auto; warning N4-36",
    observe: shown(3, { channels: [full] }),
  },
  {
    id: "N4-36",
    rule: "More channels than the axis.",
    observed: "Channel 1 #00FF00 1…9; warning N4-36",
    observe: shown(1, { channels: [full, full] }),
  },
  {
    id: "N4-36",
    rule: "No channel axis, one channel.",
    observed: "Channel 1 #00FF00 1…9; no problem",
    observe: opens(store(image04({}, { omero: { channels: [full] } })), "channels"),
  },
  {
    id: "N4-36",
    rule: "channels: [] is as good as none.",
    observed: "Channel 1 #00FF00 auto | Channel 2 #FF00FF auto; no problem",
    observe: shown(2, { channels: [] }),
  },
  {
    id: "N4-36",
    rule: "omero: {}.",
    observed: "Channel 1 #FFFFFF auto; warning N4-30",
    observe: shown(1, {}),
  },
  {
    id: "N4-36",
    rule: "omero: null.",
    observed: "Channel 1 #FFFFFF auto; no problem",
    observe: shown(1, null),
  },
  {
    id: "N4-37",
    rule: "active is true if missing, for the first few.",
    observed:
      "Channel 1 #00FF00 1…9 | Channel 2 #00FF00 1…9 | Channel 3 #00FF00 1…9 | Channel 4 #00FF00 1…9 | Channel 5 #00FF00 1…9 off | Channel 6 #00FF00 1…9 off; no problem",
    observe: shown(6, { channels: Array.from({ length: 6 }, () => full) }),
  },
  {
    id: "N4-37",
    rule: "All off: the first is shown.",
    observed: "Channel 1 #00FF00 1…9 | Channel 2 #00FF00 1…9 off; no problem",
    observe: channels({ ...full, active: false }, { ...full, active: false }),
  },
  {
    id: "N4-38",
    rule: "inverted.",
    observed: "Channel 1 #00FF00 1…9 inverted; no problem",
    observe: channels({ ...full, inverted: true }),
  },
  {
    id: "N4-38",
    rule: "Greyscale: the first active channel in grey.",
    observed: "Channel 1 #FFFFFF 1…9 | Channel 2 #FFFFFF 1…9 off; no problem",
    observe: shown(2, { channels: [full, full], rdefs: { model: "greyscale" } }),
  },
  {
    id: "N4-39",
    rule: "The plane that is asked for.",
    observed: 'plane {"t":1,"z":3}; no problem',
    observe: planes({ defaultZ: 3, defaultT: 1 }),
  },
  {
    id: "N4-39",
    rule: "Out of range: the nearest one.",
    observed: 'plane {"t":0,"z":4}; warning N4-39',
    observe: planes({ defaultZ: 99, defaultT: -1 }),
  },
  {
    id: "N4-39",
    rule: "No number: the middle z, the first t.",
    observed: 'plane {"t":0,"z":2}; warning N4-39',
    observe: planes({ defaultZ: "x" }),
  },
  {
    id: "N4-39",
    rule: "For an axis that is not there: ignored.",
    observed: "plane {}; no problem",
    observe: opens(
      oneLevel("yx", [8, 8], { omero: { channels: [full], rdefs: { defaultZ: 3 } } }),
      "plane",
    ),
  },
  {
    id: "N4-40",
    rule: "Three channels of bytes are red, green and blue.",
    observed: "Red #FF0000 0…255 | Green #00FF00 0…255 | Blue #0000FF 0…255; no problem",
    observe: opens(bytes("cyx", [3, 8, 8]), "channels"),
  },
  {
    id: "N4-40",
    rule: "Four interleaved ones have alpha, which is off.",
    observed:
      "Red #FF0000 0…255 | Green #00FF00 0…255 | Blue #0000FF 0…255 | Alpha #FF0000 0…255 off; warning N4-02",
    observe: opens(bytes("yxc", [8, 8, 4]), "channels"),
  },
  {
    id: "N4-41",
    rule: "Without omero: colours of our own, auto-contrast.",
    observed: "Channel 1 #00FF00 auto | Channel 2 #FF00FF auto; no problem",
    observe: opens(oneLevel("cyx", [2, 8, 8]), "channels"),
  },
  {
    id: "N4-42",
    rule: "Of many channels four are on.",
    observed:
      "Channel 1 #00FFFF auto | Channel 2 #FF00FF auto | Channel 3 #FFFF00 auto | Channel 4 #FF0000 auto | Channel 5 #00FF00 auto off; no problem",
    observe: opens(oneLevel("cyx", [5, 8, 8]), "channels"),
  },
];

function bytes(letters: string, shape: readonly number[]) {
  const nodes = oneLevel(letters, shape);
  const node = nodes["0"];
  if (node === undefined || node instanceof Error || node.kind !== "array") return nodes;
  return { ...nodes, "0": { ...node, metadata: { ...node.metadata, dataType: "uint8" as const } } };
}
