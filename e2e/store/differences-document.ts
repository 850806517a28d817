import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

const path = resolve("docs/zarrita-differences.md");

/** The part of docs/zarrita-differences.md between two marks. `ZARRSCOPE_UPDATE_DOCS=1` writes it first. */
export async function documentedPart(
  mark: "fixtures" | "codecs" | "suites",
  text: string,
): Promise<string> {
  const document = await readFile(path, "utf8");
  const [start, end] = [`<!-- ${mark} -->\n`, `\n<!-- end of ${mark} -->`];
  const from = document.indexOf(start) + start.length;
  const to = document.indexOf(end);
  if (from < start.length || to < from) throw new Error(`${path} has no part ${mark}.`);
  if (process.env.ZARRSCOPE_UPDATE_DOCS === undefined) return document.slice(from, to);
  await writeFile(path, document.slice(0, from) + text + document.slice(to));
  return text;
}
