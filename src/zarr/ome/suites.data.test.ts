import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseJson } from "../array/parse-json.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { checkAttributes } from "./check-attributes.ts";
import { isJsonObject } from "./ome-attributes.ts";

/**
 * The test suites and examples of the specification (checklist part 3). What is valid raises no error, and no warning but where the
 * suite itself breaks a rule; what is invalid raises at least a warning that names the rule; what only the "strict" schemas refuse
 * (a SHOULD) at least a note.
 */
type Case = {
  readonly id: string;
  /** `undefined`: the document is not JSON, which is refused in words. */
  readonly attributes: JsonObject | undefined;
  readonly expectation: "valid" | "invalid" | "strict-invalid";
};

/** Documents that the suites count as valid although they break a rule of the text: which rule, and why. */
const suiteIsWrong: readonly {
  readonly cases: RegExp;
  readonly codes: readonly string[];
  readonly reason: string;
}[] = [
  {
    cases: /plate.*\/((minimal|strict)_(no_)?acquisitions|non_alphanumeric_row)/,
    codes: ["N4-61"],
    reason:
      "the well's path is \"A/1\", column before row, which 0.5's own well_path_has_column_before_row refuses",
  },
  {
    cases: /ngff-0\.1\/plate\/valid\/minimal_acquisition/,
    codes: ["N4-60"],
    reason: 'a well lies in column "3", which is not listed',
  },
  {
    cases: /ngff-0\.6rc0\/tests\/zarr\/(spec|strict)\/valid\/image/,
    codes: ["N6-29"],
    reason: "input and output are strings, which tests/attributes of the same version refuses",
  },
  {
    cases: /strict\/valid\/image\/image_omero/,
    codes: ["N6-08"],
    reason: 'a view starts from a system "intrinsic", which is not there',
  },
  {
    cases: /multiscales_transform_additional_transforms(\.json)?$/,
    codes: ["N6-24"],
    reason: "byDimension gives two of three output axes",
  },
  {
    cases: /transformations\/byDimension2/,
    codes: ["N4-02"],
    reason: "a system of four space axes, which the text of 0.6 does not admit",
  },
];

const suites = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");
const counts: Record<string, number> = {};
const mistakes = new Map<string, readonly string[]>();
const cases = existsSync(suites) ? await allCases() : [];

describe.skipIf(!existsSync(suites))("suites of the specification", () => {
  test.each(cases.map((item) => [item.id, item] as const))(
    "%s",
    (id, { attributes, expectation }) => {
      count(`${id.split("/")[0]} ${expectation}`);
      if (!attributes) {
        expect(expectation).toBe("invalid");
        return;
      }
      const problems = checkAttributes(attributes, "#");
      const warnings = problems.filter(({ severity }) => severity === "warning");
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      switch (expectation) {
        case "valid": {
          const known = suiteIsWrong.filter((entry) => entry.cases.test(id));
          const excused = known.flatMap((entry) => entry.codes);
          expect(warnings.filter(({ code }) => !excused.includes(code))).toEqual([]);
          for (const { codes, reason } of known) {
            if (!warnings.some(({ code }) => codes.includes(code))) continue;
            mistakes.set(reason, [...(mistakes.get(reason) ?? []), id]);
          }
          break;
        }
        case "invalid":
          expect(warnings.length).toBeGreaterThan(0);
          break;
        case "strict-invalid":
          expect(problems.length).toBeGreaterThan(0);
      }
    },
  );

  test("each mistake of the suites that is listed is met", () => {
    expect([...mistakes.keys()].sort()).toEqual(suiteIsWrong.map(({ reason }) => reason).sort());
  });

  afterAll(() => {
    for (const [key, number] of Object.entries(counts).sort()) console.log(`${key}: ${number}`);
    for (const [reason, ids] of mistakes) {
      console.log(`valid in the suite, but ${reason}: ${ids.length}, among them ${ids[0]}`);
    }
  });
});

function count(key: string) {
  counts[key] = (counts[key] ?? 0) + 1;
}

async function allCases(): Promise<readonly Case[]> {
  const old = ["0.1", "0.2", "0.3"].map((version) => exampleCases(`ngff-${version}/examples`));
  const tested = ["0.4", "0.5"].map((version) => suiteCases(`ngff-${version}/tests`));
  const plain = ["0.4", "0.5", "0.6rc0"].map((version) => exampleCases(`ngff-${version}/examples`));
  const folders = ["attributes", "zarr"].map((mode) => exampleCases(`ngff-0.6rc0/tests/${mode}`));
  return (await Promise.all([...old, ...tested, ...plain, ...folders])).flat();
}

/** `*_suite.json`: a list of cases. */
async function suiteCases(folder: string): Promise<readonly Case[]> {
  const names = (await readdir(join(suites, folder))).filter((name) =>
    name.endsWith("_suite.json"),
  );
  const found: Case[] = [];
  for (const name of names) {
    const { tests } = (await readDocument(join(suites, folder, name))) as { tests: JsonObject[] };
    for (const [index, { data, valid, formerly }] of tests.entries()) {
      const isStrict = name.startsWith("strict_");
      const expectation = valid === true ? "valid" : isStrict ? "strict-invalid" : "invalid";
      const id = `${folder}/${name} ${index} ${formerly}`.replace("/tests/", "/");
      found.push({ id, attributes: data as JsonObject, expectation });
    }
  }
  return found;
}

/** One document a file; the folders say what is expected. Documents of a Zarr v3 node have their attributes inside. */
async function exampleCases(folder: string): Promise<readonly Case[]> {
  const entries = await readdir(join(suites, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter(({ name }) => name.endsWith(".json") && !name.startsWith("."));
  const found: Case[] = [];
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const document = await readDocument(path).catch(() => undefined);
    const { _conformance: _, ...rest } = isJsonObject(document) ? document : {};
    const id = relative(suites, name === "zarr.json" ? dirname(path) : path).replace(
      "/examples/",
      "/",
    );
    const attributes = isJsonObject(rest.attributes) ? rest.attributes : rest;
    const isRead = isJsonObject(document);
    const isStrict = id.includes("/strict/");
    const isInvalid = id.includes("/invalid/") || /Invalid/.test(basename(path));
    const expectation = !isInvalid ? "valid" : isStrict ? "strict-invalid" : "invalid";
    found.push({ id, attributes: isRead ? attributes : undefined, expectation });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The published examples have comments. */
async function readDocument(path: string): Promise<JsonValue> {
  const text = (await readFile(path, "utf8")).replace(/^\s*\/\/.*$/gm, "");
  return parseJson(new TextEncoder().encode(text), path).value;
}
