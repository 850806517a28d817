import { formatBytes, formatValue } from "../../../src/ui/format/format-number.ts";
import { shapeInWords } from "../../../src/ui/format/image-words.ts";
import { problemInWords, severityWords } from "../../../src/ui/format/problem-words.ts";
import { problemRules } from "../../../src/zarr/problem-rules.ts";
import { terminalText, textTable } from "../terminal-text.ts";
import type { InspectReport, ReportMembers, SourceKind } from "./report.ts";

/** Longer lists are cut; `--json` has all. */
const listed = 50;

const kindWords: Readonly<Record<SourceKind, string>> = {
  image: "image",
  label: "label image",
  array: "array",
  plate: "plate",
  well: "well",
  bioformats2raw: "collection of images (bioformats2raw)",
  collection: "collection (RFC-8)",
  scene: "scene",
  labels: "list of label images",
  series: "list of images",
  group: "group without OME-NGFF metadata",
};

/** A report for people, ending in a line break. Foreign text cannot steer the terminal. */
export function reportText(report: InspectReport): string {
  const sections = [
    headText(report),
    plateText(report),
    ...report.members.map(membersText),
    axesText(report),
    section(
      "Coordinate systems",
      report.systems.length,
      report.systems.map((name) => [name]),
    ),
    levelsText(report),
    channelsText(report),
    problemsText(report),
    failureText(report),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function headText({ source, kind, zarrFormat, omeVersion, name, summary, path }: InspectReport) {
  const what = [
    kind === null ? undefined : kindWords[kind],
    omeVersion === null ? undefined : `OME-NGFF ${omeVersion}`,
    zarrFormat === null ? undefined : `Zarr v${zarrFormat}`,
  ];
  const shown = path === null || path === "" ? undefined : `shown: ${path}`;
  const lines = [
    name,
    source,
    what.filter((part) => part !== undefined).join(" · "),
    shown,
    summary,
  ];
  return lines
    .filter((line) => line !== undefined && line !== null && line !== "")
    .map((line) => terminalText(line ?? ""))
    .join("\n");
}

function plateText({ plate }: InspectReport): string {
  if (plate === null) return "";
  const { rows, columns, fieldCount, acquisitions } = plate;
  const facts = [
    ["rows", rows.join(" ")],
    ["columns", columns.join(" ")],
    ["fields", fieldCount === null ? "" : `up to ${fieldCount} in a well`],
    ["acquisitions", acquisitions.map(({ id, name }) => name ?? String(id)).join(", ")],
  ].filter(([, value]) => value !== "");
  return section("Plate", facts.length, facts);
}

function membersText({ kind, count, items }: ReportMembers): string {
  return section(
    `${capital(kind)} (${count})`,
    count,
    items.map(({ path, name, summary }) => [path, name ?? "", summary ?? ""]),
  );
}

function axesText({ axes }: InspectReport): string {
  return section(
    "Axes",
    axes.length,
    axes.map(({ name, role, unit, size }) => {
      return [name, String(size), role === null || role === name ? "" : `as ${role}`, unit ?? ""];
    }),
  );
}

function levelsText({ levels }: InspectReport): string {
  if (levels.length === 0) return "";
  const isSharded = levels.some(({ shard }) => shard !== null);
  const isPlaced = levels.some(({ scale }) => scale !== null);
  const columns = (
    cells: { shard: string; scale: string; translation: string },
    rest: string[],
  ) => [
    ...rest,
    ...(isSharded ? [cells.shard] : []),
    ...(isPlaced ? [cells.scale, cells.translation] : []),
  ];
  const titles = { shard: "shard", scale: "scale", translation: "translation" };
  const rows = levels.map((level) => {
    const { path, shape, chunk, shard, dataType, storedAs, bytes, scale, translation } = level;
    const cells = {
      shard: shard === null ? "—" : shapeInWords(shard),
      scale: vectorText(scale),
      translation: vectorText(translation),
    };
    return columns(cells, [
      path === "" ? "." : path,
      shapeInWords(shape),
      dataType,
      formatBytes(bytes),
      storedAs,
      shapeInWords(chunk),
    ]);
  });
  const head = columns(titles, ["path", "shape", "type", "size", "stored as", "chunk"]);
  return section("Levels, finest first", levels.length, [head, ...rows]);
}

function channelsText({ channels }: InspectReport): string {
  return section(
    `Channels (${channels.length})`,
    channels.length,
    channels.map(({ index, label, color, visible, window }) => [
      String(index),
      label,
      `#${color}`,
      window === null ? "" : `${formatValue(window.start)} to ${formatValue(window.end)}`,
      visible ? "" : "off",
    ]),
  );
}

function problemsText({ problems, failure, kind }: InspectReport): string {
  if (problems.length === 0) return failure === null && kind !== null ? "No problems." : "";
  const lines = problems.map((problem) => {
    const { code, severity, path } = problem;
    const head = `  ${severityWords[severity]} ${code}  ${path}`;
    const words = [problemRules[code], problemInWords(problem)].map(terminalText);
    return [terminalText(head), ...words].join("\n    ");
  });
  return `Problems (${problems.length})\n${lines.join("\n")}`;
}

/** In the words of the page. */
function failureText({ failure }: InspectReport): string {
  if (failure === null) return "";
  const { code, title, detail, action } = failure;
  return [title, ...detail.split("\n"), action, code].map(terminalText).join("\n  ");
}

function section(title: string, count: number, rows: readonly (readonly string[])[]): string {
  if (count === 0) return "";
  const table = textTable(rows.slice(0, listed).map((row) => row.map(terminalText)));
  const rest = rows.length - listed;
  return `${title}\n${table}${rest > 0 ? `\n  and ${rest} more` : ""}`;
}

function vectorText(values: readonly number[] | null): string {
  return values === null ? "" : values.map(formatValue).join(", ");
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
