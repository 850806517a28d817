import type { JsonObject, JsonValue } from "../../../json.ts";
import { array, group } from "../fake-nodes.ts";
import { at, doc, noted, system } from "./documents-0.6.ts";
import {
  channel,
  image04,
  opens,
  problems,
  type RuleCase,
  scale,
  space,
  time,
} from "./rule-case.ts";

const nine = (axes: JsonValue[], shape: number[]) =>
  opens(
    {
      "": group(
        doc(
          {
            coordinateSystems: [system("physical", ...axes)],
            datasets: [at("0", scale(...shape.map(() => 1)))],
          },
          "0.9.dev1",
        ),
        3,
      ),
      "0": array(shape),
    },
    "axes",
  );
const oriented = (name: string, orientation: JsonValue): JsonObject => ({
  ...space(name),
  orientation,
});
const orientation = (...axes: JsonValue[]) =>
  noted({ coordinateSystems: [system("physical", ...axes)] }, "0.9.dev1");
const omero09 = (item: JsonObject) =>
  problems({ ome: { version: "0.9.dev1", omero: { channels: [item] } } });

/** 0.9, and collections. */
export const rules09: readonly RuleCase[] = [
  {
    id: "N9-01",
    rule: "One axis.",
    observed: "ecg across, strip down; no problem",
    observe: nine([{ name: "ecg" }], [600]),
  },
  {
    id: "N9-01",
    rule: "xyc.",
    observed: "x across, y down, c channels; no problem",
    observe: nine([space("x"), space("y"), channel()], [8, 8, 3]),
  },
  {
    id: "N9-01",
    rule: "Two times, six axes.",
    observed: "t t, lag slider, c channels, z z, y down, x across; no problem",
    observe: nine(
      [time(), time("lag"), channel(), space("z"), space("y"), space("x")],
      [2, 3, 4, 5, 8, 8],
    ),
  },
  {
    id: "N9-01",
    rule: "Names that differ by case only.",
    observed: "X down, x across; info N9-01",
    observe: nine([space("X"), space("x")], [8, 8]),
  },
  {
    id: "N9-02",
    rule: "No axis of space: the last two are shown.",
    observed: "u slider, v down, w across; no problem",
    observe: nine(
      [
        { name: "u", type: "fourier" },
        { name: "v", type: "fourier" },
        { name: "w", type: "fourier" },
      ],
      [3, 8, 8],
    ),
  },
  {
    id: "N9-03",
    rule: "An orientation of space.",
    observed: "no problem",
    observe: orientation(
      oriented("y", { type: "anatomical", value: "dorsal-to-ventral" }),
      space("x"),
    ),
  },
  {
    id: "N9-03",
    rule: "null is none.",
    observed: "no problem",
    observe: orientation(oriented("y", null), space("x")),
  },
  {
    id: "N9-04",
    rule: "A pair once.",
    observed: "warning N9-04",
    observe: orientation(
      oriented("y", { type: "anatomical", value: "left-to-right" }),
      oriented("x", { type: "anatomical", value: "right-to-left" }),
    ),
  },
  {
    id: "N9-04",
    rule: "A text is none.",
    observed: "warning N9-04",
    observe: orientation(oriented("y", "left-to-right"), space("x")),
  },
  {
    id: "N9-05",
    rule: "min and max may be absent.",
    observed: "no problem",
    observe: omero09({ window: { start: 1.5, end: 2.5 } }),
  },
  {
    id: "N9-05",
    rule: "start and end may not.",
    observed: "warning N4-35",
    observe: omero09({ window: { start: 1 } }),
  },
  {
    id: "N8-01",
    rule: "A node has nodes or a path.",
    observed: "warning N8-01",
    observe: problems({
      ome: { type: "collection", nodes: [], path: { type: "zarr", path: "a" } },
    }),
  },
  {
    id: "N8-01",
    rule: "Every node has a type.",
    observed: "warning N8-01",
    observe: problems({ ome: { type: "collection", nodes: [{ name: "a" }] } }),
  },
  {
    id: "N8-01",
    rule: "A collection opens its first image, as a draft.",
    observed: "cells; info N8-01",
    observe: opens(
      {
        "": group(
          {
            ome: {
              type: "collection",
              version: "0.9.dev3",
              nodes: [{ type: "multiscale", name: "a", path: { type: "zarr", path: "a" } }],
            },
          },
          3,
        ),
        a: group(image04()),
        "a/0": array([8, 8]),
        "a/1": array([4, 4]),
      },
      "name",
    ),
  },
  {
    id: "N8-02",
    rule: "A multiscale without levels is passed over.",
    observed: "cells; info N8-01, warning N8-02",
    observe: opens(
      {
        "": group(
          {
            ome: {
              type: "collection",
              version: "0.9.dev3",
              nodes: [
                { type: "multiscale", name: "empty", nodes: [] },
                { type: "multiscale", name: "a", path: { type: "zarr", path: "a" } },
              ],
            },
          },
          3,
        ),
        a: group(image04()),
        "a/0": array([8, 8]),
        "a/1": array([4, 4]),
      },
      "name",
    ),
  },
  {
    id: "N8-05",
    rule: "Nesting is bounded.",
    observed: "warning N8-05",
    observe: problems({ ome: nested(20) }),
  },
];

function nested(depth: number): JsonObject {
  const inner = depth === 0 ? [] : [nested(depth - 1)];
  return { type: "collection", name: `n${depth}`, nodes: inner };
}
