// npm run build && npm run soak [-- minutes [seed]]: the random walks of e2e/soak.spec.ts and e2e/giant-walk.spec.ts, ten minutes of each.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [minutes = "10", seed] = process.argv.slice(2);
const walks = ["e2e/soak.spec.ts", "e2e/giant-walk.spec.ts"];
const { status } = spawnSync("playwright", ["test", ...walks, "--workers=1", "--reporter=list"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: "inherit",
  env: {
    ...process.env,
    ZARRSCOPE_SOAK_SECONDS: String(Number(minutes) * 60),
    ...(seed === undefined ? {} : { ZARRSCOPE_SOAK_SEED: seed }),
  },
});
process.exit(status ?? 1);
