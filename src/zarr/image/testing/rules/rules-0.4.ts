import { array, group } from "../fake-nodes.ts";
import {
  axesOf,
  image04,
  level,
  opens,
  problems,
  type RuleCase,
  scale,
  store,
  translation,
} from "./rule-case.ts";

const placed = (datasets: unknown[], ...shapes: number[][]) =>
  opens(store(image04({ datasets } as never), ...shapes), "levels");

/** Datasets and their transformations in 0.4. */
export const rules04: readonly RuleCase[] = [
  {
    id: "N4-10",
    rule: "Each dataset has a path.",
    observed: "warning N4-10",
    observe: problems(image04({ datasets: [{}] })),
  },
  {
    id: "N4-10",
    rule: "A number is read as a path.",
    observed: "1 1; warning N4-10",
    observe: placed([level(0, scale(1, 1))], [8, 8]),
  },
  {
    id: "N4-10",
    rule: "Each path once.",
    observed: "1 1; warning N4-10",
    observe: placed([level("0", scale(1, 1)), level("0", scale(2, 2))], [8, 8]),
  },
  {
    id: "N4-11",
    rule: "identity is accepted.",
    observed: "1 1; no problem",
    observe: placed([level("0", scale(1, 1), { type: "identity" })], [8, 8]),
  },
  {
    id: "N4-11",
    rule: "The path form and unknown types are passed over.",
    observed: "1 1; warning N4-11",
    observe: placed([level("0", scale(1, 1), { type: "affine", affine: [] })], [8, 8]),
  },
  {
    id: "N4-12",
    rule: "Position is translation + scale · index.",
    observed: "0.5 0.25 + 7 9; no problem",
    observe: placed([level("0", scale(0.5, 0.25), translation(7, 9))], [8, 8]),
  },
  {
    id: "N4-13",
    rule: "The multiscale’s transformations come after the dataset’s.",
    observed: "20 20 + 15 15; no problem",
    observe: opens(
      store(
        image04({
          datasets: [level("0", scale(2, 2), translation(1, 1))],
          coordinateTransformations: [scale(10, 10), translation(5, 5)],
        }),
        [8, 8],
      ),
      "levels",
    ),
  },
  {
    id: "N4-14",
    rule: "No transformations: by shape.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning N4-14",
    observe: placed([level("0", scale(1, 1)), { path: "1" }]),
  },
  {
    id: "N4-14",
    rule: "A translation before the scale is applied in that order.",
    observed: "2 2 + 2 2; warning N4-14",
    observe: placed([level("0", translation(1, 1), scale(2, 2))], [8, 8]),
  },
  {
    id: "N4-14",
    rule: "At most one translation.",
    observed: "warning N4-14",
    observe: problems(
      image04({ datasets: [level("0", scale(1, 1), translation(1, 1), translation(2, 2))] }),
    ),
  },
  {
    id: "N4-14",
    rule: "Exactly one scale.",
    observed: "warning N4-14",
    observe: problems(image04({ datasets: [level("0", scale(1, 1), scale(1, 1))] })),
  },
  {
    id: "N4-14",
    rule: "A vector that is too short is padded from the left.",
    observed: "1 3; warning N4-14",
    observe: placed([level("0", scale(3))], [8, 8]),
  },
  {
    id: "N4-14",
    rule: "Of one that is too long the last numbers count.",
    observed: "2 3; warning N4-14",
    observe: placed([level("0", scale(9, 2, 3))], [8, 8]),
  },
  {
    id: "N4-14",
    rule: "A scale of 0 gives way to the shapes.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning N4-14",
    observe: placed([level("0", scale(1, 1)), level("1", scale(2, 0))]),
  },
  {
    id: "N4-14",
    rule: "So does one that is no number.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning N4-14",
    observe: placed([level("0", scale(1, 1)), level("1", scale("wide", null))]),
  },
  {
    id: "N4-15",
    rule: "A negative scale flips the axis.",
    observed: "1 -1 | 2 -2 + 0.5 -0.5; info N4-15",
    observe: placed([level("0", scale(1, -1)), level("1", scale(2, -2))]),
  },
  {
    id: "N4-16",
    rule: "A scale that is not quite the ratio of shapes is trusted.",
    observed: "1 1 | 2.01 2 + 0.505 0.5; no problem",
    observe: placed([level("0", scale(1, 1)), level("1", scale(2.01, 2))]),
  },
  {
    id: "N4-16",
    rule: "The finest level’s own scale on half the pixels is not.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning N4-16",
    observe: placed([level("0", scale(1, 1)), level("1", scale(1, 1))], [16, 16], [8, 8]),
  },
  {
    id: "N4-17",
    rule: "Any factor on any axis, z and t too.",
    observed: "1 1 1 1 | 3 2 1.5 1.5 + 0 0.5 0.25 0.25; no problem",
    observe: opens(
      store(
        image04({
          axes: axesOf("tzyx"),
          datasets: [level("0", scale(1, 1, 1, 1)), level("1", scale(3, 2, 1.5, 1.5))],
        }),
        [9, 8, 12, 12],
        [3, 4, 8, 8],
      ),
      "levels",
    ),
  },
  {
    id: "N4-17",
    rule: "Levels of equal shape stay levels.",
    observed: "1 1 | 1 1; no problem",
    observe: placed([level("0", scale(1, 1)), level("1", scale(1, 1))], [8, 8], [8, 8]),
  },
  {
    id: "N4-18",
    rule: "Levels may differ in type.",
    observed: "1 1 | 2 2 + 0.5 0.5; no problem",
    observe: opens(
      { "": group(image04()), "0": array([8, 8]), "1": array([4, 4], { dataType: "float32" }) },
      "levels",
    ),
  },
  {
    id: "N4-19",
    rule: "A missing level is left out.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning N4-19",
    observe: placed(
      [level("0", scale(1, 1)), level("1", scale(2, 2)), level("2", scale(4, 4))],
      [8, 8],
      [4, 4],
    ),
  },
  {
    id: "N4-19",
    rule: "So is a missing finest one; the others keep their places.",
    observed: "2 2 + 0.5 0.5; warning N4-19",
    observe: opens({ "": group(image04()), "1": array([4, 4]) }, "levels"),
  },
  {
    id: "N4-19",
    rule: "./ and / in front do no harm.",
    observed: "1 1 | 2 2 + 0.5 0.5; no problem",
    observe: placed([level("./0", scale(1, 1)), level("/1", scale(2, 2))]),
  },
  {
    id: "N4-19",
    rule: "A path that leads out of the image is not followed.",
    observed: "1 1; warning ZS-PATH",
    observe: placed([level("0", scale(1, 1)), level("../secret", scale(2, 2))], [8, 8]),
  },
  {
    id: "N4-20",
    rule: "Of several images the first usable one is shown, the others are offered.",
    observed: "cells; info N4-20, warning N4-10",
    observe: opens(
      store({ multiscales: [{ datasets: [] }, ...(image04().multiscales as [])] }),
      "name",
    ),
  },
  {
    id: "N4-20",
    rule: "A name may be empty.",
    observed: "image; no problem",
    observe: opens(store(image04({ name: " " })), "name"),
  },
  {
    id: "N4-21",
    rule: "An empty list is no image.",
    observed: "refused, ZS-NOIMAGE: This is a Zarr group, but there is no image in it.",
    observe: opens({ "": group({ multiscales: [] }) }),
  },
  {
    id: "N4-21",
    rule: "Nor is an object (GeoZarr).",
    observed: "refused, ZS-NOIMAGE: This is a Zarr group, but there is no image in it.",
    observe: opens({ "": group({ multiscales: { layout: [] } }) }),
  },
  {
    id: "N4-22",
    rule: "Axes that do not fit the array give way to its dimensions.",
    observed: "z z, y down, x across; warning N4-14, warning N4-19, warning N4-22",
    observe: opens(store(image04(), [3, 8, 8]), "axes"),
  },
  {
    id: "N4-22",
    rule: "A level of another dimensionality is left out.",
    observed: "1 1; warning N4-22",
    observe: placed([level("0", scale(1, 1)), level("1", scale(2, 2))], [8, 8], [1, 4, 4]),
  },
];
