import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const image = join(root, "e2e/fixtures/data/images/tczyx-v04.zarr");

/** Runs `zarrscope open` of the build and waits for the address that it prints. */
async function open(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const program = join(root, "dist-cli/zarrscope.mjs");
  const args = [program, "open", folder, "--port", "0", "--no-browser"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const address = /http:\S+/.exec(text)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
  return { url, child };
}

test("npx zarrscope is the program that npm run build made", async () => {
  const run = promisify(execFile);
  const { stdout } = await run("npx", ["--no-install", "zarrscope", "--version"], { cwd: root });
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  expect(stdout).toBe(`${version}\n`);
});

test("zarrscope open shows a folder in the built viewer; what may not be read is denied, not fill", async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "zarrscope-open-"));
  const copy = join(folder, "it's 100% a #1.zarr");
  await cp(image, copy, { recursive: true });
  // One chunk of the plane that is shown first (t 1, z 2 of the first channel) leads out of the folder.
  const chunk = join(copy, "s0/1/0/1/0/1");
  await rm(chunk);
  await symlink(join(root, "package.json"), chunk);
  const { url, child } = await open(copy);
  try {
    const viewer = new Viewer(page, new URL("/", url).href);
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL("/", url).href)) foreign.push(request.url());
    });
    await page.goto(url);
    const tiles = await viewer.loaded();
    expect(tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0, fill: 0, denied: 1 });
    const { selection } = await viewer.openState();
    expect(selection).toEqual({ t: 1, z: 2 });
    const [t, c, z, y, x] = [1, 0, 2, 11, 20];
    const readout = await viewer.valueAt(0.1 * x, 0.1 * y);
    const value = ((((t * 3 + c) * 4 + z) * 40 + y) * 48 + x) % 32749;
    expect(readout).toMatchObject({ values: [{ channel: 0, value }, { channel: 1 }] });
    expect(viewer.errors).toEqual([]);
    expect(foreign.filter((address) => !/^(data|blob):/.test(address))).toEqual([]);
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect(code).toBe(0);
  } finally {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
});
