import base from "./playwright.config.ts";
import { chromiumArgs } from "./scripts/chromium-args.mjs";

/** The built app behind servers of others (`npm run test:servers`). */
export default {
  ...base,
  testDir: "e2e/servers",
  testMatch: "**/*.server.ts",
  workers: 1,
  use: {
    ...base.use,
    launchOptions: {
      ...base.use?.launchOptions,
      // The page around is made up, and lies nowhere; Chromium would not let it embed what lies on this machine.
      args: [...chromiumArgs, "--disable-features=LocalNetworkAccessChecks"],
    },
  },
};
