import { array, group } from "../fake-nodes.ts";
import { image04, labelsOf, opens, problems, type RuleCase, store } from "./rule-case.ts";

const label = (more: object) =>
  problems({
    "image-label": { version: "0.4", colors: [{ "label-value": 1, rgba: [1, 2, 3, 4] }], ...more },
  } as never);
const colors = (...items: unknown[]) => label({ colors: items });
const plate = (more: object) =>
  problems({
    plate: {
      version: "0.4",
      name: "p",
      rows: [{ name: "A" }, { name: "B" }],
      columns: [{ name: "1" }],
      wells: [{ path: "A/1", rowIndex: 0, columnIndex: 0 }],
      ...more,
    },
  } as never);
const _wells = (...items: unknown[]) => plate({ wells: items });
const _acquisition = (item: object) =>
  plate({ acquisitions: [{ id: 0, name: "a", maximumfieldcount: 1, ...item }] });
const _well = (...images: unknown[]) => problems({ well: { version: "0.4", images } } as never);
const labelled = (labels: Record<string, ReturnType<typeof group>>) =>
  labelsOf({ ...store(image04()), ...labels });
const _series = (root: object, more: Record<string, ReturnType<typeof group>>) =>
  opens(
    {
      "": group({ "bioformats2raw.layout": 3, ...root }),
      "0": group(image04({ name: "first" })),
      "0/0": array([8, 8]),
      "0/1": array([4, 4]),
      "1": group(image04({ name: "second" })),
      "1/0": array([8, 8]),
      "1/1": array([4, 4]),
      ...more,
    },
    "name",
  );

/** Labels. */
export const rulesLabels: readonly RuleCase[] = [
  {
    id: "N4-50",
    rule: "Label images are listed, nested ones too.",
    observed: "labels/a, labels/b/c; no problem",
    observe: labelled({ labels: group({ labels: ["a", "b/c"] }) }),
  },
  {
    id: "N4-50",
    rule: "The list may be missing.",
    observed: "none; warning N4-50",
    observe: labelled({ labels: group({}) }),
  },
  {
    id: "N4-50",
    rule: "It may be empty.",
    observed: "none; no problem",
    observe: labelled({ labels: group({ labels: [] }) }),
  },
  {
    id: "N4-50",
    rule: "What is no path is left out.",
    observed: "labels/a, labels/3; warning N4-50, warning ZS-PATH",
    observe: labelled({ labels: group({ labels: ["a", 3, "a", "../../x"] }) }),
  },
  { id: "N4-54", rule: "colors is not empty.", observed: "warning N4-54", observe: colors() },
  {
    id: "N4-54",
    rule: "Each colour has a label-value.",
    observed: "warning N4-54",
    observe: colors({ rgba: [0, 0, 0, 0] }),
  },
  {
    id: "N4-54",
    rule: "It is an integer.",
    observed: "warning N4-54",
    observe: colors({ "label-value": 1.5 }),
  },
  {
    id: "N4-54",
    rule: "No colours at all is a note.",
    observed: "info N4-54",
    observe: problems({ "image-label": { version: "0.4" } }),
  },
  {
    id: "N4-55",
    rule: "rgba may be absent.",
    observed: "no problem",
    observe: colors({ "label-value": 1 }),
  },
  {
    id: "N4-55",
    rule: "rgba has four items.",
    observed: "warning N4-55",
    observe: colors({ "label-value": 1, rgba: [1, 2, 3] }),
  },
  {
    id: "N4-55",
    rule: "They are integers.",
    observed: "warning N4-55",
    observe: colors({ "label-value": 1, rgba: [0.5, 1, 0, 1] }),
  },
  {
    id: "N4-55",
    rule: "They end at 255.",
    observed: "warning N4-55",
    observe: colors({ "label-value": 1, rgba: [300, 0, 0, 255] }),
  },
  {
    id: "N4-57",
    rule: "properties is not empty.",
    observed: "warning N4-57",
    observe: label({ properties: [] }),
  },
  {
    id: "N4-57",
    rule: "Each property has a label-value; keys are free.",
    observed: "warning N4-57",
    observe: label({ properties: [{ "label-value": 1, area: 3 }, { area: 4 }] }),
  },
];
