import { array, group } from "../fake-nodes.ts";
import { image04, opens, problems, type RuleCase, store } from "./rule-case.ts";

const old = (version: string, ...paths: string[]) => ({
  multiscales: [{ version, datasets: paths.map((path) => ({ path })) }],
});
const _plate = (more: object) => ({
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
const _labelled = (labels: unknown) => ({
  ...store(old("0.1", "0"), [1, 1, 1, 8, 8]),
  labels: group({ labels } as never),
  "labels/a": group({ ...old("0.1", "0"), ...label({}) } as never),
  "labels/a/0": array([1, 1, 1, 8, 8]),
});

/** Versions, whatever they are. */
export const rulesVersions: readonly RuleCase[] = [
  {
    id: "G-01",
    rule: "0.6rc0, 0.5-dev and 0.9.dev1 are versions.",
    observed: "no problem",
    observe: problems(image04({ version: "0.5-dev" })),
  },
  {
    id: "G-01",
    rule: "“foo” is none.",
    observed: "warning G-01",
    observe: problems(image04({ version: "foo" })),
  },
  {
    id: "G-02",
    rule: "A version may be a number.",
    observed: "OME-NGFF 0.4; no problem",
    observe: opens(store(image04({ version: 0.4 })), "format"),
  },
  {
    id: "G-03",
    rule: "A version may be missing: the shape decides.",
    observed: "OME-NGFF 0.4 (no version stated); no problem",
    observe: opens(store(image04({ version: null })), "format"),
  },
  {
    id: "G-03",
    rule: "Metadata of another shape than their version’s are read by their shape.",
    observed: "1 1 | 2 2 + 0.5 0.5; warning G-03",
    observe: opens(store(image04({ version: "0.2" })), "levels"),
  },
  {
    id: "G-04",
    rule: "Versions that differ inside one file do not stop reading.",
    observed: "warning G-04",
    observe: problems({ ome: { version: "0.5", ...image04() } }),
  },
  {
    id: "G-05",
    rule: "A newer version is tried, with a notice.",
    observed: "1 1 | 2 2 + 0.5 0.5; info G-05",
    observe: opens(store(image04({ version: "3.1" })), "levels"),
  },
  {
    id: "G-06",
    rule: "Unknown keys are ignored.",
    observed: "no problem",
    observe: problems(image04({ favourite: true }, { colour: 7 })),
  },
];
