import { defineConfig } from "vitest/config";

/** Unit and property tests: Node only, no browser, no network, no Python. */
export default defineConfig({
  define: { __ZARRSCOPE_VERSION__: JSON.stringify("test") },
  test: {
    include: ["{app,src,e2e,scripts,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/*.browser.test.*", "**/*.data.test.*"],
    environment: "node",
    testTimeout: 20_000,
  },
});
