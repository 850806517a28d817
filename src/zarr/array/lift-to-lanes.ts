import type { CodecChain, CodecSpec } from "../codecs/codec.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject, type MetadataReading } from "./metadata-reading.ts";

/** Codecs from array to array that change no number, so that they may stand before elements of several numbers. */
const harmless: ReadonlySet<string> = new Set(["bitround", "numcodecs.bitround"]);

/**
 * The codecs of an array whose elements are `count` numbers each, as those of an array with one more, last dimension of that length: axes
 * are permuted before it, and inner chunks never divide it.
 * @throws MetadataError for codecs that work on whole elements
 */
export function liftToLanes(
  reading: MetadataReading,
  chain: CodecChain,
  rank: number,
  count: number,
): CodecChain {
  return {
    ...chain,
    arrayToArray: chain.arrayToArray.map((codec) => liftCodec(reading, codec, rank, count)),
    arrayToBytes: liftCodec(reading, chain.arrayToBytes, rank, count),
  };
}

function liftCodec(
  reading: MetadataReading,
  { name, configuration }: CodecSpec,
  rank: number,
  count: number,
): CodecSpec {
  if (name === "bytes" || name === "endian" || harmless.has(name)) return { name, configuration };
  if (name === "transpose") {
    return { name, configuration: { order: liftOrder(configuration.order, rank) } };
  }
  if (name !== "sharding_indexed") {
    const sentence = `${reading.shownName} uses the codec "${name}" on elements that are no plain numbers, which is not read.`;
    throw reading.error("Z3-30", "/codecs", "codecs for plain bytes", name, sentence);
  }
  const { chunk_shape: shape, codecs } = configuration;
  return {
    name,
    configuration: {
      ...configuration,
      chunk_shape: Array.isArray(shape) ? [...shape, count] : [],
      codecs: liftListed(reading, codecs, rank, count),
    },
  };
}

/** A chain inside a shard is still JSON; its order was checked. */
function liftListed(
  reading: MetadataReading,
  codecs: JsonValue | undefined,
  rank: number,
  count: number,
): JsonValue {
  if (!Array.isArray(codecs)) return [];
  const lifted: JsonValue[] = [];
  let isBeforeBytes = true;
  for (const codec of codecs) {
    const spec = specOf(codec);
    if (!isBeforeBytes || spec === undefined) {
      lifted.push(codec);
      continue;
    }
    const { name, configuration } = liftCodec(reading, spec, rank, count);
    lifted.push({ name, configuration });
    isBeforeBytes = name === "transpose" || harmless.has(name);
  }
  return lifted;
}

function specOf(codec: JsonValue): CodecSpec | undefined {
  if (typeof codec === "string") return { name: codec, configuration: {} };
  if (!isJsonObject(codec) || typeof codec.name !== "string") return undefined;
  const configuration: JsonObject = isJsonObject(codec.configuration) ? codec.configuration : {};
  return { name: codec.name, configuration };
}

/** Drafts spelt the order "C" or "F" (Z3-32). */
function liftOrder(order: JsonValue | undefined, rank: number): JsonValue[] {
  const straight = Array.from({ length: rank }, (_, dim) => dim);
  if (order === "C") return [...straight, rank];
  if (order === "F") return [...straight.reverse(), rank];
  return Array.isArray(order) ? [...order, rank] : [];
}
