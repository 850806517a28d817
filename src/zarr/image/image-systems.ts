import type { NgffAxis } from "../ome/axes.ts";
import {
  type AffineMatrix,
  composeMatrices,
  diagonalMatrix,
  identityMatrix,
} from "../ome/coordinate-transformations/affine-matrix.ts";
import {
  type CoordinateGraph,
  coordinateGraph,
} from "../ome/coordinate-transformations/coordinate-graph.ts";
import type { CoordinateTransformation } from "../ome/coordinate-transformations/coordinate-transformation.ts";
import { matrixOf } from "../ome/coordinate-transformations/transformation-matrix.ts";
import type { MultiscaleSystems } from "../ome/multiscale.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { ImageSystem } from "./image-model.ts";
import { type PlanePlacement, placePlanes } from "./plane-placement.ts";

/** A level with the way into the intrinsic system that the metadata state for it. */
export type StatedPlacement = {
  readonly path: string;
  readonly shape: readonly number[];
  readonly placement: CoordinateTransformation | undefined;
};

/** What the metadata of an image say about where it lies. */
export type ImageSpace = {
  /** Finest first. */
  readonly levels: readonly StatedPlacement[];
  readonly stated: MultiscaleSystems;
  readonly intrinsicAxes: readonly NgffAxis[];
};

/** Name of the array's own index space, for images that cannot be drawn in their intrinsic system. */
const indexSpace = "array indices";

/**
 * `intrinsicFromIndex` of each level, finest first (N6-05). A level whose transformation cannot be used is fitted to the extent of the
 * finest one by its shape.
 */
export function intrinsicMatrices(
  levels: readonly StatedPlacement[],
  axes: readonly NgffAxis[],
  log: ProblemLog,
): readonly AffineMatrix[] {
  const names = axes.map(({ name }) => name);
  const own = levels.map(({ path, shape, placement }) => {
    const outcome = matrixOf(
      placement ?? { type: "unusable" },
      { count: shape.length },
      { count: axes.length, names },
    );
    const fits = outcome.kind === "matrix" && outcome.matrix.rows.length === axes.length;
    if (fits) return outcome.matrix;
    const reason =
      outcome.kind === "none" ? outcome.reason : `gives ${outcome.matrix.rows.length} axes`;
    const code = outcome.kind === "none" ? outcome.code : "N6-05";
    const expected = `a transformation into the ${axes.length} axes of the intrinsic system`;
    log.warn(code, "/multiscales/0/datasets", expected, `"${path}" ${reason}`);
    return undefined;
  });
  const finest = levels[0]?.shape ?? [];
  const base = own[0] ?? identityMatrix(finest.length);
  return levels.map(({ shape }, k) => own[k] ?? fitted(base, finest, shape));
}

/** A level of `shape` over the extent of the finest one, edge on edge. */
function fitted(
  base: AffineMatrix,
  finest: readonly number[],
  shape: readonly number[],
): AffineMatrix {
  const ratios = shape.map((size, dim) => (finest[dim] ?? size) / size);
  const finestFromLevel = diagonalMatrix(
    ratios,
    ratios.map((ratio) => (ratio - 1) / 2),
  );
  return composeMatrices(base, finestFromLevel) ?? finestFromLevel;
}

/** The graph of a multiscale's systems; transformations to systems elsewhere (labels, other images) are left out of it. */
export function multiscaleGraph(stated: MultiscaleSystems, log: ProblemLog): CoordinateGraph {
  const keys = new Set(stated.all.map(({ name }) => name));
  const edges = stated.edges.flatMap(({ input, output, transformation, pointer }) => {
    if (input.path !== undefined || output.path !== undefined) return [];
    const [from = "", to = ""] = [input.name, output.name];
    return keys.has(from) && keys.has(to) ? [{ from, to, transformation, pointer }] : [];
  });
  const systems = stated.all.map(({ name, axes }) => ({ key: name, axes }));
  return coordinateGraph(systems, edges, "/multiscales/0/coordinateTransformations", log);
}

/**
 * The systems in which an image can be drawn, its intrinsic one first. Those in which it cannot are named in problems; if the intrinsic
 * one is among them, the array's own index space stands first.
 */
export function imageSystems(
  { levels, stated, intrinsicAxes }: ImageSpace,
  log: ProblemLog,
): readonly ImageSystem[] {
  const intrinsicFromIndex = intrinsicMatrices(levels, intrinsicAxes, log);
  const graph = multiscaleGraph(stated, log);
  const names = [stated.intrinsic, ...stated.all.map(({ name }) => name)];
  const systems: ImageSystem[] = [];
  for (const name of new Set(names)) {
    const axes = stated.all.find((system) => system.name === name)?.axes ?? [];
    const toSystem = graph.matrixBetween(stated.intrinsic, name);
    const drawn = toSystem.kind === "none" ? toSystem : drawIn(toSystem.matrix, axes);
    if (drawn.kind === "drawn") {
      const { worldFromIndex } = drawn;
      systems.push({ name, axes: drawn.axes, worldFromIndex });
      continue;
    }
    const expected = `a way to show the image in "${name}"; it is shown in ${shownInstead(name)}`;
    log.warn(drawn.code, "/multiscales/0/coordinateSystems", expected, `it ${drawn.reason}`);
  }
  if (systems[0]?.name === stated.intrinsic && systems[0]) return systems;
  return [indexSystem(levels, intrinsicAxes, systems), ...systems];

  function drawIn(systemFromIntrinsic: AffineMatrix, axes: readonly NgffAxis[]): PlanePlacement {
    const placed = levels.flatMap(({ shape }, k) => {
      const own = intrinsicFromIndex[k];
      const matrix = own && composeMatrices(systemFromIntrinsic, own);
      return matrix ? [{ shape, matrix }] : [];
    });
    if (placed.length === levels.length) return placePlanes(placed, axes, intrinsicAxes);
    return { kind: "none", code: "N6-05", reason: "has levels of another number of axes" };
  }

  function shownInstead(name: string): string {
    return name === stated.intrinsic ? "the array's own index space" : `"${stated.intrinsic}"`;
  }
}

/** The array's own indices, under the names of the intrinsic axes. */
function indexSystem(
  levels: readonly StatedPlacement[],
  axes: readonly NgffAxis[],
  others: readonly ImageSystem[],
): ImageSystem {
  const finest = levels[0]?.shape ?? [];
  const named = finest.map((_, dim): NgffAxis => {
    const { name = `dim_${dim}`, type } = axes.length === finest.length ? (axes[dim] ?? {}) : {};
    return { name, type, unit: undefined };
  });
  const placed = levels.map(({ shape }) => ({
    shape,
    matrix: fitted(identityMatrix(finest.length), finest, shape),
  }));
  const drawn = placePlanes(placed, named, named);
  if (drawn.kind === "none") throw new Error(`Index space ${drawn.reason}.`);
  let name = indexSpace;
  while (others.some((other) => other.name === name)) name += " ";
  return { name, axes: drawn.axes, worldFromIndex: drawn.worldFromIndex };
}
