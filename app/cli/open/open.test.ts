import type { ChildProcess } from "node:child_process";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { normaliseSource } from "../../../src/ui/state/source-url.ts";
import { buildCli, type CliProgram, finished } from "../testing/cli-program.ts";

const images = fileURLToPath(new URL("../../../e2e/fixtures/data/images", import.meta.url));

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cli: CliProgram;
beforeAll(async () => {
  cli = await buildCli();
  // A stand-in for the built viewer: e2e/command-line.spec.ts opens the real one.
  await mkdir(join(cli.folder, "dist"));
  await writeFile(join(cli.folder, "dist/index.html"), "<!doctype html><title>Viewer</title>");
}, 60_000);
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => cli?.remove());

/** Starts `open` and waits for the address that it prints. */
async function open(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = cli.start(["open", ...args], env);
  running.add(child);
  const end = finished(child);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      const address = /http:\S+/.exec(text)?.[0];
      if (address !== undefined) resolve(address);
    });
    void end.then(({ stderr }) => reject(new Error(`It ended: ${stderr}`)));
  });
  return { url, end, stop: (signal: NodeJS.Signals) => child.kill(signal) };
}

describe("zarrscope open", () => {
  it.each([
    ["v1", "../elements/v1.zarr", "meta"],
    ["v2", "plain-v2.zarr", ".zarray"],
    ["v3", "czyx-v05.zarr", "zarr.json"],
  ])("%s: serves the viewer and the folder on one origin", async (_, name, file) => {
    const { url, end, stop } = await open([join(images, name), "--port", "0", "--no-browser"]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?source=data\//);
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Viewer")]);
    // The page makes this of the link.
    const source = new URL(url).searchParams.get("source") ?? "";
    const normalised = normaliseSource(source, url);
    if (!("url" in normalised)) throw new Error(normalised.failure.title);
    expect(new URL(normalised.url).origin).toBe(new URL(url).origin);
    const metadata = await fetch(`${normalised.url}/${file}`);
    expect(await metadata.text()).toBe(await readFile(join(images, name, file), "utf8"));
    expect((await fetch(`${normalised.url}/none`)).status).toBe(404);
    stop("SIGINT");
    expect((await end).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("starts the browser on that address, also for a name full of signs", async () => {
    const name = "it's 100% a #1?&b=c é.zarr'";
    await cp(join(images, "plain-v3.zarr"), join(cli.folder, name), { recursive: true });
    const browser = join(cli.folder, "browser.mjs");
    const visited = join(cli.folder, "visited");
    await writeFile(
      browser,
      `#!${process.execPath}\nimport { renameSync, writeFileSync } from "node:fs";\nwriteFileSync("${visited}~", process.argv[2]);\nrenameSync("${visited}~", "${visited}");\n`,
    );
    await chmod(browser, 0o755);
    const { url, end, stop } = await open([join(cli.folder, name), "--port", "0"], {
      BROWSER: browser,
    });
    await vi.waitFor(async () => expect(await readFile(visited, "utf8")).toBe(url), 30_000);
    const normalised = normaliseSource(new URL(url).searchParams.get("source") ?? "", url);
    if (!("url" in normalised)) throw new Error(normalised.failure.title);
    expect((await fetch(`${normalised.url}/zarr.json`)).status).toBe(200);
    stop("SIGTERM");
    expect((await end).code).toBe(0);
  });

  it("goes on without a browser, and takes the next port", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    const { url, stop, end } = await open([join(images, "plain-v3.zarr"), "--port", String(port)], {
      BROWSER: join(cli.folder, "no-such-browser"),
    });
    expect(Number(new URL(url).port)).not.toBe(port);
    expect((await fetch(url)).status).toBe(200);
    stop("SIGINT");
    expect((await end).stderr).toContain("No browser");
    await new Promise((resolve) => taken.close(resolve));
  });

  it("exit codes: 1 where there is no Zarr, 2 where the command is wrong", async () => {
    const cases = [
      [1, images],
      [1, join(images, "nowhere.zarr")],
      [2, join(images, "plain-v3.zarr/c/0/0/0/0")],
      [2, "https://example.org/x.zarr"],
      [2, join(images, "plain-v3.zarr"), "--port", "65536"],
      [2],
    ] as const;
    await Promise.all(
      cases.map(async ([code, ...args]) => {
        const run = await cli.run("open", ...args);
        expect([args, run.code, run.stdout]).toEqual([args, code, ""]);
        expect(run.stderr).not.toBe("");
      }),
    );
  });
});
