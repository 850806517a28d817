import { parseSeries } from "../ome/series.ts";
import type { Problem } from "../problem.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import { type NodeReader, omeOf } from "./node-reader.ts";

/** Which image of a bioformats2raw collection is shown, and what to tell about the others (N4-73). */
export type Bioformats2rawSeries = { readonly first: string; readonly problem: Problem };

/** Reads `series` from the group `OME` (N4-72, N5-04); without it images are called "0", "1", … */
export async function bioformats2rawSeries(
  reader: NodeReader,
  path: NodePath,
): Promise<Bioformats2rawSeries> {
  const series = await listedSeries(reader, path);
  const first = series[0] ?? "0";
  const count = series.length === 0 ? "an unknown number of images" : `${series.length} images`;
  return {
    first,
    problem: {
      code: "N4-73",
      severity: "info",
      path: `${path}#/bioformats2raw.layout`,
      expected: `one image; "${first}" is shown`,
      received: series.length === 1 ? "a collection of one image" : `a collection of ${count}`,
    },
  };
}

async function listedSeries(reader: NodeReader, path: NodePath): Promise<readonly string[]> {
  try {
    const node = await reader.node(joinPath(path, "OME"), { expect: "group" });
    if (node?.kind !== "group") return [];
    const { ome, namespaced, log } = omeOf(node);
    return parseSeries(ome, namespaced, log) ?? [];
  } catch {
    // The list is optional; the image "0" may be there without it.
    return [];
  }
}
