import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArgs } from "./scripts/chromium-args.mjs";

const executablePath = process.env.ZARRSCOPE_CHROMIUM;

/** Tests that need WebGL2, workers or the DOM: real Chromium, never jsdom. */
export default defineConfig({
  plugins: [react()],
  define: { __ZARRSCOPE_VERSION__: JSON.stringify("test") },
  // Found beforehand: a dependency that Vite comes upon in mid-run reloads the page, and the running test fails.
  optimizeDeps: {
    entries: ["{app,src}/**/*.browser.test.{ts,tsx}"],
    include: [
      "react",
      "react-dom/client",
      "react/jsx-dev-runtime",
      "zustand",
      "zustand/vanilla",
      "lucide-react",
    ],
  },
  test: {
    include: ["{app,src}/**/*.browser.test.{ts,tsx}"],
    testTimeout: 30_000,
    // A slow machine takes longer for a first import or a first shader than the second that Vitest waits.
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { args: chromiumArgs, ...(executablePath ? { executablePath } : {}) },
      }),
      instances: [{ browser: "chromium", viewport: { width: 1000, height: 700 } }],
    },
  },
});
