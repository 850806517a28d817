import { defineConfig } from "@playwright/test";
import { chromiumArgs } from "./scripts/chromium-args.mjs";

const executablePath = process.env.ZARRSCOPE_CHROMIUM;
const reportFile = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? ".cache/reports/playwright.json";

/** End-to-end tests of the built app (`npm run build` first) on real Chromium. No retries: a flaky test is a broken test. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A machine of two cores that is busy with something else as well still gets to the end.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["line"], ["json", { outputFile: reportFile }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    screenshot: "off",
    trace: "off",
    launchOptions: { args: chromiumArgs, ...(executablePath ? { executablePath } : {}) },
  },
});
