import type { JsonObject, JsonValue } from "../json.ts";

/** Deeper nesting is taken for an attack on the stack. */
export const maxJsonDepth = 256;

/** Where and why a text is not JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly expected: string;
  readonly received: string;
  constructor(expected: string, received: string) {
    super(`expected ${expected}, found ${received}`);
    this.expected = expected;
    this.received = received;
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const spacePattern = /[ \t\n\r]*/y;

const words: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const bareWords: readonly (readonly [string, number])[] = [
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
];

/**
 * A recursive JSON reader for the documents that `JSON.parse` refuses or would round: it takes Python's NaN, Infinity and
 * -Infinity, and keeps integers beyond 2^53. It reads one text once.
 */
export class JsonReader {
  /** By JSON pointer. */
  readonly exactIntegers = new Map<string, bigint>();
  /** JSON pointers of NaN and ±Infinity. */
  readonly bareNumbers: string[] = [];
  readonly #text: string;
  #at = 0;
  /** Keys and indices on the way to the value that is being read. */
  readonly #way: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws JsonSyntaxError */
  read(): JsonValue {
    this.#skipSpace();
    const value = this.#value();
    if (this.#at < this.#text.length) throw this.#error("nothing after the document");
    return value;
  }

  #value(): JsonValue {
    const start = this.#text[this.#at];
    if (start === "{") return this.#object();
    if (start === "[") return this.#array();
    if (start === '"') return this.#string();
    for (const [word, value] of words) if (this.#take(word)) return value;
    for (const [word, value] of bareWords) {
      if (!this.#take(word)) continue;
      this.bareNumbers.push(this.#pointer());
      return value;
    }
    return this.#number();
  }

  #object(): JsonObject {
    const entries: [string, JsonValue][] = [];
    this.#open();
    while (!this.#take("}")) {
      if (entries.length > 0) this.#need(",");
      const key = this.#string();
      this.#need(":");
      this.#way.push(key);
      entries.push([key, this.#value()]);
      this.#way.pop();
    }
    // Defines own properties, so that "__proto__" is one, too.
    return Object.fromEntries(entries);
  }

  #array(): JsonValue[] {
    const items: JsonValue[] = [];
    this.#open();
    while (!this.#take("]")) {
      if (items.length > 0) this.#need(",");
      this.#way.push(items.length);
      items.push(this.#value());
      this.#way.pop();
    }
    return items;
  }

  #open(): void {
    if (this.#way.length >= maxJsonDepth)
      throw this.#error(`at most ${maxJsonDepth} levels of nesting`);
    this.#at++;
    this.#skipSpace();
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#error("a string");
    const end = this.#endOfString(start);
    if (end === undefined) throw this.#error("a string that ends");
    try {
      const value: JsonValue = JSON.parse(this.#text.slice(start, end));
      if (typeof value === "string") {
        this.#at = end;
        this.#skipSpace();
        return value;
      }
    } catch {
      // A control character, or an escape that JSON does not have.
    }
    throw this.#error("a string");
  }

  /** Index behind the closing quote. No regular expression: a string of megabytes would exhaust its stack. */
  #endOfString(start: number): number | undefined {
    for (let quote = start; ; ) {
      quote = this.#text.indexOf('"', quote + 1);
      if (quote < 0) return undefined;
      let before = quote - 1;
      while (this.#text[before] === "\\") before--;
      const escapes = quote - 1 - before;
      if (escapes % 2 === 0) return quote + 1;
    }
  }

  #number(): number {
    const token = this.#match(numberPattern);
    if (token === undefined) throw this.#error("a value");
    const value = Number(token);
    if (!Number.isSafeInteger(value) && /^-?\d+$/.test(token)) {
      this.exactIntegers.set(this.#pointer(), BigInt(token));
    }
    return value;
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    this.#skipSpace();
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw this.#error(`"${token}"`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [token] = pattern.exec(this.#text) ?? [];
    if (token === undefined) return undefined;
    this.#at += token.length;
    this.#skipSpace();
    return token;
  }

  #skipSpace(): void {
    spacePattern.lastIndex = this.#at;
    spacePattern.exec(this.#text);
    this.#at = spacePattern.lastIndex;
  }

  #pointer(): string {
    return this.#way.map((key) => `/${escapePointer(String(key))}`).join("");
  }

  #error(expected: string): JsonSyntaxError {
    const lines = this.#text.slice(0, this.#at).split("\n");
    const place = `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
    const found =
      this.#at < this.#text.length
        ? JSON.stringify(this.#text.slice(this.#at, this.#at + 20))
        : "the end";
    return new JsonSyntaxError(expected, `${found} at ${place}`);
  }
}

/** One segment of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The key that a segment of a JSON pointer stands for. */
export function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
