// Reads the JSON reports of Vitest and Playwright into { passed, failed }. What was skipped, is still to do, or is empty has failed.
import { existsSync, readFileSync } from "node:fs";

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

/** The line that ends every run. */
export function formatTotal({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
