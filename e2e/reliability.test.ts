import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** The fault matrix: how many cases each family has. */
const families = { N: 30, R: 12, C: 15, M: 16, P: 8, G: 12, U: 9, E: 8, L: 3 } as const;

/** Cases whose test is still to be written. This list only shrinks. */
const open: readonly string[] = [...["P03"], ...["E08"]];

/** Cases of parts that Zarrscope does not have. */
const notBuilt: readonly string[] = ["L01", "L02", "L03"];

type Row = {
  readonly id: string;
  /** The fault, what is seen of it, what to do. */
  readonly words: readonly string[];
  readonly held: string;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(`${root}docs/reliability.md`, "utf8");
const rows: readonly Row[] = page.split("\n").flatMap((line): Row[] => {
  const [id = "", ...cells] = line.replace(/^\| | \|$/g, "").split(/ \| ?/);
  return /^[A-Z]\d\d$/.test(id) ? [{ id, words: cells.slice(0, 3), held: cells[3] ?? "" }] : [];
});
const ids = Object.entries(families).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, i) => `${letter}${String(i + 1).padStart(2, "0")}`),
);

/** Paths of the linked files, from the repository's root. */
function filesOf({ held }: Row): readonly string[] {
  return [...held.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = ""]) => path);
}

/**
 * Names of tests and of rows that become names: a text that is the first of a call or of a row, or named as such, and says more than the id.
 */
export function testNames(source: string): readonly string[] {
  const code = source.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  const texts = code.matchAll(/(?:[([]\s*|\bname:\s*|^\s+)(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/gm);
  return [...texts].map(([, , text = ""]) => text).filter((text) => /\S\s+\S/.test(text));
}

describe("docs/reliability.md", () => {
  test("has one row for each of the 113 cases, in order", () => {
    expect(ids).toHaveLength(113);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test.each(rows)("$id says what is seen, and which test holds it", (row) => {
    for (const words of row.words) expect(words).toMatch(/\S/);
    if (notBuilt.includes(row.id)) {
      expect(row.held).toBe("*not built*");
      return;
    }
    if (open.includes(row.id)) {
      expect(row.held, "a case with a test is taken off the list").toBe("*open*");
      return;
    }
    const files = filesOf(row);
    expect(files.length, "files with a test of the case").toBeGreaterThan(0);
    for (const path of files) {
      expect(existsSync(root + path), path).toBe(true);
      const names = testNames(readFileSync(root + path, "utf8"));
      const word = new RegExp(`\\b${row.id}\\b`);
      expect(
        names.filter((name) => word.test(name)),
        `${path}: tests of ${row.id}`,
      ).not.toEqual([]);
    }
  });

  test("names of tests are found in calls, tables and objects, not in comments and other texts", () => {
    const source = [
      'test("N01 one", () => {});',
      '// test("N02 two", () => {});',
      '  ["N03 three", { status: 403 }],',
      "test.each(cases)(`N04 four $name`, () => {});",
      '  { name: "N05 five", rule },',
      'const words = "N06 six";',
      'expect(cell("N07")).toBe(1);',
      "  it.each([1])(",
      '    "N08 eight %d",',
    ].join("\n");
    expect(testNames(source)).toEqual([
      "N01 one",
      "N03 three",
      "N04 four $name",
      "N05 five",
      "N08 eight %d",
    ]);
  });
});
