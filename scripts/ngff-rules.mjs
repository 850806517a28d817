// Writes docs/ngff-rules.md again, from the statements in src/zarr/image/testing/rules and from the titles of all tests:
//
//   npm run rules
import { spawnSync } from "node:child_process";

const { status } = spawnSync(
  "npx",
  ["vitest", "run", "--config", "vitest.config.ts", "src/zarr/image/rules.test.ts"],
  { stdio: "inherit", env: { ...process.env, ZARRSCOPE_UPDATE_RULES: "1" } },
);
process.exitCode = status ?? 1;
