// npm test: types and lint, build, unit, browser and end-to-end tests, all of them even if one fails.
// The last line is the total: N passed, N failed.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.mjs";
import { countResults, failedTests, formatTotal } from "./test-results.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const reports = fileURLToPath(new URL("../.cache/reports", import.meta.url));
const env = {
  ...process.env,
  CI: process.env.CI ?? "true", // no watch mode, no prompts
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
};
const total = { passed: 0, failed: 0 };
const failures = [];

function run(title, command, args, extraEnv = {}) {
  console.log(`\n— ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...extraEnv },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

/** A step without tests of its own: it counts only if it fails. */
function step(title, command, args) {
  if (run(title, command, args) === 0) return;
  total.failed += 1;
  failures.push(title);
  console.error(`${title}: failed`);
}

function count(title, report, exitCode) {
  const counts = countResults(report, exitCode);
  total.passed += counts.passed;
  total.failed += counts.failed;
  failures.push(...failedTests(report));
  console.log(`${title}: ${formatTotal(counts)}`);
}

function vitest(title, config) {
  const report = `${reports}/${config}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = run(title, "vitest", ["run", "--config", config, ...reporters]);
  count(title, report, exitCode);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

try {
  env.ZARRSCOPE_CHROMIUM = await findChromium();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
step("types", "tsc", ["--noEmit"]);
step("lint and format", "biome", ["check", "."]);
step("build", "vite", ["build", "--logLevel", "warn"]);
step("build of the command line", "vite", [
  "build",
  "--config",
  "vite.cli.config.ts",
  "--logLevel",
  "warn",
]);
step("build of the embedding client", "vite", [
  "build",
  "--config",
  "vite.embed.config.ts",
  "--logLevel",
  "warn",
]);
step("types of the embedding client", "tsc", ["--project", "app/embed"]);
step("size of the first load", "size-limit", []);
vitest("unit tests", "vitest.config.ts");
vitest("browser tests", "vitest.browser.config.ts");
const report = `${reports}/playwright.json`;
const exitCode = run("end-to-end tests", "playwright", ["test"], {
  PLAYWRIGHT_JSON_OUTPUT_FILE: report,
});
count("end-to-end tests", report, exitCode);

for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`\n${formatTotal(total)}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
