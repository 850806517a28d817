// Reads the JSON reports of Vitest and Playwright into { passed, failed }. What was skipped, is still to do, or is empty has failed.
import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

function countVitest(report) {
  const notRun = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  // A file that could not be loaded holds no tests at all.
  const emptyFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + notRun + emptyFiles,
  };
}

function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = report.errors?.length ?? 0;
  return { passed: expected, failed: unexpected + flaky + skipped + errors };
}

/** Counts one report. A suite that left no report, ran nothing, or exited with an error of its own counts as one failure. */
export function countResults(path, exitCode) {
  let counts = { passed: 0, failed: 0 };
  if (existsSync(path)) {
    const report = JSON.parse(readFileSync(path, "utf8"));
    counts = report.stats === undefined ? countVitest(report) : countPlaywright(report);
  }
  const isSilentFailure = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return isSilentFailure ? { ...counts, failed: 1 } : counts;
}

/** One line for each test that failed, in a report that may not be there: its name and the first line of what went wrong. */
export function failedTests(path) {
  if (!existsSync(path)) return [];
  const report = JSON.parse(readFileSync(path, "utf8"));
  return report.stats === undefined ? failedOfVitest(report) : failedOfPlaywright(report);
}

function failedOfVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    if (status === "failed" && assertionResults.length === 0) return [line(name, message)];
    return assertionResults
      .filter((test) => test.status !== "passed")
      .map((test) => line(test.fullName, test.failureMessages?.[0]));
  });
}

function failedOfPlaywright({ suites, errors = [] }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const failed = suites.flatMap(specs).filter(({ ok }) => !ok);
  return [
    ...failed.map(({ file, title, tests }) => {
      const results = tests.flatMap((test) => test.results);
      return line(`${file} › ${title}`, results.find(({ error }) => error)?.error.message);
    }),
    ...errors.map(({ message }) => line("outside of tests", message)),
  ];
}

function line(name, message) {
  const [first = ""] = stripVTControlCharacters(message ?? "")
    .trim()
    .split("\n");
  return first === "" ? name : `${name}: ${first}`;
}

/** The line that ends every run. */
export function formatTotal({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
