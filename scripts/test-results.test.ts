import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { countResults, failedTests, formatTotal } from "./test-results.mjs";

const folder = mkdtempSync(join(tmpdir(), "zarrscope-results-"));
function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const vitest = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{}] }],
};

it("counts what passed and what failed", () => {
  expect(countResults(report(vitest), 0)).toEqual({ passed: 5, failed: 0 });
  const stats = { expected: 3, unexpected: 1, flaky: 0, skipped: 0 };
  expect(countResults(report({ stats, errors: [] }), 1)).toEqual({ passed: 3, failed: 1 });
  expect(formatTotal({ passed: 3, failed: 1 })).toBe("3 passed, 1 failed");
});

it("counts skipped, to-do and flaky tests and files that do not load as failed", () => {
  expect(countResults(report({ ...vitest, numPendingTests: 2, numTodoTests: 1 }), 0).failed).toBe(
    3,
  );
  const broken = [{ status: "failed", assertionResults: [] }];
  expect(countResults(report({ ...vitest, testResults: broken }), 1).failed).toBe(1);
  const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 1 };
  expect(countResults(report({ stats, errors: [{}] }), 0).failed).toBe(3);
});

it("counts a suite that says nothing, runs nothing or crashes as one failure", () => {
  expect(countResults(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1 });
  expect(countResults(report({ ...vitest, numPassedTests: 0 }), 0).failed).toBe(1);
  expect(countResults(report(vitest), 1)).toEqual({ passed: 5, failed: 1 });
});

it("names what failed, with the first line of why", () => {
  const assertionResults = [
    { status: "passed", fullName: "is right" },
    {
      status: "failed",
      fullName: "is wrong",
      failureMessages: ["\u001b[31mexpected 1\u001b[39m\nat x"],
    },
    { status: "skipped", fullName: "is left out" },
  ];
  const testResults = [
    { name: "a.test.ts", status: "failed", assertionResults },
    { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
  ];
  expect(failedTests(report({ ...vitest, testResults }))).toEqual([
    "is wrong: expected 1",
    "is left out",
    "b.test.ts: no such module",
  ]);
  const specs = [
    { file: "a.spec.ts", title: "opens", ok: true, tests: [] },
    {
      file: "a.spec.ts",
      title: "closes",
      ok: false,
      tests: [{ results: [{ error: { message: "it does not\n  at y" } }] }],
    },
  ];
  const suites = [{ specs: [], suites: [{ specs }] }];
  expect(failedTests(report({ stats: {}, suites, errors: [{ message: "port taken" }] }))).toEqual([
    "a.spec.ts › closes: it does not",
    "outside of tests: port taken",
  ]);
  expect(failedTests(join(folder, "none.json"))).toEqual([]);
});
