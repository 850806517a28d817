import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError, type Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-rules.ts";
import type { NodePath } from "../store/node-path.ts";

/** What a parser of one document is given besides its JSON. */
export type DocumentSource = {
  /** Path of the node. */
  readonly path: NodePath;
  /** From `parseJson`, for this document: integers that its JSON holds only rounded. */
  readonly exactIntegers?: ReadonlyMap<string, bigint>;
  /** Read on where an array needs an extension that is not known (Z3-04), since a person asked for that. */
  readonly passOverUnknown?: boolean;
};

/** One document on its way to a model: knows its name, collects broken rules. */
export class MetadataReading {
  readonly path: NodePath;
  readonly passOverUnknown: boolean;
  readonly problems: Problem[] = [];
  readonly #document: string;
  readonly #exactIntegers: ReadonlyMap<string, bigint>;

  /** @param fileName e.g. ".zarray" */
  constructor(source: DocumentSource, fileName: string) {
    this.path = source.path;
    this.passOverUnknown = source.passOverUnknown === true;
    this.#document = source.path === "" ? fileName : `${source.path}/${fileName}`;
    this.#exactIntegers = source.exactIntegers ?? new Map();
  }

  /** Node path and JSON pointer, e.g. "0/.zarray#/chunks". */
  at(pointer: string): string {
    return `${this.#document}#${pointer}`;
  }

  /** The array as sentences name it. */
  get shownName(): string {
    return this.path === "" ? "The array" : `The array "${this.path}"`;
  }

  /** The exact integer that stood at `pointer`, if `value` is only near it. */
  exactInteger(pointer: string, value: JsonValue | undefined): bigint | undefined {
    const exact = this.#exactIntegers.get(pointer);
    // Of a key that stands twice, the last one counts.
    return exact !== undefined && Number(exact) === value ? exact : undefined;
  }

  warn(
    code: ProblemCode,
    pointer: string,
    expected: string,
    received: JsonValue | undefined,
  ): void {
    this.#note("warning", code, pointer, expected, received);
  }

  inform(
    code: ProblemCode,
    pointer: string,
    expected: string,
    received: JsonValue | undefined,
  ): void {
    this.#note("info", code, pointer, expected, received);
  }

  /** The error that ends reading. @param sentence for people; by default made of expected and received */
  error(
    code: ProblemCode,
    pointer: string,
    expected: string,
    received: JsonValue | undefined,
    sentence?: string,
  ): MetadataError {
    const found = shownJson(received);
    const path = this.at(pointer);
    return new MetadataError(
      { code, severity: "error", path, expected, received: found },
      sentence ??
        `${this.shownName} cannot be read: ${path} should be ${expected}, but is ${found}.`,
    );
  }

  #note(
    severity: "warning" | "info",
    code: ProblemCode,
    pointer: string,
    expected: string,
    received: JsonValue | undefined,
  ): void {
    const path = this.at(pointer);
    this.problems.push({ code, severity, path, expected, received: shownJson(received) });
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value for messages, cut short. */
export function shownJson(value: JsonValue | undefined): string {
  if (value === undefined) return "absent";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
