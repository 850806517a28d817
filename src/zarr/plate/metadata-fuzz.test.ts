import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../json.ts";
import { type Documents, readEverything } from "./testing/read-everything.ts";
import { validDocuments } from "./testing/valid-documents.ts";

/** In CI a glance; `ZARRSCOPE_FUZZ_RUNS=20000 npx vitest run --config vitest.config.ts metadata-fuzz` for a night. */
const runs = Number(process.env.ZARRSCOPE_FUZZ_RUNS ?? 60);

/** Values from somewhere else in valid metadata: what has the right form in the wrong place gets furthest. */
const parts: JsonValue[] = [];
const gather = (value: JsonValue): void => {
  parts.push(value);
  if (value !== null && typeof value === "object")
    for (const item of Object.values(value)) gather(item);
};
for (const documents of Object.values(validDocuments))
  for (const value of Object.values(documents)) gather(value);

const hostile: readonly JsonValue[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e-320,
  2 ** 53,
  "",
  ".",
  "..",
  "../..",
  "/",
  "0",
  "%2F%2Fevil.example",
  "a?b#c",
  "__proto__",
  "constructor",
  "NaN",
  "0x7fc00000",
  "\u0000",
  "\u202E",
  "x".repeat(5_000),
  [],
  {},
  [[]],
  [null],
  [0, 0],
  new Array<JsonValue>(2_000).fill(0),
  new Array<JsonValue>(2_000).fill({}),
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];

type Change = {
  readonly kind: "replace" | "add" | "drop" | "double";
  /** Not used by "drop" and "double". */
  readonly value: JsonValue;
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replace", "replace", "add", "drop", "double"),
  value: fc.oneof(
    fc.constantFrom(...hostile),
    fc.constantFrom(...parts),
    fc.jsonValue({ maxDepth: 3 }).map((value): JsonValue => JSON.parse(JSON.stringify(value))),
  ),
});

/** Keys that the metadata know, where they do not belong. */
const keys = [
  ...new Set(
    parts.flatMap((part) =>
      part !== null && typeof part === "object" && !Array.isArray(part) ? Object.keys(part) : [],
    ),
  ),
];

function mutate(value: JsonValue, steps: readonly number[], by: Change): JsonValue {
  const [step = 0, ...rest] = steps;
  if (value === null || typeof value !== "object") return by.kind === "replace" ? by.value : value;
  const isHere = rest.length === 0;
  if (Array.isArray(value)) {
    const at = value.length === 0 ? 0 : step % value.length;
    const item = value[at] ?? null;
    if (!isHere) return value.map((each, k) => (k === at ? mutate(each, rest, by) : each));
    if (by.kind === "drop") return value.filter((_, k) => k !== at);
    if (by.kind === "double") return [...value, item];
    return by.kind === "add"
      ? [...value, by.value]
      : value.map((each, k) => (k === at ? by.value : each));
  }
  const names = Object.keys(value);
  const name = names[step % Math.max(1, names.length)] ?? "";
  const without = Object.entries(value).filter(([key]) => key !== name);
  const item = value[name] ?? null;
  if (!isHere) return Object.fromEntries([...without, [name, mutate(item, rest, by)]]);
  if (by.kind === "drop") return Object.fromEntries(without);
  if (by.kind === "double") return { ...value, [keys[step % keys.length] ?? ""]: item };
  if (by.kind === "add") return { ...value, [keys[step % keys.length] ?? ""]: by.value };
  return Object.fromEntries([...without, [name, by.value]]);
}

type Step = { readonly document: number; readonly steps: readonly number[]; readonly by: Change };

const step: fc.Arbitrary<Step> = fc.record({
  document: fc.nat({ max: 40 }),
  steps: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 9 }),
  by: change,
});

function damaged(documents: Documents, steps: readonly Step[]): Documents {
  const names = Object.keys(documents);
  const result: Record<string, JsonValue> = { ...documents };
  for (const { document, steps: way, by } of steps) {
    const name = names[document % names.length]!;
    result[name] = mutate(result[name]!, way, by);
  }
  return result;
}

/** What holds whatever the metadata are. */
async function expectSane(documents: Documents): Promise<void> {
  const started = performance.now();
  const {
    images,
    labels,
    plate,
    failures,
    problems,
    keys: asked,
  } = await readEverything(documents);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  for (const failure of failures) {
    expect(failure.code, failure.detail).not.toBe("ZS-UNEXPECTED");
    expect(failure.title.length).toBeLessThanOrEqual(400);
  }
  expect(asked.length).toBeLessThan(2_000);
  for (const key of asked) expect(key.split("/")).not.toContain("..");
  expect(problems.length).toBeLessThan(5_000);
  for (const { received, expected, path } of problems) {
    expect(received.length + expected.length).toBeLessThan(2_000);
    expect(path.length).toBeLessThan(6_000);
  }
  for (const { axes, channels, levels } of [...images, ...labels]) {
    expect(channels.length).toBeLessThanOrEqual(1024);
    expect(new Set([axes.xDim, axes.yDim]).size).toBe(axes.axes.length === 1 ? 1 : 2);
    for (const { color } of channels) expect(color).toMatch(/^[0-9A-F]{6}$/);
    for (const { window } of channels) {
      if (window) expect(window.start).toBeLessThan(window.end);
    }
    for (const { shape, worldFromIndex } of levels) {
      expect(shape.every((size) => Number.isSafeInteger(size) && size > 0)).toBe(true);
      for (const part of [...worldFromIndex.scale, ...worldFromIndex.translation]) {
        expect(Number.isFinite(part)).toBe(true);
      }
    }
  }
  for (const well of plate?.wells ?? []) {
    expect(well.row).toBeLessThan(plate!.rows.length);
    expect(well.column).toBeLessThan(plate!.columns.length);
  }
}

describe("whatever stands in metadata: images that keep their promises, or named failures; no pollution, no endless reading", () => {
  test.each(Object.entries(validDocuments))(
    "%s",
    async (_name, documents) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) =>
          expectSane(damaged(documents, steps)),
        ),
        { numRuns: runs },
      );
    },
    3_600_000,
  );

  test("documents cut off or with damaged bytes", async () => {
    const sources = Object.values(validDocuments);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom("cut", "{", '"', "\\", "\u0000", "1e999", "[[[[", "NaN"),
        async (which, document, place, by) => {
          const documents = sources[which % sources.length]!;
          const names = Object.keys(documents);
          const name = names[document % names.length]!;
          const text = JSON.stringify(documents[name]);
          const at = Math.floor(place * text.length);
          const torn =
            by === "cut" ? text.slice(0, at) : text.slice(0, at) + by + text.slice(at + 1);
          await expectSane({ ...documents, [name]: torn });
        },
      ),
      { numRuns: 4 * runs },
    );
  }, 3_600_000);
});
