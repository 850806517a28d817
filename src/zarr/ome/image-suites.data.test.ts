import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { parseMultiscales } from "./multiscales.ts";
import { groupKind } from "./node-kind.ts";
import { omeAttributes } from "./ome-attributes.ts";
import { parseOmero } from "./omero.ts";
import { problemLog } from "./problem-log.ts";

/** The test suites and examples of the specification: what is valid opens without a warning, what is not gets one. */
const suites = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");
const versions = ["0.4", "0.5"];

type SuiteCase = { readonly formerly: string; readonly data: JsonObject; readonly valid: boolean };

function readImage(attributes: JsonObject) {
  const { ome, namespaced } = omeAttributes(attributes);
  const log = problemLog("");
  const result = parseMultiscales(ome, namespaced, log);
  parseOmero(ome.omero, "/omero", log);
  const warnings = log.problems.filter((problem) => problem.severity === "warning");
  return { result, warnings };
}

describe.skipIf(!existsSync(suites))("image suites of the specification", () => {
  describe.each(versions)("%s", async (version) => {
    const file = join(suites, `ngff-${version}/tests/image_suite.json`);
    const { tests } = JSON.parse(await readFile(file, "utf8")) as { tests: SuiteCase[] };

    test.each(tests)("$formerly, valid: $valid", ({ data, valid }) => {
      const { result, warnings } = readImage(data);
      if (valid)
        expect({ kind: result.kind, warnings }).toEqual({ kind: "multiscale", warnings: [] });
      else expect(result.kind !== "multiscale" || warnings.length > 0).toBe(true);
    });

    test("the examples are read without a warning", async () => {
      const folder = join(suites, `ngff-${version}/examples/multiscales_strict`);
      const names = (await readdir(folder)).filter((name) => name.startsWith("multiscales"));
      expect(names.length).toBeGreaterThan(1);
      for (const name of names) {
        const text = await readFile(join(folder, name), "utf8");
        const document = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) as JsonObject;
        const attributes = (document.attributes ?? document) as JsonObject;
        expect(groupKind(attributes).kind).toBe("multiscales");
        expect(readImage(attributes).warnings).toEqual([]);
      }
    });
  });
});
