import { array, group } from "../fake-nodes.ts";
import { image04, labelsOf, opens, problems, type RuleCase, store } from "./rule-case.ts";

const label = (more: object) =>
  problems({
    "image-label": { version: "0.4", colors: [{ "label-value": 1, rgba: [1, 2, 3, 4] }], ...more },
  } as never);
const _colors = (...items: unknown[]) => label({ colors: items });
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
const wells = (...items: unknown[]) => plate({ wells: items });
const acquisition = (item: object) =>
  plate({ acquisitions: [{ id: 0, name: "a", maximumfieldcount: 1, ...item }] });
const well = (...images: unknown[]) => problems({ well: { version: "0.4", images } } as never);
const _labelled = (labels: Record<string, ReturnType<typeof group>>) =>
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

/** Plates and wells. */
export const rulesPlates: readonly RuleCase[] = [
  {
    id: "N4-60",
    rule: "Rows are listed.",
    observed: "warning N4-60",
    observe: plate({ rows: [] }),
  },
  {
    id: "N4-60",
    rule: "Columns are listed.",
    observed: "warning N4-60",
    observe: plate({ columns: null }),
  },
  {
    id: "N4-60",
    rule: "Wells are listed.",
    observed: "warning N4-60",
    observe: plate({ wells: [] }),
  },
  {
    id: "N4-60",
    rule: "Names are unique.",
    observed: "warning N4-60",
    observe: plate({ rows: [{ name: "A" }, { name: "A" }] }),
  },
  {
    id: "N4-60",
    rule: "Names are letters and digits.",
    observed: "warning N4-60",
    observe: plate({ rows: [{ name: "A" }, { name: "B-2" }] }),
  },
  {
    id: "N4-60",
    rule: "A plate should have a name.",
    observed: "info N4-60",
    observe: plate({ name: undefined }),
  },
  {
    id: "N4-61",
    rule: "A well’s path is row/column.",
    observed: "warning N4-61",
    observe: wells({ path: "A1", rowIndex: 0, columnIndex: 0 }),
  },
  {
    id: "N4-61",
    rule: "It has both indices.",
    observed: "warning N4-61",
    observe: wells({ path: "A/1", rowIndex: 0 }),
  },
  {
    id: "N4-61",
    rule: "They agree with the path.",
    observed: "warning N4-61",
    observe: wells({ path: "A/1", rowIndex: 1, columnIndex: 0 }),
  },
  {
    id: "N4-61",
    rule: "Each path once.",
    observed: "warning N4-61",
    observe: wells(
      { path: "A/1", rowIndex: 0, columnIndex: 0 },
      { path: "A/1", rowIndex: 1, columnIndex: 0 },
    ),
  },
  { id: "N4-62", rule: "Id 0 is legal.", observed: "no problem", observe: acquisition({}) },
  {
    id: "N4-62",
    rule: "An id is a must.",
    observed: "warning N4-62",
    observe: acquisition({ id: undefined }),
  },
  {
    id: "N4-62",
    rule: "It is not negative.",
    observed: "warning N4-62",
    observe: acquisition({ id: -1 }),
  },
  {
    id: "N4-62",
    rule: "Times are whole numbers.",
    observed: "warning N4-62",
    observe: acquisition({ starttime: "2022-05-13" }),
  },
  {
    id: "N4-62",
    rule: "maximumfieldcount is above 0.",
    observed: "warning N4-62",
    observe: acquisition({ maximumfieldcount: 0 }),
  },
  {
    id: "N4-62",
    rule: "Ids are unique.",
    observed: "warning N4-62",
    observe: plate({
      acquisitions: [
        { id: 1, name: "a", maximumfieldcount: 1 },
        { id: 1, name: "b", maximumfieldcount: 1 },
      ],
    }),
  },
  { id: "N4-63", rule: "Wells are sparse.", observed: "no problem", observe: plate({}) },
  { id: "N4-64", rule: "A well lists a field.", observed: "warning N4-64", observe: well() },
  {
    id: "N4-64",
    rule: "Each path once.",
    observed: "warning N4-64",
    observe: well({ path: "0" }, { path: "0" }),
  },
  {
    id: "N4-64",
    rule: "Paths are letters and digits.",
    observed: "warning N4-64",
    observe: well({ path: "field-0" }),
  },
  {
    id: "N4-64",
    rule: "acquisition is a whole number; 0 is one.",
    observed: "warning N4-64",
    observe: well({ path: "0", acquisition: 0 }, { path: "1", acquisition: "1" }),
  },
  {
    id: "N4-65",
    rule: "field_count is above 0.",
    observed: "warning N4-65",
    observe: plate({ field_count: 0 }),
  },
  {
    id: "N4-66",
    rule: "Names of two letters, “01”, any order.",
    observed: "no problem",
    observe: plate({
      rows: [{ name: "AF" }, { name: "A" }],
      columns: [{ name: "01" }, { name: "1" }],
      wells: [{ path: "AF/01", rowIndex: 0, columnIndex: 0 }],
    }),
  },
  {
    id: "N4-67",
    rule: "A well opens without its plate.",
    observed: "cells; info N4-67",
    observe: opens(
      {
        "": group({ well: { version: "0.4", images: [{ path: "5" }] } }),
        "5": group(image04()),
        "5/0": array([8, 8]),
        "5/1": array([4, 4]),
      },
      "name",
    ),
  },
];
