import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** What a finished run left behind. `code` is null if it was killed. */
export type CliRun = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** The bundled command line in a folder of its own, as `npm run build` makes it. */
export type CliProgram = {
  /** The folder that holds `dist-cli`; gone after `remove`. */
  readonly folder: string;
  /** Runs it to its end. */
  run(...args: string[]): Promise<CliRun>;
  /** Starts it; whoever does ends it. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  remove(): Promise<void>;
};

/** Builds the command line (about a second). */
export async function buildCli(): Promise<CliProgram> {
  const folder = await mkdtemp(join(tmpdir(), "zarrscope-cli-"));
  await build({
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    configFile: fileURLToPath(new URL("../../../vite.cli.config.ts", import.meta.url)),
    logLevel: "warn",
    build: { outDir: join(folder, "dist-cli"), emptyOutDir: false },
  });
  const program = join(folder, "dist-cli/zarrscope.mjs");
  const start: CliProgram["start"] = (args, env = {}) => {
    return spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  };
  return {
    folder,
    start,
    run: (...args) => finished(start(args)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Waits for the end of a process and gathers what it wrote. */
export function finished(child: ChildProcess): Promise<CliRun> {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...text }));
  });
}
