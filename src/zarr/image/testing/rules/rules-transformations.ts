import type { JsonObject } from "../../../json.ts";
import { at, noted, system } from "./documents-0.6.ts";
import { problems, type RuleCase, scale } from "./rule-case.ts";

const view = (transformation: JsonObject, ends: JsonObject = {}) =>
  noted({
    coordinateSystems: [system("physical"), system("world")],
    coordinateTransformations: [
      { ...transformation, input: { name: "physical" }, output: { name: "world" }, ...ends },
    ],
  });

/** Transformations of 0.6. */
export const rulesTransformations: readonly RuleCase[] = [
  {
    id: "N6-20",
    rule: "A scale has one number for each axis.",
    observed: "warning N6-20",
    observe: view(scale(1, 2, 3)),
  },
  { id: "N6-20", rule: "It is not 0.", observed: "warning N6-20", observe: view(scale(1, 0)) },
  {
    id: "N6-21",
    rule: "mapAxis is a permutation.",
    observed: "warning N6-21",
    observe: view({ type: "mapAxis", mapAxis: [1, 1] }),
  },
  {
    id: "N6-21",
    rule: "A permutation.",
    observed: "no problem",
    observe: view({ type: "mapAxis", mapAxis: [1, 0] }),
  },
  {
    id: "N6-22",
    rule: "projectAxis drops axes that exist.",
    observed: "warning N6-22",
    observe: view({ type: "projectAxis", droppedInputs: [5], createdOutputs: [0] }),
  },
  {
    id: "N6-23",
    rule: "An affine has a column for each input, and one more.",
    observed: "warning N6-23",
    observe: view({
      type: "affine",
      affine: [
        [1, 0],
        [0, 1],
      ],
    }),
  },
  {
    id: "N6-23",
    rule: "A rotation is square.",
    observed: "warning N6-23",
    observe: view({
      type: "rotation",
      rotation: [
        [1, 0, 0],
        [0, 1, 0],
      ],
    }),
  },
  {
    id: "N6-24",
    rule: "byDimension gives each output once.",
    observed: "warning N6-24",
    observe: view({
      type: "byDimension",
      transformations: [{ inputAxes: [0], outputAxes: [0], transformation: scale(1) }],
    }),
  },
  {
    id: "N6-25",
    rule: "A bijection has both ways.",
    observed: "warning N6-20",
    observe: view({ type: "bijection", forward: scale(2, 2), inverse: { type: "scale" } }),
  },
  {
    id: "N6-26",
    rule: "A field has a path.",
    observed: "warning N6-26",
    observe: view({ type: "displacements" }),
  },
  {
    id: "N6-27",
    rule: "An unknown type is named.",
    observed: "warning N6-27",
    observe: view({ type: "warp" }),
  },
  {
    id: "N6-28",
    rule: "A version inside the multiscale is one too many.",
    observed: "warning G-04",
    observe: noted({ version: "0.5" }),
  },
  {
    id: "N6-29",
    rule: "Ends as strings, in the drafts.",
    observed: "info N6-29",
    observe: noted(
      { datasets: [at("0", scale(1, 1), { input: "/0", output: "physical" })] },
      "0.6.dev1",
    ),
  },
  {
    id: "N6-29",
    rule: "In 0.6 itself they break a rule.",
    observed: "warning N6-29",
    observe: noted({ datasets: [at("0", scale(1, 1), { input: "/0", output: "physical" })] }),
  },
  {
    id: "N6-29",
    rule: "A flat affine.",
    observed: "info N6-29",
    observe: noted(
      {
        coordinateSystems: [system("physical"), system("w")],
        coordinateTransformations: [
          { type: "affine", affine: [1, 0, 0, 0, 1, 0], input: "physical", output: "w" },
        ],
      },
      "0.6.dev2",
    ),
  },
  {
    id: "N6-32",
    rule: "Field paths may have -, _ and .",
    observed: "no problem",
    observe: problems({ ome: { version: "0.6", well: { images: [{ path: "0_a-b.c" }] } } }),
  },
  {
    id: "N6-32",
    rule: "But no __ in front.",
    observed: "warning N6-32",
    observe: problems({ ome: { version: "0.6", well: { images: [{ path: "__0" }] } } }),
  },
];
