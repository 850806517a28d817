import type { NgffAxis } from "../axes.ts";
import type { ProblemLog } from "../problem-log.ts";
import { composeMatrices, identityMatrix } from "./affine-matrix.ts";
import type { CoordinateTransformation } from "./coordinate-transformation.ts";
import {
  inverseMatrixOf,
  type MatrixOutcome,
  matrixOf,
  type TransformationEnd,
} from "./transformation-matrix.ts";

/** A coordinate system. `key` is unique in its graph. */
export type SystemNode = { readonly key: string; readonly axes: readonly NgffAxis[] };

/** A stated transformation from one system of the graph to another. */
export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly transformation: CoordinateTransformation;
  readonly pointer: string;
};

/** Coordinate systems and the transformations between them, which lead both ways where they can be inverted (N6-30). */
export type CoordinateGraph = {
  /** `toFrom`: takes points of `from` to `to`, over the fewest transformations that can be drawn. */
  matrixBetween(from: string, to: string): MatrixOutcome;
};

/** One way over an edge. */
type Step = { readonly edge: GraphEdge; readonly isBackward: boolean; readonly to: string };

/**
 * The graph of `systems`; edges have both ends among them. Reported are systems that nothing connects (N6-09) and circles, in which
 * transformations may contradict each other (N6-33).
 */
export function coordinateGraph(
  systems: readonly SystemNode[],
  edges: readonly GraphEdge[],
  pointer: string,
  log: ProblemLog,
): CoordinateGraph {
  const ends = new Map(systems.map(({ key, axes }) => [key, endOf(axes)]));
  const steps = new Map<string, Step[]>(systems.map(({ key }) => [key, []]));
  for (const edge of edges) {
    steps.get(edge.from)?.push({ edge, isBackward: false, to: edge.to });
    steps.get(edge.to)?.push({ edge, isBackward: true, to: edge.from });
  }
  checkShape(systems, edges, steps, pointer, log);
  const outcomes = new Map<Step, MatrixOutcome>();

  function outcomeOf(step: Step): MatrixOutcome {
    let outcome = outcomes.get(step);
    if (!outcome) {
      outcome = stepMatrix(step, ends);
      outcomes.set(step, outcome);
    }
    return outcome;
  }

  function matrixBetween(from: string, to: string): MatrixOutcome {
    const way =
      shortestWay(steps, from, to, (step) => outcomeOf(step).kind === "matrix") ??
      shortestWay(steps, from, to, () => true);
    if (!way) return { kind: "none", code: "N6-09", reason: "is connected by no transformation" };
    let matrix = identityMatrix(ends.get(from)?.count ?? 0);
    for (const step of way) {
      const outcome = outcomeOf(step);
      if (outcome.kind === "none") return outcome;
      const next = composeMatrices(outcome.matrix, matrix);
      if (!next)
        return { kind: "none", code: "N6-30", reason: "leads between systems that do not fit" };
      matrix = next;
    }
    return { kind: "matrix", matrix };
  }

  return { matrixBetween };
}

function endOf(axes: readonly NgffAxis[]): TransformationEnd {
  return { count: axes.length, names: axes.map(({ name }) => name) };
}

function stepMatrix(
  { edge, isBackward }: Step,
  ends: ReadonlyMap<string, TransformationEnd>,
): MatrixOutcome {
  const input = ends.get(edge.from);
  const output = ends.get(edge.to);
  if (!input || !output) {
    return { kind: "none", code: "N6-08", reason: "leads to a system that is not there" };
  }
  const forward = matrixOf(edge.transformation, input, output);
  if (forward.kind === "matrix" && forward.matrix.rows.length !== output.count) {
    const reason = `gives ${forward.matrix.rows.length} axes where its output has ${output.count}`;
    return { kind: "none", code: "N6-08", reason };
  }
  return isBackward ? inverseMatrixOf(edge.transformation, input, output) : forward;
}

/** Breadth first: the first way found has the fewest steps. */
function shortestWay(
  steps: ReadonlyMap<string, readonly Step[]>,
  from: string,
  to: string,
  isOpen: (step: Step) => boolean,
): readonly Step[] | undefined {
  const arrivals = new Map<string, { readonly before: string; readonly step: Step } | undefined>([
    [from, undefined],
  ]);
  const queue = [from];
  for (const at of queue) {
    if (at === to) break;
    for (const step of steps.get(at) ?? []) {
      if (arrivals.has(step.to) || !isOpen(step)) continue;
      arrivals.set(step.to, { before: at, step });
      queue.push(step.to);
    }
  }
  if (!arrivals.has(to)) return undefined;
  const way: Step[] = [];
  for (let arrival = arrivals.get(to); arrival; arrival = arrivals.get(arrival.before)) {
    way.unshift(arrival.step);
  }
  return way;
}

function checkShape(
  systems: readonly SystemNode[],
  edges: readonly GraphEdge[],
  steps: ReadonlyMap<string, readonly Step[]>,
  pointer: string,
  log: ProblemLog,
): void {
  let parts = 0;
  const seen = new Set<string>();
  for (const { key } of systems) {
    if (seen.has(key)) continue;
    parts++;
    const queue = [key];
    seen.add(key);
    for (const at of queue) {
      for (const { to } of steps.get(at) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        queue.push(to);
      }
    }
  }
  if (parts > 1) {
    log.warn("N6-09", pointer, "coordinate systems that are all connected", `${parts} groups`);
  }
  // A tree has one edge less than nodes; each further one closes a circle.
  const circles = edges.length - (systems.length - parts);
  if (circles > 0) {
    const expected = "one way between two coordinate systems; the shortest is taken";
    log.info("N6-33", pointer, expected, `${circles} more`);
  }
}
