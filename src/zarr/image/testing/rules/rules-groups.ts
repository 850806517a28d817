import { array, group } from "../fake-nodes.ts";
import {
  axesOf,
  image04,
  labelsOf,
  level,
  oneLevel,
  opens,
  problems,
  type RuleCase,
  scale,
  store,
} from "./rule-case.ts";

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
const _wells = (...items: unknown[]) => plate({ wells: items });
const _acquisition = (item: object) =>
  plate({ acquisitions: [{ id: 0, name: "a", maximumfieldcount: 1, ...item }] });
const _well = (...images: unknown[]) => problems({ well: { version: "0.4", images } } as never);
const _labelled = (labels: Record<string, ReturnType<typeof group>>) =>
  labelsOf({ ...store(image04()), ...labels });
const series = (root: object, more: Record<string, ReturnType<typeof group>>) =>
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

/** bioformats2raw, and the order of detection. */
export const rulesGroups: readonly RuleCase[] = [
  {
    id: "N4-70",
    rule: "The layout is 3; others are read alike.",
    observed: "warning N4-70",
    observe: problems({ "bioformats2raw.layout": 2 }),
  },
  {
    id: "N4-72",
    rule: "OME lists the images.",
    observed: "second; info N4-73",
    observe: series({}, { OME: group({ series: ["1", "0"] }) }),
  },
  {
    id: "N4-72",
    rule: "Without the list images are 0, 1, …",
    observed: "first; info N4-73",
    observe: series({}, {}),
  },
  {
    id: "N4-73",
    rule: "People are told that there are more.",
    observed: "first; info N4-73",
    observe: series({}, { OME: group({ series: ["0", "1"] }) }),
  },
  {
    id: "N4-75",
    rule: "A series may be nested.",
    observed: "cells; info N4-73",
    observe: opens(
      {
        "": group({ "bioformats2raw.layout": 3 }),
        OME: group({ series: ["A/1/0"] }),
        "A/1/0": group(image04()),
        "A/1/0/0": array([8, 8]),
        "A/1/0/1": array([4, 4]),
      },
      "name",
    ),
  },
  {
    id: "N4-76",
    rule: "A bare group opens the image 0 in it.",
    observed: "cells; info N4-76",
    observe: opens(
      { "": group({}), "0": group(image04()), "0/0": array([8, 8]), "0/1": array([4, 4]) },
      "name",
    ),
  },
  {
    id: "N4-76",
    rule: "An array opens by itself.",
    observed: "depth slider, lat down, lon across; no problem",
    observe: opens({ "": array([4, 8, 8], { names: ["depth", "lat", "lon"] }) }, "axes"),
  },
  {
    id: "1.11",
    rule: "Keys decide in order: a well before the multiscales beside it.",
    observed: "field; info N4-67",
    observe: opens(
      {
        "": group({
          ...image04({ name: "beside" }),
          well: { version: "0.4", images: [{ path: "5" }] },
        }),
        "5": group(image04({ name: "field" })),
        "5/0": array([8, 8]),
        "5/1": array([4, 4]),
      },
      "name",
    ),
  },
  {
    id: "S-01",
    rule: "Two scales of wrong length pass the published schema, not ours.",
    observed: "warning N4-14",
    observe: problems(image04({ datasets: [level("0", scale(1, 1), scale(1, 1, 1))] })),
  },
  {
    id: "S-02",
    rule: "A document full of faults still opens.",
    observed: "y down, x across; warning N4-30",
    observe: opens(
      oneLevel("yx", [8, 8], { omero: { channels: ["?"] }, plate: null } as never),
      "axes",
    ),
  },
  {
    id: "N4-02",
    rule: "Six axes are shown all the same.",
    observed: "t t, c channels, p slider, z z, y down, x across; warning N4-02",
    observe: opens(
      store(
        image04({ axes: axesOf("tcpzyx"), datasets: [level("0", scale(1, 1, 1, 1, 1, 1))] }),
        [1, 2, 3, 4, 8, 8],
      ),
      "axes",
    ),
  },
];
