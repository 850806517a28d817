import { allocateElements } from "../../src/zarr/array/data-type.ts";
import { storedBytes } from "../../src/zarr/chunks/stored-bytes.ts";
import type { WholeArray } from "./array-reading.ts";
import type { ZarritaArray } from "./zarrita-reading.ts";

/** One array, read twice. `reference`: whether bytes are those that the array's writer or zarr-python reads; undefined where they are not known. */
export type Comparison = {
  readonly name: string;
  readonly ours: WholeArray;
  readonly theirs: ZarritaArray;
  readonly isReference: ((bytes: Uint8Array) => boolean) | undefined;
};

export type Verdict = "agree" | "ours" | "theirs" | "neither" | "unknown";

/** A reason for which the two differ, and the arrays to which it applies. */
type Cause = {
  readonly title: string;
  readonly why: string;
  /** Where there is no reference to say it. */
  readonly right?: string;
  applies(comparison: Comparison): boolean;
};

const metadataOf = ({ ours }: Comparison) => (ours.kind === "read" ? ours.metadata : undefined);
const kindOf = (comparison: Comparison) => metadataOf(comparison)?.item?.kind;
const refusal = ({ ours }: Comparison) => (ours.kind === "refused" ? ours.error.message : "");
const named = (words: RegExp) => (comparison: Comparison) => words.test(comparison.name);

const isFloat16 = (comparison: Comparison) => {
  const metadata = metadataOf(comparison);
  return metadata?.item === undefined && metadata?.dataType === "float16";
};

/** In order: the first that applies is the reason. */
const causes: readonly Cause[] = [
  {
    title: "Zarr v1",
    why: "zarrita has no version 1 (Z1-01).",
    applies: (comparison) => metadataOf(comparison)?.zarrFormat === 1,
  },
  {
    title: "Complex numbers",
    why: "zarrita knows no complex data type.",
    applies: (comparison) => kindOf(comparison) === "complex",
  },
  {
    title: "Dates and time spans",
    why: "zarrita knows neither v2's `M8` and `m8` nor v3's `numpy.datetime64` and `numpy.timedelta64`. They are read as int64 here; they are not drawn.",
    applies: (comparison) => ["date", "duration"].includes(kindOf(comparison) ?? ""),
  },
  {
    title: "Records",
    why: "zarrita knows no structured data type.",
    applies: (comparison) => kindOf(comparison) === "record",
  },
  {
    title: "Raw bits",
    why: "zarrita has no `r8` to `r64`. They are seen as unsigned integers here.",
    applies: (comparison) => kindOf(comparison) === "raw",
  },
  {
    title: "delta whose differences are stored in another type",
    why: "zarrita passes over the `astype` of delta and takes the stored bytes for elements of the array's own type.",
    applies: named(/^delta, stored wider/),
  },
  {
    title: "Text of fixed length in v3",
    why: "zarrita knows v2's `S` and `U`, but not v3's `null_terminated_bytes` and `fixed_length_utf32`.",
    applies: (comparison) =>
      kindOf(comparison) === "text" && metadataOf(comparison)?.zarrFormat === 3,
  },
  {
    title: "Uneven chunk grids",
    why: "zarrita takes every chunk grid for a regular one.",
    applies: named(/^grid /),
  },
  {
    title: "float16 where the platform lacks it",
    right: "both",
    why: "zarrita needs `Float16Array`, which Node has from version 24 on. Where there is one the two agree; these arrays are listed whether or not.",
    applies: isFloat16,
  },
  {
    title: "Shard indexes at the start",
    why: "zarrita does not look at `index_location`; it takes the last bytes of every shard for its index.",
    applies: named(/at the start$|index-start|sharding_index_location\/start/),
  },
  {
    title: "Nested shards",
    why: "zarrita has no decoder for a shard inside a shard.",
    applies: named(/nested shards/),
  },
  {
    title: "Codecs around a shard",
    why: "The specification allows array→array codecs before and bytes→bytes codecs behind `sharding_indexed`. zarrita reads the index and the inner chunks by range all the same, as if those codecs were not there.",
    applies: named(/outside/),
  },
  {
    title: "Fill values beyond 2^53",
    why: "zarrita reads integers of metadata with `JSON.parse`, which rounds them (Z3-12).",
    applies: named(/fill beyond 2\^53/),
  },
  {
    title: "Short edge chunks",
    why: "zarrita places the bytes of a chunk that ends at the array's edge as if it were whole. Here a chunk may have its exact clipped length; any other one is corrupt (Z2-07).",
    applies: named(/short edge chunks/),
  },
  {
    title: "Nested keys that the metadata do not tell of",
    why: "zarrita looks under `0.0` only and fills the array. Here the other separator is tried, too (N1-06).",
    applies: named(/N1-06/),
  },
  {
    title: "Bare NaN and a byte order mark",
    why: "zarrita parses metadata strictly, and reports such an array as not found (Z2-10).",
    applies: named(/bare NaN/),
  },
  {
    title: "Text and objects of varying length",
    right: "zarrita",
    why: "zarrita reads them. Here they are named and refused: they hold no pixels.",
    applies: (comparison) => /have no fixed length/.test(refusal(comparison)),
  },
  {
    title: "Storage transformers",
    right: "Zarrscope",
    why: "zarrita passes over `storage_transformers` and gives fill values; a reader that does not know one must fail (Z3-06), as zarr-python does.",
    applies: (comparison) => /needs a storage transformer/.test(refusal(comparison)),
  },
  {
    title: "Codecs that zarrita lacks",
    why: "zarrita has no decoder for them.",
    applies: ({ theirs }) => theirs.kind === "refused" && /^Unknown codec/.test(theirs.message),
  },
  {
    title: "Arrays without elements",
    why: "zarrita fails on a dimension of length 0 (ZA-09).",
    applies: (comparison) => metadataOf(comparison)?.shape.includes(0) === true,
  },
];

/** Who is right, by the reference. */
export function verdictOf({ ours, theirs, isReference }: Comparison): Verdict {
  const oursBytes = ours.kind === "read" ? ours.region.bytes : undefined;
  const theirsBytes = bytesOf(ours, theirs);
  if (oursBytes && theirsBytes && Buffer.from(oursBytes).equals(theirsBytes)) return "agree";
  if (ours.kind === "refused" && theirs.kind === "refused") return "agree";
  if (!isReference) return "unknown";
  if (oursBytes && isReference(oursBytes)) return "ours";
  return theirsBytes && isReference(theirsBytes) ? "theirs" : "neither";
}

/** zarrita's elements as bytes; a single value in the type that the array has here. */
function bytesOf(ours: WholeArray, theirs: ZarritaArray): Uint8Array | undefined {
  if (theirs.kind === "read") return theirs.bytes;
  if (theirs.kind !== "value" || ours.kind !== "read" || ours.metadata.item) return undefined;
  const element = allocateElements(ours.metadata.dataType, 1);
  const isBig = element instanceof BigInt64Array || element instanceof BigUint64Array;
  element[0] = isBig ? BigInt(theirs.text) : Number(theirs.text);
  return storedBytes(element, ours.metadata.dataType);
}

const words: Readonly<Record<Exclude<Verdict, "agree">, string>> = {
  ours: "Zarrscope",
  theirs: "zarrita",
  neither: "neither",
  unknown: "nothing says",
};

/**
 * The disagreements as Markdown, by cause.
 * @throws Error for one that no cause explains: it has to be looked into, and its reason written down above
 */
export function differencesInWords(comparisons: readonly Comparison[]): string {
  const listed = comparisons.filter(
    (comparison) => isFloat16(comparison) || verdictOf(comparison) !== "agree",
  );
  const unexplained = listed.filter((comparison) => causeOf(comparison) === undefined);
  if (unexplained.length > 0) {
    throw new Error(`Unexplained: ${unexplained.map(inOneLine).join("\n")}`);
  }
  const agreeing = comparisons.length - listed.length;
  const sections = causes.flatMap((cause) => {
    const rows = listed.filter((comparison) => causeOf(comparison) === cause);
    if (rows.length === 0) return [];
    const names = countedNames(rows).join(", ");
    const right = cause.right ?? rightOnes(rows);
    return [`| ${cause.title} (${rows.length}) | ${right} | ${cause.why} | ${names} |`];
  });
  console.log(`${comparisons.length} arrays were read by both; on ${agreeing} they agree.`);
  return ["| what | right | why | arrays |", "|---|---|---|---|", ...sections].join("\n");
}

/** Each name once, with how many arrays it stands for. */
function countedNames(rows: readonly Comparison[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `\`${name}\`${count === 1 ? "" : ` × ${count}`}`);
}

/** By the arrays whose elements are known; the others of the same cause go with them. */
function rightOnes(rows: readonly Comparison[]): string {
  const verdicts = new Set(rows.map(verdictOf));
  if (verdicts.size > 1) verdicts.delete("unknown");
  return [...verdicts].map((verdict) => (verdict === "agree" ? "both" : words[verdict])).join(", ");
}

function causeOf(comparison: Comparison): Cause | undefined {
  return causes.find((cause) => cause.applies(comparison));
}

function inOneLine(comparison: Comparison): string {
  const { name, theirs } = comparison;
  const said = theirs.kind === "refused" ? theirs.message : theirs.kind;
  return `${name}: ${verdictOf(comparison)}; zarrita: ${said}; Zarrscope: ${refusal(comparison) || "read"}`;
}
