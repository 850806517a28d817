import { parseArgs } from "node:util";
import { UsageError } from "./exit-code.ts";

/** What was asked for on the command line, checked as far as that goes without looking at data. */
export type Command =
  | { readonly kind: "help"; readonly topic: Topic | undefined }
  | { readonly kind: "version" }
  | { readonly kind: "inspect"; readonly source: string; readonly json: boolean }
  | {
      readonly kind: "read";
      readonly source: string;
      /** Path of the array below the source. */
      readonly array: string | undefined;
      readonly select: string;
      readonly out: string;
    }
  | {
      readonly kind: "open";
      readonly path: string;
      readonly port: number;
      readonly browser: boolean;
    };

export type Topic = "inspect" | "read" | "open";

type Options = NonNullable<Parameters<typeof parseArgs>[0]>["options"];

const help = { help: { type: "boolean", short: "h", default: false } } as const;

/** @throws UsageError */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case undefined:
      throw new UsageError("Say what to do: inspect, read or open.");
    case "--help":
    case "-h":
    case "help":
      return { kind: "help", topic: isTopic(rest[0]) ? rest[0] : undefined };
    case "--version":
    case "-v":
      return { kind: "version" };
    case "inspect":
      return parseInspect(rest);
    case "read":
      return parseRead(rest);
    case "open":
      return parseOpen(rest);
    default:
      throw new UsageError(`There is no command "${name}"; there are inspect, read and open.`);
  }
}

function parseInspect(args: string[]): Command {
  const options = { ...help, json: { type: "boolean", default: false } } as const;
  const { values, positionals } = parse(args, options);
  if (values.help) return { kind: "help", topic: "inspect" };
  return { kind: "inspect", source: only(positionals, "inspect"), json: values.json };
}

function parseRead(args: string[]): Command {
  const options = {
    ...help,
    array: { type: "string" },
    select: { type: "string", default: "" },
    out: { type: "string", short: "o" },
  } as const;
  const { values, positionals } = parse(args, options);
  if (values.help) return { kind: "help", topic: "read" };
  const source = only(positionals, "read");
  const { array, select, out } = values;
  if (out === undefined || out === "") throw new UsageError("Say where to write: --out x.npy.");
  return { kind: "read", source, array, select, out };
}

function parseOpen(args: string[]): Command {
  const options = {
    ...help,
    port: { type: "string", default: "8484" },
    "no-browser": { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parse(args, options);
  if (values.help) return { kind: "help", topic: "open" };
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`"${values.port}" is no port; give 0 to 65535.`);
  const path = only(positionals, "open");
  return { kind: "open", path, port, browser: !values["no-browser"] };
}

function parse<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // Its messages begin with the option that was wrong.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function only([first, ...more]: readonly string[], command: Topic): string {
  const wanted = command === "open" ? "a path" : "a path or an address";
  if (first === undefined || first === "") throw new UsageError(`${command} needs ${wanted}.`);
  if (more.length > 0)
    throw new UsageError(`${command} takes one source; ${more.length + 1} were given.`);
  return first;
}

function isTopic(name: string | undefined): name is Topic {
  return name === "inspect" || name === "read" || name === "open";
}
