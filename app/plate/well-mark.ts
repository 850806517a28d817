import type { ComposedFrame } from "../../src/layers/frame-composer.ts";
import type { TileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import type { WellMark } from "../../src/ui/state/plate.ts";
import type { ChunkClient } from "../../src/zarr/chunks/chunk-request.ts";
import type { ImageModel } from "../../src/zarr/image/image-model.ts";
import { openFailureOf } from "../../src/zarr/image/open-failure.ts";
import type { Problem } from "../../src/zarr/problem.ts";
import type { LaidImage } from "./laid-images.ts";

/** Whether a well shows less than it should. */
export function isFailure(mark: WellMark | undefined): boolean {
  switch (mark?.kind) {
    case "missing":
    case "denied":
    case "failed":
      return true;
    case "absent":
    case "odd":
    case undefined:
      return false;
  }
}

/** Whether both say the same of the same wells. */
export function sameMarks(
  a: ReadonlyMap<string, WellMark>,
  b: ReadonlyMap<string, WellMark>,
): boolean {
  return a.size === b.size && [...a].every(([id, mark]) => b.get(id)?.reason === mark.reason);
}

/** A mark as a line of the list of problems. */
export function problemOfMark(id: string, { kind, code, reason }: WellMark): Problem {
  const isOdd = kind === "odd" || kind === "absent";
  return {
    code: isOdd ? "ZS-ODDWELL" : "ZS-WELL",
    severity: isOdd ? "info" : "error",
    path: id,
    expected: "a well like the others",
    received: isOdd ? reason : `${reason} (${code})`,
  };
}

/** Wells some of whose tiles in view could not be read, with the first reason. */
export function marksOfFrame(
  { parts, tiles }: ComposedFrame,
  chunks: Pick<ChunkClient, "state">,
  imageOf: (member: TileCatalogue) => LaidImage | undefined,
): ReadonlyMap<string, WellMark> {
  const marks = new Map<string, WellMark>();
  if (tiles.denied + tiles.error + tiles.corrupt + tiles.unverifiable === 0) return marks;
  for (const { plan, catalogue, isProvisional } of parts) {
    if (isProvisional) continue;
    const id = imageOf(catalogue)?.well.id;
    for (const { ref } of plan.visible) {
      const state = chunks.state(ref.key);
      if (id === undefined || state === undefined || !("reason" in state)) continue;
      const { kind, code, reason } = state;
      marks.set(id, { kind: kind === "denied" ? "denied" : "failed", code, reason });
      break;
    }
  }
  return marks;
}

/** What to tell about a well that cannot be read. */
export function markOfFailure(error: unknown): WellMark {
  const { code, title } = openFailureOf(error);
  switch (code) {
    case "ZS-NOTFOUND":
    case "ZS-NOLEVELS":
      return { kind: "missing", code, reason: title };
    case "ZS-DENIED":
      return { kind: "denied", code, reason: title };
    case "ZS-NOTZARR":
      // Said of an address it would mean another one.
      return { kind: "failed", code, reason: "The metadata of this well are damaged." };
    default:
      return { kind: "failed", code, reason: title };
  }
}

/** What to tell about a well whose image is not like the others; undefined if nobody would notice. */
export function markOfDifference(image: ImageModel, others: ImageModel): WellMark | undefined {
  const differences: string[] = [];
  if (image.dataType !== others.dataType) {
    differences.push(`${image.dataType} instead of ${others.dataType}`);
  }
  if (image.channels.length !== others.channels.length) {
    differences.push(
      `${countOf(image.channels.length, "channel")} instead of ${others.channels.length}`,
    );
  }
  const [size, usual] = [sizeOf(image), sizeOf(others)];
  if (size !== usual) differences.push(`${size} instead of ${usual}`);
  if (differences.length === 0) return undefined;
  return {
    kind: "odd",
    code: "ZS-ODDWELL",
    reason: `This well is not like the others: ${differences.join(", ")}.`,
  };
}

/** A well that has fewer fields than the others, or none of this acquisition. */
export function markOfAbsentField(field: number, acquisition: string | undefined): WellMark {
  const inAcquisition = acquisition === undefined ? "" : ` of acquisition ${acquisition}`;
  return {
    kind: "absent",
    code: "ZS-ODDWELL",
    reason: `This well has no field ${field + 1}${inAcquisition}.`,
  };
}

function sizeOf({ axes, levels: [finest] }: ImageModel): string {
  const sizes = axes.axes
    .filter(({ dim }) => dim !== axes.cDim)
    .map(({ name, dim }) => `${name} ${finest?.shape[dim] ?? 0}`);
  return sizes.join(" ");
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
