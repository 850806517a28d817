// npm start: builds the app and serves it. Options: --port 8484, --host 127.0.0.1, --no-build.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createStaticServer, listen } from "./static-server.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8484" },
        host: { type: "string", default: "127.0.0.1" },
        "no-build": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${error.message} Options: --port <number>, --host <address>, --no-build.`);
  }
}

const options = readOptions();
const port = Number(options.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`Not a port: ${options.port}`);
if (!options["no-build"]) {
  const { build } = await import("vite");
  await build({ root, logLevel: "warn" });
}
if (!existsSync(dist)) fail("There is no dist/ yet: run npm start without --no-build.");

const server = await createStaticServer({ root: dist });
const taken = await listen(server, port, options.host);
if (port !== 0 && taken !== port) console.log(`Port ${port} is in use.`);
const shownHost = options.host === "127.0.0.1" ? "localhost" : options.host;
console.log(`Zarrscope: http://${shownHost}:${taken}/`);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
