import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** Imports run one way: app → src/ui → src/layers → src/zarr; inside src/zarr as below (ARCHITECTURE.md). */
const root = fileURLToPath(new URL("..", import.meta.url));

/** What each part may import from; "" is src/zarr itself (json.ts, problem.ts), which every part of it may use. */
const allowedParts: Readonly<Record<string, readonly string[]>> = {
  "": [],
  store: [],
  codecs: ["store"],
  array: ["codecs", "store"],
  hierarchy: ["array", "codecs", "store"],
  ome: ["hierarchy", "array", "codecs", "store"],
  cf: ["hierarchy", "array", "codecs", "store"],
  image: ["ome", "cf", "hierarchy", "array", "codecs", "store"],
  plate: ["image", "ome", "hierarchy", "array", "codecs", "store"],
  chunks: ["array", "codecs", "store"],
};

/** Contracts that codecs and arrays share: a codec is told what array it decodes, and decodes to its elements. */
const sharedContracts = [
  "src/zarr/array/data-type.ts",
  "src/zarr/array/array-metadata.ts",
  "src/zarr/array/fill-value.ts",
  "src/zarr/array/float16.ts",
];

const allowedZones: Readonly<Record<string, readonly string[]>> = {
  zarr: ["zarr"],
  layers: ["layers", "zarr"],
  ui: ["ui", "layers", "zarr"],
  app: ["app", "ui", "layers", "zarr"],
};

const forbiddenPackages: Readonly<Record<string, RegExp>> = {
  zarr: /^(react|react-dom|zustand|lucide-react|@base-ui|@deck\.gl|@luma\.gl|@hms-dbmi)(\/|$)/,
  layers: /^(react|react-dom|zustand|lucide-react|@base-ui|numcodecs|zstddec|fflate)(\/|$)/,
  ui: /^(@deck\.gl|@luma\.gl|@hms-dbmi|numcodecs|zstddec|fflate)(\/|$)/,
};

type Import = { readonly specifier: string; readonly isTypeOnly: boolean };
type SourceFile = {
  /** Relative to the repository, with "/". */
  readonly path: string;
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly Import[];
};

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

function importsOf(code: string): Import[] {
  const found: Import[] = [];
  const statement = /\b(?:import|export)\s+(type\s+)?[^"';()]*?from\s*["']([^"']+)["']/g;
  for (const [, typeOnly, specifier] of code.matchAll(statement)) {
    found.push({ specifier: specifier!, isTypeOnly: typeOnly !== undefined });
  }
  const others = [
    /\bimport\s*["']([^"']+)["']/g,
    /\bimport\(\s*["']([^"']+)["']/g,
    /\bnew URL\(\s*["']([^"']+\.tsx?)["']\s*,\s*import\.meta\.url/g,
  ];
  for (const pattern of others) {
    for (const [, specifier] of code.matchAll(pattern)) {
      found.push({ specifier: specifier!, isTypeOnly: false });
    }
  }
  return found;
}

function readTree(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
      const text = readFileSync(join(root, path), "utf8");
      const code = withoutComments(text);
      return { path, code, lines: text.trimEnd().split("\n").length, imports: importsOf(code) };
    })
    .sort((a, b) => a.path.localeCompare(b.path));
}

const isTest = ({ path }: SourceFile) =>
  /\.(test|spec|bench)\.tsx?$/.test(path) || path.includes("/testing/");
const allFiles = [...readTree("app"), ...readTree("src")];
const sources = allFiles.filter((file) => !isTest(file));

/** Path of a relative import, "" for a package or an asset. */
function resolveImport(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return "";
  const target = join(dirname(from), specifier.replace(/\?.*$/, "")).replaceAll("\\", "/");
  return /\.tsx?$/.test(target) ? target : "";
}

function zoneOf(path: string): string {
  return path.startsWith("app/") ? "app" : (path.split("/")[1] ?? "");
}

function partOf(path: string): string {
  const segments = path.split("/");
  return segments.length > 3 ? segments[2]! : "";
}

function isAllowed(from: string, to: string): boolean {
  if (!to.startsWith("app/") && !to.startsWith("src/")) return false;
  const [zone, target] = [zoneOf(from), zoneOf(to)];
  if (!(allowedZones[zone] ?? []).includes(target)) return false;
  if (zone !== "zarr") return true;
  const [part, targetPart] = [partOf(from), partOf(to)];
  if (part === targetPart || targetPart === "" || sharedContracts.includes(to)) return true;
  return (allowedParts[part] ?? []).includes(targetPart);
}

it("has files to look at in every part", () => {
  const zones = new Set(sources.map(({ path }) => zoneOf(path)));
  expect([...zones].sort()).toEqual(["app", "layers", "ui", "zarr"]);
});

it("imports run one way", () => {
  const violations = sources.flatMap(({ path, imports }) =>
    imports
      .map(({ specifier }) => resolveImport(path, specifier))
      .filter((target) => target !== "" && !isAllowed(path, target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(violations).toEqual([]);
});

it("packages stay in their part", () => {
  const violations = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => forbiddenPackages[zoneOf(path)]?.test(specifier) === true)
      .map(({ specifier }) => `${path} imports ${specifier}`),
  );
  expect(violations).toEqual([]);
});

it("src/zarr knows no page", () => {
  const page =
    /(?<![.\w])(localStorage|sessionStorage|requestAnimationFrame|document\.(\w*[eE]lement\w*|body|head|cookie|querySelector\w*))\b|\bHTML\w*Element\b/;
  const violations = sources
    .filter(({ path }) => zoneOf(path) === "zarr")
    .flatMap(({ path, code }) => {
      const text = code.replace(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '""');
      const match = page.exec(text);
      return match === null ? [] : [`${path} uses ${match[0]}`];
    });
  expect(violations).toEqual([]);
});

it("only folders and the command line need Node", () => {
  const isNode = ({ path }: SourceFile) =>
    path.startsWith("app/cli/") || path === "src/zarr/store/directory-store.ts";
  const violations = sources
    .filter((file) => !isNode(file))
    .flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ specifier }) =>
            specifier.startsWith("node:") ||
            resolveImport(path, specifier) === "src/zarr/store/directory-store.ts" ||
            resolveImport(path, specifier).startsWith("app/cli/"),
        )
        .map(({ specifier }) => `${path} imports ${specifier}`),
    );
  expect(violations).toEqual([]);
});

it("worker entries reach array, codecs, store and chunks only", () => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const workers = sources
    .filter(({ path, code }) => zoneOf(path) === "zarr" && /\bself\.(post|add|on)/.test(code))
    .map(({ path }) => path);
  expect(workers).not.toEqual([]);
  const violations = workers.flatMap((worker) => {
    const seen = new Set<string>();
    const queue = [worker];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      for (const { specifier, isTypeOnly } of byPath.get(path)?.imports ?? []) {
        const target = resolveImport(path, specifier);
        if (target !== "" && !isTypeOnly) queue.push(target);
      }
    }
    return [...seen]
      .filter((path) => !["array", "codecs", "store", "chunks", ""].includes(partOf(path)))
      .map((path) => `${worker} reaches ${path}`);
  });
  expect(violations).toEqual([]);
});

it("no import goes in a circle (types aside)", () => {
  const graph = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .map(({ specifier }) => resolveImport(path, specifier))
        .filter((target) => target !== ""),
    ]),
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      const circle = [...trail.slice(trail.indexOf(path)), path];
      // These codecs hold chains of codecs: that recursion is the specification's own.
      const holdsChains = circle.some((at) => /codecs\/(sharding|n5-default|conditional)/.test(at));
      const isOfCodecs = circle.every((at) => at.startsWith("src/zarr/codecs/"));
      if (!(holdsChains && isOfCodecs)) circles.push(circle.join(" → "));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

it("files have telling names", () => {
  const empty = /^(utils?|helpers?|common|types?|misc|shared)\.tsx?$/i;
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.tsx?$/;
  const pascal = /^[A-Z][A-Za-z0-9]*(\.[a-z]+)*\.tsx$/;
  const violations = allFiles
    .map(({ path }) => path)
    .filter((path) => {
      const name = basename(path);
      return empty.test(name) || !(kebab.test(name) || pascal.test(name));
    });
  expect(violations).toEqual([]);
});

it("files stay small: 300 lines at most", () => {
  const violations = sources
    .filter(({ lines }) => lines > 300)
    .map(({ path, lines }) => `${path}: ${lines}`);
  expect(violations).toEqual([]);
});

it("exports have names", () => {
  const violations = sources
    // Declarations say what a package of others exports.
    .filter(({ path, code }) => !path.endsWith(".d.ts") && /^\s*export default\b/m.test(code))
    .map(({ path }) => path);
  expect(violations).toEqual([]);
});
