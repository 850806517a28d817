import type { JsonObject } from "../../../json.ts";
import { at, doc, noted, system, v3 } from "./documents-0.6.ts";
import { opens, problems, type RuleCase, scale, space, translation } from "./rule-case.ts";

const placed = (...datasets: JsonObject[]) => opens(v3(doc({ datasets }), ["y", "x"]), "levels");
const view = (transformation: JsonObject, ends: JsonObject = {}) =>
  noted({
    coordinateSystems: [system("physical"), system("world")],
    coordinateTransformations: [
      { ...transformation, input: { name: "physical" }, output: { name: "world" }, ...ends },
    ],
  });
const scene = (more: JsonObject) =>
  problems({
    ome: {
      version: "0.6",
      scene: {
        coordinateSystems: [system("world")],
        coordinateTransformations: [
          {
            ...translation(0, 9),
            input: { path: "tile", name: "physical" },
            output: { name: "world" },
          },
        ],
        ...more,
      },
    },
  });

/** Images and scenes of 0.6. */
export const rules06: readonly RuleCase[] = [
  {
    id: "N6-01",
    rule: "Coordinate systems are a must.",
    observed: "warning N6-01",
    observe: noted({ coordinateSystems: [] }),
  },
  {
    id: "N6-01",
    rule: "Names are unique.",
    observed: "warning N6-01",
    observe: noted({ coordinateSystems: [system("physical"), system("physical")] }),
  },
  {
    id: "N6-01",
    rule: "Each system has axes.",
    observed: "warning N6-01",
    observe: noted({ coordinateSystems: [{ name: "physical" }] }),
  },
  {
    id: "N6-02",
    rule: "discrete is true or false.",
    observed: "warning N6-02",
    observe: noted({
      coordinateSystems: [system("physical", { ...space("y"), discrete: 1 }, space("x"))],
    }),
  },
  {
    id: "N6-02",
    rule: "Axes of arrays need no space.",
    observed: "no problem",
    observe: noted({
      coordinateSystems: [
        system("physical", { name: "i", type: "array" }, { name: "j", type: "array" }),
      ],
    }),
  },
  {
    id: "N6-05",
    rule: "A scale.",
    observed: "0.5 0.5 | 1 1; no problem",
    observe: placed(at("0", scale(0.5, 0.5)), at("1", scale(1, 1))),
  },
  {
    id: "N6-05",
    rule: "An identity.",
    observed: "1 1; no problem",
    observe: placed(at("0", { type: "identity" })),
  },
  {
    id: "N6-05",
    rule: "A scale and a translation.",
    observed: "2 2 + 3 4; no problem",
    observe: placed(
      at("0", { type: "sequence", transformations: [scale(2, 2), translation(3, 4)] }),
    ),
  },
  {
    id: "N6-05",
    rule: "Exactly one transformation.",
    observed: "warning N6-05",
    observe: noted({ datasets: [{ path: "0", coordinateTransformations: [] }] }),
  },
  {
    id: "N6-05",
    rule: "No other one.",
    observed: "warning N6-05",
    observe: noted({ datasets: [at("0", translation(1, 1))] }),
  },
  {
    id: "N6-05",
    rule: "Its output is a system that exists.",
    observed: "warning N6-05",
    observe: noted({ datasets: [at("0", scale(1, 1), { output: { name: "mars" } })] }),
  },
  {
    id: "N6-05",
    rule: "All levels lead to the same.",
    observed: "warning N6-05",
    observe: noted({
      coordinateSystems: [system("physical"), system("b")],
      datasets: [at("0", scale(1, 1)), at("1", scale(1, 1), { output: { name: "b" } })],
    }),
  },
  {
    id: "N6-06",
    rule: "The dataset’s path counts.",
    observed: "1 1; info N6-06",
    observe: opens(
      v3(doc({ datasets: [at("0", scale(1, 1), { input: { path: "s0" } })] }), ["y", "x"]),
      "levels",
    ),
  },
  {
    id: "N6-07",
    rule: "Levels without a translation are not shifted.",
    observed: "1 1 | 2 2; no problem",
    observe: placed(at("0", scale(1, 1)), at("1", scale(2, 2))),
  },
  {
    id: "N6-08",
    rule: "An extra view is not applied.",
    observed: "1 1 | 2 2; no problem",
    observe: opens(
      v3(
        doc({
          coordinateSystems: [system("physical"), system("world")],
          coordinateTransformations: [
            { ...scale(9, 9), input: { name: "physical" }, output: { name: "world" } },
          ],
        }),
        ["y", "x"],
      ),
      "levels",
    ),
  },
  {
    id: "N6-08",
    rule: "It starts or ends in the intrinsic system.",
    observed: "warning N6-08",
    observe: view(scale(1, 1), { input: { name: "world" } }),
  },
  {
    id: "N6-08",
    rule: "Both ends exist.",
    observed: "warning N6-08",
    observe: view(scale(1, 1), { output: { name: "mars" } }),
  },
  {
    id: "N6-08",
    rule: "To labels only scale and translation lead.",
    observed: "warning N6-08",
    observe: view(
      {
        type: "rotation",
        rotation: [
          [0, 1],
          [-1, 0],
        ],
      },
      { output: { name: "p", path: "labels/a" } },
    ),
  },
  {
    id: "N6-09",
    rule: "A scene has transformations.",
    observed: "warning N6-09",
    observe: scene({ coordinateTransformations: undefined as never }),
  },
  { id: "N6-09", rule: "A scene of tiles.", observed: "no problem", observe: scene({}) },
];
