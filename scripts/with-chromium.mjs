// node scripts/with-chromium.mjs <command> [arguments…]: runs a command with ZARRSCOPE_CHROMIUM set to a Chromium that starts.
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.mjs";

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error("usage: node scripts/with-chromium.mjs <command> [arguments…]");
  process.exit(2);
}

let chromium;
try {
  chromium = await findChromium();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const child = spawn(command, args, {
  stdio: "inherit",
  env: {
    ...process.env,
    ZARRSCOPE_CHROMIUM: chromium,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code) => process.exit(code ?? 1));
