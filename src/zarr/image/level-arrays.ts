import type { ArrayMetadata } from "../array/array-metadata.ts";
import { dataTypeName, type StoredItem } from "../array/stored-item.ts";
import { unsupportedCodecs } from "../codecs/registry.ts";
import type { Dataset } from "../ome/multiscale.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { Problem } from "../problem.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import { type NodeReader, shownPath } from "./node-reader.ts";
import { OpenFailureError, openFailureOf, unsupportedCodec } from "./open-failure.ts";

/** A dataset whose array was opened, and can be shown. */
export type LevelArray = {
  readonly dataset: Dataset;
  readonly metadata: ArrayMetadata;
  readonly problems: readonly Problem[];
};

/**
 * Opens the arrays of all datasets at once. A level that is missing or cannot be read or shown is left out with a warning (N4-19);
 * the others come in stated order.
 * @param namesMatter whether names that the array gives to its dimensions tell anything (N1-02, N3-02): in v2 they cost a request of their own
 * @throws OpenFailureError if none is left: the reason of the first.
 */
export async function openLevelArrays(
  reader: NodeReader,
  group: NodePath,
  datasets: readonly Dataset[],
  namesMatter: boolean,
  log: ProblemLog,
): Promise<readonly LevelArray[]> {
  const outcomes = await Promise.allSettled(
    // The names of one level are enough; those of the others say nothing new.
    datasets.map((dataset, i) =>
      openLevelArray(reader, group, dataset, { sparing: i > 0 || !namesMatter }),
    ),
  );
  const levels: LevelArray[] = [];
  let firstReason: unknown;
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") {
      levels.push(outcome.value);
      continue;
    }
    firstReason ??= outcome.reason;
    const failure = openFailureOf(outcome.reason);
    // A fault of our own is no fault of the data's.
    if (failure.code === "ZS-UNEXPECTED") throw outcome.reason;
    log.warn(
      failure.code === "ZS-NOLEVELS" ? "N4-19" : failure.code,
      `/multiscales/0/datasets/${index}/path`,
      "an array that can be shown; this level is left out",
      `${datasets[index]?.path}: ${failure.title}`,
    );
  }
  if (levels.length === 0) throw noLevels(group, datasets, firstReason);
  return levels;
}

async function openLevelArray(
  reader: NodeReader,
  group: NodePath,
  dataset: Dataset,
  { sparing }: { readonly sparing: boolean },
): Promise<LevelArray> {
  const path = joinPath(group, dataset.path);
  const node = await reader.node(path, { expect: "array", sparing });
  if (node?.kind !== "array") {
    const found = node === undefined ? "nothing" : "a group";
    throw new OpenFailureError({
      code: "ZS-NOLEVELS",
      title: `There is ${found} at ${shownPath(path)}, where an array should be.`,
      detail: `Looked for the array ${shownPath(path)}.`,
      action: "Whoever put these data there can add the missing array.",
    });
  }
  checkShowable(node.metadata);
  return { dataset, metadata: node.metadata, problems: node.problems };
}

/**
 * @throws OpenFailureError if an array cannot be shown at all: no dimension, a dimension of length 0, a codec
 * without a decoder.
 */
export function checkShowable(metadata: ArrayMetadata) {
  const { shape, path } = metadata;
  const named = path === "" ? `The array at ${shownPath(path)}` : `The array ${shownPath(path)}`;
  if (shape.length === 0) {
    throw new OpenFailureError({
      code: "ZS-NOIMAGE",
      title: "An image needs a dimension; this array holds a single value.",
      detail: `${named} has no dimension. Its one value is of type ${dataTypeName(metadata)}.`,
      action:
        "Paste the address of an image, or of an array with at least one dimension. The command line reads the value: npx zarrscope read.",
    });
  }
  if (shape.includes(0)) {
    throw new OpenFailureError({
      code: "ZS-NOIMAGE",
      title: "This array holds no elements.",
      detail: `${named} has the shape ${shape.join(" × ")}.`,
      action: "Paste the address of an array that is not empty.",
    });
  }
  checkElements(metadata);
  const [codec] = unsupportedCodecs(metadata.codecs);
  if (codec !== undefined) {
    throw new OpenFailureError(unsupportedCodec(codec, `${named} uses the codec "${codec}".`));
  }
}

/** What arrays hold that are no pixels. */
const contents: Readonly<Record<StoredItem["kind"], string>> = {
  complex: "complex numbers",
  raw: "raw bytes",
  record: "records without any number",
  date: "dates",
  duration: "time spans",
  text: "text",
  objects: "objects",
};

/** @throws OpenFailureError if no number of the array's elements can be shown, by what they are */
function checkElements({ item, path }: ArrayMetadata): void {
  if (item === undefined || item.view !== undefined) return;
  throw new OpenFailureError({
    code: "ZS-DTYPE",
    title: `This array holds ${contents[item.kind]}, not pixels.`,
    detail: `The array ${shownPath(path)} has the data type ${item.name}.`,
    action: "Paste the address of an array of numbers.",
  });
}

function noLevels(group: NodePath, datasets: readonly Dataset[], reason: unknown) {
  const failure = openFailureOf(reason);
  if (failure.code !== "ZS-NOLEVELS") return new OpenFailureError(failure, { cause: reason });
  const names = datasets
    .slice(0, 5)
    .map(({ path }) => `"${path}"`)
    .join(", ");
  return new OpenFailureError(
    {
      code: "ZS-NOLEVELS",
      title: "This image's metadata are here, but none of its arrays.",
      detail: `Looked below ${shownPath(group)} for ${names}${datasets.length > 5 ? ", …" : ""}.`,
      action: "The copy on the server is incomplete; whoever put it there can add the arrays.",
    },
    { cause: reason },
  );
}
