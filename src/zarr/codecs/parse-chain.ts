import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError, type Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-rules.ts";
import type { CodecChain, CodecSpec } from "./codec.ts";
import { codecTable } from "./codec-table.ts";
import { unknownMembers } from "./configuration-members.ts";
import { kindOfUnreadCodec } from "./known-codecs.ts";

/** `sharding_indexed`'s configuration (Zarr v3, sharding codec 1.0). Shapes are not yet held against the shard's. */
export type ShardingConfiguration = {
  readonly chunkShape: readonly number[];
  readonly codecs: CodecChain;
  readonly indexCodecs: CodecChain;
  readonly indexLocation: "start" | "end";
};

/** Shards in shards deeper than this are taken for an attack on the stack. */
const maxNesting = 6;

/**
 * Reads a v3 `codecs` list: objects with `name` and `configuration`, or bare strings (Zarr v3.1). The order
 * array→array*, array→bytes, bytes→bytes* is checked, and so are the chains inside `sharding_indexed`.
 * Codecs without a decoder stay in the chain; `unsupportedCodecs` names them. Unknown ones that carry
 * `must_understand: false` are passed over and noted in `problems`.
 *
 * @param where path of the list for messages, e.g. "0/zarr.json#/codecs"
 * @throws MetadataError
 */
export function parseCodecChain(
  codecs: JsonValue,
  where: string,
  problems: Problem[] = [],
): CodecChain {
  return parseChain(codecs, where, problems, 0);
}

/** @throws MetadataError */
export function parseShardingConfiguration(
  configuration: JsonObject,
  where: string,
): ShardingConfiguration {
  return parseSharding(configuration, where, [], 0);
}

function parseChain(
  codecs: JsonValue,
  where: string,
  problems: Problem[],
  depth: number,
): CodecChain {
  if (!Array.isArray(codecs)) throw invalid("Z3-30", where, "a list of codecs", codecs);
  const specs: CodecSpec[] = [];
  for (const [index, codec] of codecs.entries()) {
    const at = `${where}/${index}`;
    const spec = parseCodec(codec, at, problems);
    if (!spec) continue;
    if (spec.name === "sharding_indexed") {
      parseSharding(spec.configuration, `${at}/configuration`, problems, depth + 1);
    }
    specs.push(spec);
  }
  const split = indexOfArrayToBytes(specs);
  const arrayToBytes = specs[split];
  if (!arrayToBytes) throw invalid("Z3-30", where, "one codec from array to bytes", codecs);
  for (const [index, { name }] of specs.entries()) {
    const kind = kindOf(name);
    const expected = kindAt(index, split);
    if (kind && kind !== expected)
      throw invalid("Z3-30", where, `no ${kind} codec in this place`, name);
  }
  return {
    arrayToArray: specs.slice(0, split),
    arrayToBytes,
    bytesToBytes: specs.slice(split + 1),
  };
}

function parseCodec(codec: JsonValue, where: string, problems: Problem[]): CodecSpec | undefined {
  if (typeof codec === "string") return { name: codec, configuration: {} };
  if (!isObject(codec)) throw invalid("Z3-03", where, "an object or a name", codec);
  const { name, configuration = {}, must_understand } = codec;
  if (typeof name !== "string" || name === "")
    throw invalid("Z3-03", `${where}/name`, "a name", name ?? null);
  if (!isObject(configuration))
    throw invalid("Z3-03", `${where}/configuration`, "an object", configuration);
  if (must_understand === false && kindOf(name) === undefined) {
    problems.push({
      code: "Z3-05",
      severity: "warning",
      path: where,
      expected: "a known codec",
      received: `"${name}", passed over since must_understand is false`,
    });
    return undefined;
  }
  for (const member of unknownMembers(name, configuration)) {
    problems.push({
      code: "Z3-05",
      severity: "warning",
      path: `${where}/configuration`,
      expected: `what the codec "${name}" is known to have`,
      received: JSON.stringify(member.slice(0, 60)),
    });
  }
  return { name, configuration };
}

function parseSharding(
  configuration: JsonObject,
  where: string,
  problems: Problem[],
  depth: number,
): ShardingConfiguration {
  if (depth > maxNesting)
    throw invalid("Z3-34", where, `at most ${maxNesting} nested shards`, depth);
  const { chunk_shape, codecs, index_codecs, index_location = "end" } = configuration;
  const chunkShape = parseShape(chunk_shape ?? null, `${where}/chunk_shape`);
  if (index_location !== "start" && index_location !== "end")
    throw invalid("Z3-34", `${where}/index_location`, '"start" or "end"', index_location);
  return {
    chunkShape,
    codecs: parseChain(codecs ?? null, `${where}/codecs`, problems, depth),
    indexCodecs: parseChain(index_codecs ?? null, `${where}/index_codecs`, problems, depth),
    indexLocation: index_location,
  };
}

function parseShape(value: JsonValue, where: string): number[] {
  if (!Array.isArray(value)) throw invalid("Z3-34", where, "a list of sizes", value);
  return value.map((size, index) => {
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 1)
      throw invalid("Z3-34", `${where}/${index}`, "a whole number above 0", size);
    return size;
  });
}

/** Known by kind, else the first unknown name: it stands where that codec belongs, and its name is the message. */
function indexOfArrayToBytes(specs: readonly CodecSpec[]): number {
  const known = specs.findIndex(({ name }) => kindOf(name) === "array-to-bytes");
  return known >= 0 ? known : specs.findIndex(({ name }) => kindOf(name) === undefined);
}

function kindAt(index: number, split: number) {
  if (index === split) return "array-to-bytes";
  return index < split ? "array-to-array" : "bytes-to-bytes";
}

function kindOf(name: string) {
  return codecTable.get(name)?.kind ?? kindOfUnreadCodec.get(name);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(
  code: ProblemCode,
  path: string,
  expected: string,
  value: JsonValue,
): MetadataError {
  const received = (JSON.stringify(value) ?? "nothing").slice(0, 80);
  return new MetadataError(
    { code, severity: "error", path, expected, received },
    `The codecs at ${path} cannot be read: expected ${expected}, found ${received}.`,
  );
}
