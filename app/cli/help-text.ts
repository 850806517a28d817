import type { Topic } from "./command.ts";

const general = `zarrscope <command> …

  inspect <path|url> [--json]           what a Zarr holds, and every broken rule
  read <path|url> --out x.npy [options] elements as a NumPy file
  open <path>                           the viewer on a folder, in the browser

  zarrscope <command> --help            more about one command
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
  read: `zarrscope read <path|url> --out x.npy [--array P] [--select S]

Writes elements of one array as a NumPy file (.npy), in the array's data type, little-endian.

  --out x.npy    the file to write; replaced only when all is read
  --array P      path of the array below the source; without it the source itself, or the finest level of its image
  --select S     which indices, for example "t=0,c=1,y=0:512,x=::2"

A selection names axes as the image or the array does, or dim0, dim1, …; what it does not name is taken whole. "z=5" takes one index and drops
the axis, "z=5:6" keeps it; ranges are Python's: the end is left out, both ends may be missing, negative numbers count from the end, and a step
may follow. Other than in Python, an end beyond the array is an error.

Chunks that were never written are the fill value. A chunk that is denied, damaged or fails ends reading, with exit code 1 and its name.
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
