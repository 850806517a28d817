import type { Topic } from "./command.ts";

const general = `zarrscope <command> …

  inspect <path|url> [--json]  what a Zarr holds, and every broken rule
  open <path>                  the viewer on a folder, in the browser

  zarrscope <command> --help   more about one command
  zarrscope --version

A path names a folder of this machine, an url is https://…, http://…, s3://bucket/… or gs://bucket/….
Exit codes: 0 done, 1 the data are at fault or out of reach, 2 the command was wrong.
`;

const topics: Readonly<Record<Topic, string>> = {
  inspect: `zarrscope inspect <path|url> [--json]

Kind, versions, axes with units, levels with codecs, channels, and all problems in the words of the viewer. Only metadata are read.

  --json   the same for programs, described in docs/command-line.md

Exit code 1 if nothing usable is there, or a rule is broken that would make pixels wrong.
`,
  open: `zarrscope open <path> [--port 8484] [--no-browser]

Serves the viewer and the folder to this machine alone, and opens the browser. Ends with Ctrl+C.

  --port N       the port, or the next free one; 0 is any
  --no-browser   only prints the address
`,
};

/** What `--help` prints. */
export function helpText(topic: Topic | undefined): string {
  return topic === undefined ? general : topics[topic];
}
