import type { DataType } from "../../array/data-type.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../codec.ts";
import { roundingOf, scalar } from "./scale-offset-values.ts";

type Scalar = number | bigint;

/** One direction of `cast_value`: how a value of one type becomes one of another. */
export type ValueCast = (value: Scalar) => Scalar;

const integerLimits: Readonly<Partial<Record<DataType, readonly [bigint, bigint]>>> = {
  int8: [-128n, 127n],
  int16: [-32768n, 32767n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 255n],
  uint16: [0n, 65535n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** @throws UnsupportedCodecError for configurations; the cast itself throws CorruptChunkError for values out of range */
export function valueCast(
  configuration: JsonObject,
  direction: "encode" | "decode",
  from: DataType,
  to: DataType,
): ValueCast {
  const mapped = scalarMap(configuration, direction, from, to);
  const limits = integerLimits[to];
  const isBig = to === "int64" || to === "uint64";
  if (limits === undefined) {
    const round = roundingOf(to);
    return (value) => mapped(value) ?? round(Number(value));
  }
  const round = integerRounding(configuration.rounding);
  const outOfRange = configuration.out_of_range ?? "error";
  const [low, high] = limits;
  return (value) => {
    const known = mapped(value);
    if (known !== undefined) return known;
    if (typeof value === "number" && !Number.isFinite(value)) {
      if (Number.isNaN(value) || outOfRange !== "clamp") throw outside(value, to);
      return sized(value < 0 ? low : high);
    }
    const whole = typeof value === "bigint" ? value : BigInt(round(value));
    if (whole >= low && whole <= high) return sized(whole);
    if (outOfRange === "clamp") return sized(whole < low ? low : high);
    if (outOfRange !== "wrap") throw outside(value, to);
    const count = high - low + 1n;
    return sized(((((whole - low) % count) + count) % count) + low);
  };

  function sized(value: bigint): Scalar {
    return isBig ? value : Number(value);
  }
}

/** Pairs of exact values; NaN is found too. */
function scalarMap(
  { scalar_map }: JsonObject,
  direction: "encode" | "decode",
  from: DataType,
  to: DataType,
): (value: Scalar) => Scalar | undefined {
  if (scalar_map === undefined || scalar_map === null) return () => undefined;
  if (typeof scalar_map !== "object" || Array.isArray(scalar_map))
    throw unsupported("a scalar_map that is no object");
  const pairs = scalar_map[direction] ?? [];
  if (!Array.isArray(pairs)) throw unsupported("a scalar_map without pairs");
  // A Map finds NaN, and tells no 0 from −0.
  const map = new Map(pairs.map((pair) => pairOf(pair, from, to)));
  return (value) => map.get(value);
}

function pairOf(pair: JsonValue, from: DataType, to: DataType): [Scalar, Scalar] {
  if (!Array.isArray(pair) || pair.length !== 2) throw unsupported("a scalar_map without pairs");
  return [scalar("cast_value", pair[0]!, from), scalar("cast_value", pair[1]!, to)];
}

function integerRounding(rounding: JsonValue | undefined): (value: number) => number {
  switch (rounding) {
    case undefined:
    case "nearest-even":
      return nearestEven;
    case "towards-zero":
      return Math.trunc;
    case "towards-positive":
      return Math.ceil;
    case "towards-negative":
      return Math.floor;
    case "nearest-away":
      return (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
    default:
      throw unsupported(`the rounding ${JSON.stringify(rounding)}`);
  }
}

function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

function outside(value: Scalar, dataType: DataType): CorruptChunkError {
  return new CorruptChunkError(`cast_value: ${value} is no ${dataType}.`);
}

function unsupported(what: string): UnsupportedCodecError {
  return new UnsupportedCodecError(
    "cast_value",
    `The codec "cast_value" has ${what}, which is not read.`,
  );
}
