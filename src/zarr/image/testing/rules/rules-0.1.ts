import { array, group } from "../fake-nodes.ts";
import { image04, labelsOf, opens, problems, type RuleCase, store } from "./rule-case.ts";

const old = (version: string, ...paths: string[]) => ({
  multiscales: [{ version, datasets: paths.map((path) => ({ path })) }],
});
const plate = (more: object) => ({
  plate: {
    version: "0.1",
    name: "p",
    rows: [{ name: "A" }],
    columns: [{ name: "1" }],
    wells: [{ path: "A/1" }],
    ...more,
  },
});
const label = (more: object) => ({
  "image-label": { version: "0.1", colors: [{ "label-value": 1 }], ...more },
});
const labelled = (labels: unknown) => ({
  ...store(old("0.1", "0"), [1, 1, 1, 8, 8]),
  labels: group({ labels } as never),
  "labels/a": group({ ...old("0.1", "0"), ...label({}) } as never),
  "labels/a/0": array([1, 1, 1, 8, 8]),
});

/** 0.1 to 0.3. */
export const rules01: readonly RuleCase[] = [
  {
    id: "N1-01",
    rule: "Without axes, five dimensions are t, c, z, y, x.",
    observed: "t t, c channels, z z, y down, x across; no problem",
    observe: opens(store(old("0.1", "0"), [2, 3, 4, 8, 8]), "axes"),
  },
  {
    id: "N1-02",
    rule: "Fewer dimensions without axes are the last of them.",
    observed: "z z, y down, x across; warning N4-22",
    observe: opens(store(old("0.1", "0"), [4, 8, 8]), "axes"),
  },
  {
    id: "N1-02",
    rule: "Names that the array has come first.",
    observed: "c channels, y down, x across; warning N4-22",
    observe: opens(
      { "": group(old("0.1", "0")), "0": array([3, 8, 8], { names: ["c", "y", "x"] }) },
      "axes",
    ),
  },
  {
    id: "N1-03",
    rule: "type and metadata never affect reading.",
    observed: "OME-NGFF 0.1; no problem",
    observe: opens(
      store(
        { multiscales: [{ version: "0.1", type: "odd", metadata: 3, datasets: [{ path: "0" }] }] },
        [1, 1, 1, 8, 8],
      ),
      "format",
    ),
  },
  {
    id: "N1-03",
    rule: "datasets must be there.",
    observed: "warning N4-10",
    observe: problems({ multiscales: [{ version: "0.1" }] }),
  },
  {
    id: "N1-04",
    rule: "Levels in another order are sorted by their shapes.",
    observed: "1 1 1 1 1 | 1 1 1 2 2 + 0 0 0 0.5 0.5; warning N1-04",
    observe: opens(store(old("0.1", "0", "1"), [1, 1, 1, 4, 4], [1, 1, 1, 8, 8]), "levels"),
  },
  {
    id: "N1-05",
    rule: "Levels are placed by their shapes, whatever the factor.",
    observed: "1 1 1 1 1 | 1 1 1 3 3 + 0 0 0 1 1; no problem",
    observe: opens(store(old("0.1", "0", "1"), [1, 1, 1, 9, 30], [1, 1, 1, 3, 10]), "levels"),
  },
  {
    id: "N1-05",
    rule: "Uneven borders are not rounded to a factor.",
    observed: "1 1 1 1 1 | 1 1 1 2.25 1.8 + 0 0 0 0.625 0.4; no problem",
    observe: opens(store(old("0.2", "0", "1"), [1, 1, 1, 9, 9], [1, 1, 1, 4, 5]), "levels"),
  },
  {
    id: "N1-07",
    rule: "omero gives colours and the first plane.",
    observed: 'GFP #00FF00 1…9; plane {"t":1,"z":2}; no problem',
    observe: opens(
      store(
        {
          ...old("0.1", "0"),
          omero: {
            channels: [
              { color: "00FF00", window: { start: 1, end: 9, min: 0, max: 255 }, label: "GFP" },
            ],
            rdefs: { defaultT: 1, defaultZ: 2 },
          },
        },
        [2, 1, 4, 8, 8],
      ),
      "channels",
      "plane",
    ),
  },
  {
    id: "N1-08",
    rule: "The labels group lists label images.",
    observed: "labels/a; no problem",
    observe: labelsOf(labelled(["a"])),
  },
  {
    id: "N1-09",
    rule: "source is a path.",
    observed: "warning N1-09",
    observe: problems(label({ source: { image: 3 } })),
  },
  {
    id: "N1-10",
    rule: "Each label has one colour.",
    observed: "warning N1-10",
    observe: problems(label({ colors: [{ "label-value": 1 }, { "label-value": 1 }] })),
  },
  {
    id: "N1-12",
    rule: "source may stand beside image-label.",
    observed: "no problem",
    observe: problems({ ...label({}), source: { image: "../../" } }),
  },
  {
    id: "N1-13",
    rule: "A plate needs rows, columns and wells.",
    observed: "warning N4-60",
    observe: problems(plate({ rows: null })),
  },
  {
    id: "N1-14",
    rule: "Wells need no indices before 0.4.",
    observed: "no problem",
    observe: problems(plate({})),
  },
  {
    id: "N1-15",
    rule: "A well’s path may have a directory more.",
    observed: "no problem",
    observe: problems(plate({ wells: [{ path: "2020-10-10/A/1" }] })),
  },
  {
    id: "N1-16",
    rule: "A well’s fields have paths.",
    observed: "warning N4-64",
    observe: problems({ well: { version: "0.1", images: [{ acquisition: 1 }] } }),
  },
  {
    id: "N1-17",
    rule: "startime is read as starttime.",
    observed: "warning N4-62",
    observe: problems(
      plate({ acquisitions: [{ id: 1, name: "a", maximumfieldcount: 1, startime: -5 }] }),
    ),
  },
  {
    id: "N1-18",
    rule: "The path of a level may be nested.",
    observed: "OME-NGFF 0.1; no problem",
    observe: opens(
      { "": group(old("0.1", "path/to/0")), "path/to/0": array([1, 1, 1, 8, 8]) },
      "format",
    ),
  },
  {
    id: "N2-02",
    rule: "image-label has properties with a label-value each.",
    observed: "warning N4-57",
    observe: problems(label({ properties: [{ area: 3 }] })),
  },
  {
    id: "N2-03",
    rule: "Axes are still implied.",
    observed: "t t, c channels, z z, y down, x across; OME-NGFF 0.2; no problem",
    observe: opens(store(old("0.2", "0"), [1, 1, 1, 8, 8]), "axes", "format"),
  },
  {
    id: "N3-01",
    rule: "Axes are names.",
    observed: "c channels, y down, x across; OME-NGFF 0.3; no problem",
    observe: opens(
      store(
        { multiscales: [{ version: "0.3", axes: ["c", "y", "x"], datasets: [{ path: "0" }] }] },
        [2, 8, 8],
      ),
      "axes",
      "format",
    ),
  },
  {
    id: "N3-01",
    rule: "They stand in the order t, c, z, y, x.",
    observed: "warning N3-01",
    observe: problems({
      multiscales: [{ version: "0.3", axes: ["x", "y"], datasets: [{ path: "0" }] }],
    }),
  },
  {
    id: "N3-01",
    rule: "They are a must.",
    observed: "warning N3-01",
    observe: problems(old("0.3", "0")),
  },
  {
    id: "N3-02",
    rule: "_ARRAY_DIMENSIONS that contradict the axes lose.",
    observed: "y down, x across; warning N3-02",
    observe: opens(
      {
        "": group({
          multiscales: [{ version: "0.3", axes: ["y", "x"], datasets: [{ path: "0" }] }],
        }),
        "0": array([8, 8], { names: ["x", "y"] }),
      },
      "axes",
    ),
  },
  {
    id: "N3-03",
    rule: "tyx is legal: no z, no channels.",
    observed: "t t, y down, x across; Channel 1 #FFFFFF auto; no problem",
    observe: opens(
      store(
        { multiscales: [{ version: "0.3", axes: ["t", "y", "x"], datasets: [{ path: "0" }] }] },
        [2, 8, 8],
      ),
      "axes",
      "channels",
    ),
  },
  {
    id: "N3-04",
    rule: "Strings and objects are read side by side.",
    observed: "c channels, y down, x across; warning N4-02",
    observe: opens(
      store(
        image04({
          axes: ["c", { name: "y", type: "space" }, "x"],
          datasets: [
            { path: "0", coordinateTransformations: [{ type: "scale", scale: [1, 1, 1] }] },
          ],
        }),
        [2, 8, 8],
      ),
      "axes",
    ),
  },
  {
    id: "N3-05",
    rule: "There are no transformations: levels are placed by shape.",
    observed: "1 1 | 2 2 + 0.5 0.5; no problem",
    observe: opens(
      store({
        multiscales: [
          { version: "0.3", axes: ["y", "x"], datasets: [{ path: "0" }, { path: "1" }] },
        ],
      }),
      "levels",
    ),
  },
];
