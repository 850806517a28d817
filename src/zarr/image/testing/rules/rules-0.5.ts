import type { JsonObject } from "../../../json.ts";
import { array, group } from "../fake-nodes.ts";
import { v3 } from "./documents-0.6.ts";
import { image04, opens, problems, type RuleCase } from "./rule-case.ts";

const ome05 = (more: JsonObject) => ({ ome: { version: "0.5", ...more } });
const image05 = (beside: JsonObject = {}) => ome05({ ...image04({ version: null }), ...beside });

/** 0.5. */
export const rules05: readonly RuleCase[] = [
  {
    id: "N5-01",
    rule: "Keys lie in ome, with a version.",
    observed: "OME-NGFF 0.5; no problem",
    observe: opens(v3(image05(), ["y", "x"]), "format"),
  },
  {
    id: "N5-01",
    rule: "The version is a must.",
    observed: "warning N5-01",
    observe: problems({ ome: image04({ version: null }) }),
  },
  {
    id: "N5-02",
    rule: "A version inside a plate is accepted.",
    observed: "no problem",
    observe: problems(
      ome05({
        plate: {
          version: "0.5",
          name: "p",
          rows: [{ name: "A" }],
          columns: [{ name: "1" }],
          wells: [{ path: "A/1", rowIndex: 0, columnIndex: 0 }],
        },
      }),
    ),
  },
  {
    id: "N5-03",
    rule: "dimension_names are the axes.",
    observed: "y down, x across; warning N5-03",
    observe: opens(v3(image05(), ["x", "y"]), "axes"),
  },
  {
    id: "N5-03",
    rule: "They may be missing; the axes win.",
    observed: "y down, x across; warning N5-03",
    observe: opens(v3(image05()), "axes"),
  },
  {
    id: "N5-04",
    rule: "The layout lies in ome.",
    observed: "no problem",
    observe: problems(ome05({ "bioformats2raw.layout": 3 })),
  },
  {
    id: "N5-05",
    rule: "The list of labels lies in ome, with a version.",
    observed: "warning N5-01",
    observe: problems({ ome: { labels: ["a"] } }),
  },
  {
    id: "N5-06",
    rule: "Colour and window of a channel may be absent.",
    observed: "no problem",
    observe: problems(image05({ omero: { channels: [{ label: "a" }] } })),
  },
  {
    id: "N5-08",
    rule: "Keys at the top of a v3 group are read.",
    observed: "OME-NGFF 0.4; warning N5-08",
    observe: opens(v3(image04(), ["y", "x"]), "format"),
  },
  {
    id: "N5-08",
    rule: "So are keys below ome in Zarr v2.",
    observed: "OME-NGFF 0.5; warning N5-08",
    observe: opens({ "": group(image05()), "0": array([8, 8]), "1": array([4, 4]) }, "format"),
  },
];
