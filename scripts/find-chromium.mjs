// Finds a Chromium that starts, or gets one: the environment, the system, Playwright, Debian.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macApps = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What to install, in one line. */
export const installHint =
  "No Chromium that starts was found: install Chromium or Google Chrome, or run `npx playwright install --with-deps chromium`, or set ZARRSCOPE_CHROMIUM to its path.";

/** Whether the browser starts at all: a missing shared library or a distribution's stub fails here. */
function startsUp(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function onPath(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function ofSystem() {
  return [...names.map(onPath), ...macApps].find(
    (path) => path !== undefined && existsSync(path) && startsUp(path),
  );
}

async function ofPlaywright() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return existsSync(path) && startsUp(path) ? path : undefined;
}

/** Runs an installer without input; its output goes to stderr, since the last line of stdout may be a result. */
function install(command, args, timeoutMs) {
  console.error(`Looking for Chromium: ${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync(command, args, { stdio: ["ignore", 2, 2], timeout: timeoutMs, env });
  return status === 0;
}

/** Path of a Chromium that starts. Throws an error of one line if there is none and none could be had. */
export async function findChromium() {
  const given = process.env.ZARRSCOPE_CHROMIUM;
  if (given !== undefined && given !== "") {
    if (startsUp(given)) return given;
    throw new Error(`ZARRSCOPE_CHROMIUM is set to "${given}", which does not start.`);
  }
  const present = ofSystem() ?? (await ofPlaywright());
  if (present !== undefined) return present;

  install("npx", ["--no-install", "playwright", "install", "chromium"], 240_000);
  const downloaded = await ofPlaywright();
  if (downloaded !== undefined) return downloaded;

  if (process.getuid?.() === 0 && onPath("apt-get") !== undefined) {
    const packages = ["install", "-y", "--no-install-recommends", "chromium"];
    install("apt-get", ["update"], 240_000) && install("apt-get", packages, 600_000);
    const installed = ofSystem();
    if (installed !== undefined) return installed;
  }
  throw new Error(installHint);
}
