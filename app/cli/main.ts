#!/usr/bin/env node
import { setMaxListeners } from "node:events";
import { fileURLToPath } from "node:url";
import { version } from "../version.ts";
import { type Command, parseCommand } from "./command.ts";
import { DataError, type ExitCode, UsageError } from "./exit-code.ts";
import { failureOf } from "./failure.ts";
import { helpText } from "./help-text.ts";
import { inspectSource } from "./inspect/inspect-source.ts";
import { isAtFault } from "./inspect/report.ts";
import { reportText } from "./inspect/report-text.ts";
import { openBrowser } from "./open/open-browser.ts";
import { type OpenViewer, openViewer } from "./open/open-viewer.ts";
import { findArray } from "./read/find-array.ts";
import { ProgressLine } from "./read/progress-line.ts";
import { readToFile } from "./read/read-to-file.ts";
import { parseSelection, resolveSelection } from "./read/selection.ts";
import { openSource } from "./source.ts";
import { terminalJson, terminalText } from "./terminal-text.ts";

/** The command line: `zarrscope inspect | read | open` (docs/command-line.md). */
async function run(command: Command): Promise<ExitCode> {
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText(command.topic));
      return 0;
    case "version":
      process.stdout.write(`${version}\n`);
      return 0;
    case "inspect": {
      const report = await inspectSource(await openSource(command.source));
      process.stdout.write(command.json ? `${terminalJson(report)}\n` : reportText(report));
      return isAtFault(report) ? 1 : 0;
    }
    case "read":
      return read(command);
    case "open": {
      // Beside this program's own folder, wherever the package lies.
      const viewerFolder = fileURLToPath(new URL("../dist", import.meta.url));
      const viewer = await openViewer(command.path, command.port, viewerFolder);
      process.stdout.write(`Zarrscope: ${viewer.url}\n`);
      if (command.browser && !(await openBrowser(viewer.url))) {
        process.stderr.write("No browser could be started; open the address yourself.\n");
      }
      return untilInterrupted(viewer);
    }
  }
}

async function read(command: Command & { kind: "read" }): Promise<ExitCode> {
  const selected = parseSelection(command.select);
  const source = await openSource(command.source);
  try {
    const { metadata, axes } = await findArray(source, command.array ?? "");
    const selection = resolveSelection(selected, axes);
    await untilSignal((signal) => {
      const array = { store: source.store, metadata };
      return readToFile(array, selection, command.out, new ProgressLine(process.stderr), signal);
    });
    return 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof DataError) throw error;
    const { title, detail, action, code } = failureOf(error);
    throw new DataError(`${title}\n${detail}\n${action}\n${code}`);
  }
}

const endingSignals = ["SIGINT", "SIGTERM"] as const;

/** Lets `work` tidy up when the process is told to end; then it ends by that signal, as whoever waits for it expects. */
async function untilSignal(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const listeners = endingSignals.map((name) => [name, () => stop.abort(name)] as const);
  for (const [name, listener] of listeners) process.once(name, listener);
  try {
    await work(stop.signal);
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
    if (stop.signal.aborted) process.kill(process.pid, stop.signal.reason);
  }
}

async function untilInterrupted(viewer: OpenViewer): Promise<ExitCode> {
  await new Promise<void>((resolve) => {
    for (const signal of endingSignals) process.once(signal, () => resolve());
  });
  viewer.close();
  return 0;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    process.stderr.write(`${terminalText(error.message)}\nzarrscope --help says more.\n`);
    return 2;
  }
  if (!(error instanceof DataError)) throw error;
  process.stderr.write(`${error.message.split("\n").map(terminalText).join("\n")}\n`);
  return 1;
}

// Every request listens to the one signal that ends reading; that is no leak.
setMaxListeners(0);

// A reader that has seen enough (head, less) closes the pipe: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  process.exitCode = await run(parseCommand(process.argv.slice(2)));
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
