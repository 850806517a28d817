// npm run test:servers: the built app behind and in front of servers of others. The last line is the total: N passed, N failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.mjs";
import { countResults, failedTests, formatTotal } from "./test-results.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const report = fileURLToPath(new URL("../.cache/reports/servers.json", import.meta.url));
const sbin = ["/usr/local/sbin", "/usr/sbin", "/sbin"];
const env = {
  ...process.env,
  CI: "true",
  DEBIAN_FRONTEND: "noninteractive",
  PATH: [bin, process.env.PATH ?? "", ...sbin].join(delimiter),
  PLAYWRIGHT_JSON_OUTPUT_FILE: report,
};

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: "inherit" });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

/** Where we may, nginx is installed; elsewhere it has to be there, since a server that is not tested is not known to work. */
function ensureNginx() {
  if (spawnSync("nginx", ["-v"], { env }).status === 0) return true;
  if (process.getuid?.() !== 0) {
    console.error("nginx is not installed: apt-get install nginx-light");
    return false;
  }
  const install = ["install", "-y", "--no-install-recommends", "nginx-light"];
  if (run("apt-get", install) === 0) return true;
  return run("apt-get", ["update"]) === 0 && run("apt-get", install) === 0;
}

/** Moto's S3 server, from PyPI: the one that is there, else in a folder of its own. Undefined if it cannot be had. */
function ensureMoto() {
  if (spawnSync("moto_server", ["--help"], { env }).status === 0) return "moto_server";
  const folder = fileURLToPath(new URL("../.cache/moto", import.meta.url));
  const command = `${folder}/bin/moto_server`;
  if (existsSync(command)) return command;
  if (run("python3", ["-m", "venv", folder]) !== 0) return undefined;
  const install = ["install", "--quiet", "--disable-pip-version-check", "moto[server]==5.2.1"];
  return run(`${folder}/bin/pip`, install) === 0 ? command : undefined;
}

rmSync(report, { force: true });
mkdirSync(fileURLToPath(new URL("../.cache/reports", import.meta.url)), { recursive: true });
const moto = ensureMoto();
if (
  !ensureNginx() ||
  moto === undefined ||
  !existsSync(new URL("../dist/index.html", import.meta.url))
) {
  console.log("failed: servers: there is no nginx, no moto_server, or no dist/ (npm run build)");
  console.log(formatTotal({ passed: 0, failed: 1 }));
  process.exit(1);
}
env.ZARRSCOPE_MOTO = moto;
env.ZARRSCOPE_CHROMIUM = await findChromium();
const status = run("playwright", ["test", "--config", "playwright.servers.config.ts"]);
const counts = countResults(report, status);
for (const failure of failedTests(report)) console.log(`failed: ${failure}`);
console.log(formatTotal(counts));
process.exit(counts.failed === 0 ? 0 : 1);
