import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { problemRules } from "../problem-rules.ts";
import type { RuleCase } from "./testing/rules/rule-case.ts";
import { ruleCases } from "./testing/rules/rule-cases.ts";

/**
 * The statements of the checklist (shared/reference/spec-checklist.md, part 1), each with an input and what is seen. The table in
 * docs/ngff-rules.md is made of them: `npm run rules` writes it again.
 */
const document = "docs/ngff-rules.md";
const isWritten = process.env.ZARRSCOPE_UPDATE_RULES === "1";

test.each(ruleCases.map((item) => [`${item.id}: ${item.rule}`, item] as const))(
  "%s",
  async (_, { observe, observed }) => {
    expect(await observe()).toBe(observed);
  },
);

test("no statement stands twice, and there are at least 150", () => {
  const statements = new Set(ruleCases.map(({ id, rule }) => `${id}: ${rule}`));
  expect(statements.size).toBe(ruleCases.length);
  expect(statements.size).toBeGreaterThanOrEqual(150);
});

test(`${document} is what these say`, () => {
  if (isWritten) writeFileSync(document, documentText());
  const text = readFileSync(document, "utf8");
  for (const item of ruleCases) expect(text).toContain(rowOf(item));
  expect(rowsIn(text)).toBe(ruleCases.length);
  for (const [, path = ""] of text.matchAll(/\]\(\.\.\/([^)]+)\)/g))
    expect(existsSync(path)).toBe(true);
});

/** How a row of the first table begins; what follows are links to other tests of the same rule. */
function rowOf({ id, rule, observed }: RuleCase): string {
  return `| ${id} | ${cell(rule)} | ${cell(observed)} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "·").replaceAll("<", "‹").replaceAll("\n", " ");
}

function rowsIn(text: string): number {
  const [table = ""] = text.split("## Shown by other tests");
  return table.match(/^\| [A-Z0-9][A-Z0-9.-]* \| /gm)?.length ?? 0;
}

type TestTitle = { readonly file: string; readonly title: string };

function documentText(): string {
  const titles = testTitles();
  const ids = new Set(ruleCases.map(({ id }) => id));
  const others = [...idsOf(titles)].filter((id) => !ids.has(id)).sort(byId);
  const rows = ruleCases.map((item) => `${rowOf(item)} ${linksOf(item.id, titles)} |`);
  const rest = others.map(
    (id) => `| ${id} | ${cell(titleOf(id, titles))} | ${linksOf(id, titles)} |`,
  );
  return `# The rules of OME-NGFF, and what is seen

Written by \`npm run rules\`; do not edit. ${ruleCases.length} statements of ${ids.size} rules of the checklist, each with an input of its own in
[rules.test.ts](../src/zarr/image/rules.test.ts) and what is seen of it: a \`Problem\` by its severity and code, or what will be drawn (axes, the places of the
levels as scale + translation, channels with colour and limits, the first plane). "no problem" means that nothing was reported. What the
codes mean is in [problem-rules.ts](../src/zarr/problem-rules.ts). ${others.length} more rules are shown by other tests, below. \`npm run mutate:ngff\` takes the
code of rules away and looks whether a test fails.

| rule | statement | observed | further tests |
|---|---|---|---|
${rows.join("\n")}

## Shown by other tests

| rule | title of a test | tests |
|---|---|---|
${rest.join("\n")}
`;
}

/** Titles of tests that name rules of OME-NGFF or Zarr, as they stand in the files. */
function testTitles(): readonly TestTitle[] {
  const found: TestTitle[] = [];
  for (const folder of ["src", "app", "e2e"]) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!/\.(test|spec)\.tsx?$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      for (const [, title = ""] of readFileSync(file, "utf8").matchAll(
        /"([^"\n]*\b(?:[GN]\d?|Z[0-9AHX])-\d\d\b[^"\n]*)"/g,
      )) {
        if (/[: ]/.test(title)) found.push({ file, title });
      }
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function idsOf(titles: readonly TestTitle[]): ReadonlySet<string> {
  const ids = titles.flatMap(({ title }) => title.match(/\b(?:[GN]\d?|Z[0-9AHX])-\d\d\b/g) ?? []);
  return new Set(ids.filter((id) => /^(G-|N[1-9]-|Z)/.test(id)));
}

function titleOf(id: string, titles: readonly TestTitle[]): string {
  const title = titles.find((item) => item.title.includes(id))?.title ?? "";
  const rule = Object.entries(problemRules).find(([code]) => code === id)?.[1];
  return title === "" ? (rule ?? "") : title;
}

/** The first three files; pictures are named as such. */
function linksOf(id: string, titles: readonly TestTitle[]): string {
  const files = [
    ...new Set(titles.filter(({ title }) => title.includes(id)).map(({ file }) => file)),
  ];
  return files
    .slice(0, 3)
    .map((file) => {
      const isPicture = file.startsWith("e2e/") || file.includes(".browser.");
      return `[${isPicture ? "picture: " : ""}${file.split("/").at(-1)}](../${file})`;
    })
    .join(", ");
}

function byId(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
