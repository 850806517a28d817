import { defineConfig } from "vitest/config";

/** Tests on the real data of other people's software beside the checkout (ZARRSCOPE_DATA, else ../shared/data). */
export default defineConfig({
  test: {
    include: ["{app,src,e2e}/**/*.data.test.ts"],
    environment: "node",
    testTimeout: 60_000,
  },
});
