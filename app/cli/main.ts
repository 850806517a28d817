#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { version } from "../version.ts";
import { type Command, parseCommand } from "./command.ts";
import { DataError, type ExitCode, UsageError } from "./exit-code.ts";
import { helpText } from "./help-text.ts";
import { inspectSource } from "./inspect/inspect-source.ts";
import { isAtFault } from "./inspect/report.ts";
import { reportText } from "./inspect/report-text.ts";
import { openBrowser } from "./open/open-browser.ts";
import { type OpenViewer, openViewer } from "./open/open-viewer.ts";
import { openSource } from "./source.ts";
import { terminalJson, terminalText } from "./terminal-text.ts";

/** The command line: `zarrscope inspect | open` (docs/command-line.md). */
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

async function untilInterrupted(viewer: OpenViewer): Promise<ExitCode> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
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
