// Takes the code of rules of OME-NGFF away, one at a time, in a copy of the sources, and looks whether a test fails:
//
//   npm run mutate:ngff                          20 rules, drawn by the seed 1
//   npm run mutate:ngff -- --seed 7 --count 40   others
//   npm run mutate:ngff -- --rules N4-14,N4-61   these
//
// A rule whose breach is reported loses every report of it; a rule of behaviour loses the line that `behaviours` names. Ends with a
// line per rule and exit code 1 if a rule can go without any test failing.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = resolve(import.meta.dirname, "..");
/** Everything happens in a copy, which nobody else changes meanwhile. */
const copy = mkdtempSync(join(tmpdir(), "mutate-ngff-"));
const copied = ["app", "src", "e2e", "docs", "package.json", "tsconfig.json", "vitest.config.ts"];
const folders = ["src/zarr/ome", "src/zarr/image"];
/** The quick one first; most rules fail in it. */
const testRuns = [["src/zarr/image/rules.test.ts"], folders];

/** What a rule does besides reporting: a text of a file, and what stands there without the rule. */
const behaviours = [
  [
    "N1-02",
    "src/zarr/image/axis-layout.ts",
    "const stated = names ? names[dim] :",
    "const stated =",
  ],
  [
    "N1-14",
    "src/zarr/ome/plate-wells.ts",
    "for (const place of [stated, byPath])",
    "for (const place of [stated])",
  ],
  ["N1-15", "src/zarr/ome/plate-wells.ts", "segments.slice(-2)", "segments.slice(0, 2)"],
  ["N1-17", "src/zarr/ome/plate.ts", "item.starttime ?? item.startime", "item.starttime"],
  ["N3-04", "src/zarr/ome/axes.ts", 'if (typeof item === "string") {', "if (false) {"],
  [
    "N4-04",
    "src/zarr/image/axis-layout.ts",
    "roleByName.get(axis.name.toLowerCase()) === role",
    "false",
  ],
  [
    "N4-12",
    "src/zarr/image/world-from-index.ts",
    "translation[d] = at(translation, d, 0) + value;",
    "",
  ],
  [
    "N4-13",
    "src/zarr/image/world-from-index.ts",
    "const whole = compose(multiscale, ndim, log);",
    "const whole = compose([], ndim, log);",
  ],
  ["N4-37", "src/zarr/image/default-channels.ts", "if (visible.size === 0) visible.add(0);", ""],
  [
    "N4-38",
    "src/zarr/image/default-channels.ts",
    "inverted: channel?.inverted ?? false",
    "inverted: false",
  ],
  [
    "N4-40",
    "src/zarr/image/default-channels.ts",
    'return dataType === "uint8" &&',
    "return false &&",
  ],
  [
    "N4-42",
    "src/zarr/image/default-channels.ts",
    "const maxVisibleByDefault = 4;",
    "const maxVisibleByDefault = 400;",
  ],
  ["N6-05", "src/zarr/ome/multiscales-0.6.ts", "axes: intrinsic?.axes,", "axes: systems[0]?.axes,"],
  ["N9-02", "src/zarr/image/strip.ts", "shape: [...level.shape, 1],", "shape: level.shape,"],
  [
    "N9-03",
    "src/zarr/ome/axis-orientation.ts",
    "return { ...axis, orientation: found.orientation };",
    "return axis;",
  ],
];

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "20" },
    rules: { type: "string" },
  },
});

/** Source files that may report rules. */
function sourceFiles() {
  return folders.flatMap((folder) =>
    readdirSync(join(copy, folder), { recursive: true, withFileTypes: true })
      .filter(
        ({ name, parentPath }) =>
          name.endsWith(".ts") && !/\.test\.ts$/.test(name) && !/testing/.test(parentPath),
      )
      .map(({ name, parentPath }) => join(parentPath, name).slice(copy.length + 1)),
  );
}

/** Places where a call reports a code: `[start, end)` of the call, by code and file. */
function reports() {
  const found = new Map();
  for (const file of sourceFiles()) {
    const text = readFileSync(join(copy, file), "utf8");
    for (const match of text.matchAll(/[\w#.]+\??\.(?:warn|info)\(/g)) {
      const end = endOfCall(text, match.index + match[0].length);
      const [code] = text.slice(match.index, end).match(/(?<=")(?:G|N\d)-\d\d(?=")/) ?? [];
      if (code === undefined) continue;
      found.set(code, [...(found.get(code) ?? []), { file, start: match.index, end }]);
    }
  }
  return found;
}

/** Index behind the parenthesis that closes the one before `at`; parentheses inside quotes do not count. */
function endOfCall(text, at) {
  let depth = 1;
  let quote = "";
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i + 1;
  }
  throw new Error("A call without an end.");
}

/** All mutations: a rule, and the files as they are without it. */
function mutations() {
  const byReport = [...reports()].map(([id, places]) => ({
    id,
    kind: `${places.length} reports`,
    files: withoutReports(places),
  }));
  const byBehaviour = behaviours.map(([id, file, from, to]) => {
    const text = readFileSync(join(copy, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} no longer has "${from}".`);
    return { id, kind: "behaviour", files: new Map([[file, text.replace(from, () => to)]]) };
  });
  return [...byReport, ...byBehaviour].sort((a, b) => (a.id + a.kind < b.id + b.kind ? -1 : 1));
}

function withoutReports(places) {
  const files = new Map();
  for (const { file, start, end } of [...places].sort((a, b) => b.start - a.start)) {
    const text = files.get(file) ?? readFileSync(join(copy, file), "utf8");
    files.set(file, `${text.slice(0, start)}undefined${text.slice(end)}`);
  }
  return files;
}

/** Uniform numbers in [0, 1). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawn(all) {
  if (values.rules !== undefined)
    return all.filter(({ id }) => values.rules.split(",").includes(id));
  const random = seeded(Number(values.seed));
  return all
    .map((mutation) => ({ mutation, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, Number(values.count))
    .map(({ mutation }) => mutation);
}

function failingRun(folder) {
  return testRuns.find((tests) => {
    const { status } = spawnSync(
      "npx",
      ["vitest", "run", "--config", "vitest.config.ts", "--bail", "1", ...tests],
      {
        cwd: folder,
        stdio: "ignore",
      },
    );
    return status !== 0;
  });
}

let survivors = 0;
try {
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  if (failingRun(copy)) throw new Error("The tests fail without any mutation.");
  const all = mutations();
  const chosen = drawn(all);
  for (const { id, kind, files } of chosen) {
    const before = [...files.keys()].map((file) => [file, readFileSync(join(copy, file), "utf8")]);
    for (const [file, text] of files) writeFileSync(join(copy, file), text);
    const failing = failingRun(copy);
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
    if (!failing) survivors++;
    console.log(
      `${failing ? "caught  " : "SURVIVED"} ${id} (${kind}) ${failing ? `by ${failing.join(", ")}` : ""}`,
    );
  }
  const caught = chosen.length - survivors;
  console.log(
    `${caught} of ${chosen.length} rules caught, of ${all.length} that can be taken away.`,
  );
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = survivors === 0 ? 0 : 1;
