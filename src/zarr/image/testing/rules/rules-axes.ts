import {
  axesOf,
  channel,
  image04,
  level,
  oneLevel,
  opens,
  problems,
  type RuleCase,
  scale,
  space,
  store,
  time,
} from "./rule-case.ts";

const _placed = (datasets: unknown[], ...shapes: number[][]) =>
  opens(store(image04({ datasets } as never), ...shapes), "levels");

/** Axes of 0.4. */
export const rulesAxes: readonly RuleCase[] = [
  {
    id: "N4-01",
    rule: "Axes are a must.",
    observed: "warning N4-01",
    observe: problems(image04({ axes: null })),
  },
  {
    id: "N4-01",
    rule: "Every axis has a name.",
    observed: "warning N4-01",
    observe: problems(image04({ axes: [{ type: "space" }, space("x")] })),
  },
  {
    id: "N4-01",
    rule: "Names are unique.",
    observed: "x across, dim_1 down; warning N4-01",
    observe: opens(store(image04({ axes: [space("x"), space("x")] })), "axes"),
  },
  {
    id: "N4-01",
    rule: "The type is text.",
    observed: "warning N4-01, warning N4-02",
    observe: problems(image04({ axes: [{ name: "y", type: 3 }, space("x")] })),
  },
  {
    id: "N4-02",
    rule: "Two to five axes.",
    observed: "warning N4-02",
    observe: problems(image04({ axes: axesOf("x") })),
  },
  {
    id: "N4-02",
    rule: "Two or three of space.",
    observed: "warning N4-02",
    observe: problems(image04({ axes: [time(), space("x")] })),
  },
  {
    id: "N4-02",
    rule: "At most one time.",
    observed: "warning N4-02",
    observe: problems(image04({ axes: [time(), time("t2"), space("y"), space("x")] })),
  },
  {
    id: "N4-02",
    rule: "At most one channel or other axis.",
    observed: "warning N4-02",
    observe: problems(
      image04({ axes: [channel(), { name: "angle", type: "angle" }, space("y"), space("x")] }),
    ),
  },
  {
    id: "N4-02",
    rule: "Time, then channel, then space.",
    observed: "warning N4-02",
    observe: problems(image04({ axes: [channel(), time(), space("y"), space("x")] })),
  },
  {
    id: "N4-03",
    rule: "cxyz is legal, and shown by its names.",
    observed: "c channels, x across, y down, z z; no problem",
    observe: opens(oneLevel("cxyz", [2, 8, 8, 8]), "axes"),
  },
  {
    id: "N4-03",
    rule: "xyz is legal.",
    observed: "x across, y down, z z; no problem",
    observe: opens(oneLevel("xyz", [8, 8, 8]), "axes"),
  },
  {
    id: "N4-04",
    rule: "yxc is shown all the same.",
    observed: "y down, x across, c channels; warning N4-02",
    observe: opens(oneLevel("yxc", [8, 8, 2]), "axes"),
  },
  {
    id: "N4-04",
    rule: "Upper-case names without types.",
    observed: "T t, C channels, Z z, Y down, X across; no problem",
    observe: opens(
      store(
        image04({
          axes: [..."TCZYX"].map((name) => ({ name })),
          datasets: [level("0", scale(1, 1, 1, 1, 1))],
        }),
        [1, 1, 2, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N4-04",
    rule: "Full names without types.",
    observed: "time t, channel channels, y down, x across; no problem",
    observe: opens(
      store(
        image04({
          axes: ["time", "channel", "y", "x"].map((name) => ({ name })),
          datasets: [level("0", scale(1, 1, 1, 1))],
        }),
        [2, 2, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N4-05",
    rule: "A custom axis is a slider.",
    observed: "angle slider, y down, x across; no problem",
    observe: opens(
      store(
        image04({
          axes: [{ name: "angle", type: "angle" }, space("y"), space("x")],
          datasets: [level("0", scale(1, 1, 1))],
        }),
        [3, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N4-05",
    rule: "So is one of type null.",
    observed: "phase slider, y down, x across; no problem",
    observe: opens(
      store(
        image04({
          axes: [{ name: "phase", type: null }, space("y"), space("x")],
          datasets: [level("0", scale(1, 1, 1))],
        }),
        [3, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N4-06",
    rule: "The second axis of a role is a slider.",
    observed: "t t, lag slider, y down, x across; warning N4-02",
    observe: opens(
      store(
        image04({
          axes: [time(), time("lag"), space("y"), space("x")],
          datasets: [level("0", scale(1, 1, 1, 1))],
        }),
        [2, 3, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N4-07",
    rule: "tyx is one grey channel over time.",
    observed: "t t, y down, x across; Channel 1 #FFFFFF auto; no problem",
    observe: opens(oneLevel("tyx", [4, 8, 8]), "axes", "channels"),
  },
  {
    id: "N4-08",
    rule: "Spellings of one unit are one.",
    observed: "1 1 | 2 2 + 0.5 0.5; no problem",
    observe: opens(store(image04({ axes: [space("y", "micron"), space("x", "µm")] })), "levels"),
  },
  {
    id: "N4-08",
    rule: "Lengths of different units are converted.",
    observed: "0.5 1; no problem",
    observe: opens(
      store(
        image04({
          axes: [space("y", "nanometer"), space("x", "micrometer")],
          datasets: [level("0", scale(500, 1))],
        }),
        [8, 8],
      ),
      "levels",
    ),
  },
  {
    id: "N4-08",
    rule: "Units of different kinds: both by index.",
    observed: "1 1; info N4-08",
    observe: opens(
      store(
        image04({
          axes: [space("y", "second"), space("x", "micrometer")],
          datasets: [level("0", scale(5, 2))],
        }),
        [8, 8],
      ),
      "levels",
    ),
  },
  {
    id: "N4-08",
    rule: "A unit is text.",
    observed: "warning N4-08",
    observe: problems(image04({ axes: [{ ...space("y"), unit: 3 }, space("x")] })),
  },
];
