import type { NgffAxis } from "../ome/axes.ts";
import {
  type AffineMatrix,
  entryOf,
  shiftOf,
} from "../ome/coordinate-transformations/affine-matrix.ts";
import type { ProblemCode } from "../problem-rules.ts";
import { axisLayout, maxChannels } from "./axis-layout.ts";
import type { Axis, AxisLayout, WorldFromIndex } from "./image-model.ts";

/** One level as it lies in a coordinate system: its shape, and `systemFromIndex`. */
export type PlacedLevel = { readonly shape: readonly number[]; readonly matrix: AffineMatrix };

/** How an image is drawn in a coordinate system, or why it is not, in words that follow the system's name. */
export type PlanePlacement =
  | {
      readonly kind: "drawn";
      readonly axes: AxisLayout;
      readonly worldFromIndex: readonly WorldFromIndex[];
    }
  | { readonly kind: "none"; readonly code: ProblemCode; readonly reason: string };

/** Which dimension of the array lies along each axis of the system; undefined where none does. */
type Assignment = {
  readonly xDim: number;
  readonly yDim: number;
  readonly dimOfRow: readonly (number | undefined)[];
};

/** What a matrix entry may move over a whole axis, in pixels, and still be rounding: cos 90° is 6e-17. */
const roundingPx = 1e-6;

/**
 * Finds the planes of the array that lie in planes of the system's two display axes: two dimensions that those axes alone depend on,
 * and of which no other axis depends. The other dimensions must keep to one axis each. What needs planes between those of the array
 * (oblique ones) is not drawn. `shape` of the first level is that of the finest; `dimAxes` name the dimensions that no axis of the system
 * depends on.
 */
export function placePlanes(
  levels: readonly PlacedLevel[],
  systemAxes: readonly NgffAxis[],
  dimAxes: readonly NgffAxis[],
): PlanePlacement {
  const [finest] = levels;
  if (!finest || systemAxes.length < 2) {
    return { kind: "none", code: "N6-02", reason: "has fewer than two axes" };
  }
  const cleaned = levels.map(withoutRounding);
  const rows = axisLayout(
    systemAxes,
    systemAxes.map(() => 1),
  );
  const [base] = cleaned;
  const assigned = base && assignDimensions(base, rows);
  if (!assigned || assigned.kind === "none") {
    return assigned ?? { kind: "none", code: "N6-05", reason: "holds no level" };
  }
  const { assignment } = assigned;
  // What holds for the finest level must hold for the others, which the metadata place on their own.
  for (const matrix of cleaned) {
    const other = assignDimensions(matrix, rows);
    const isSame =
      other.kind === "assigned" &&
      other.assignment.dimOfRow.every((dim, row) => dim === assignment.dimOfRow[row]);
    if (!isSame) {
      return { kind: "none", code: "N6-05", reason: "has levels that lie in different directions" };
    }
  }
  return {
    kind: "drawn",
    axes: layoutOf(finest.shape, rows, systemAxes, dimAxes, assignment),
    worldFromIndex: cleaned.map((matrix, k) =>
      worldFromIndexOf(matrix, levels[k]?.shape ?? [], finest.shape, rows, assignment),
    ),
  };
}

/** Entries that move nothing by a visible part of a pixel become 0, so that right angles stay exact. */
function withoutRounding({ shape, matrix }: PlacedLevel): AffineMatrix {
  const rows = matrix.rows.map((row) => {
    const linear = row.slice(0, matrix.inputs);
    const pixel = Math.max(...linear.map(Math.abs));
    return row.map((entry, dim) => {
      const isNothing =
        dim < matrix.inputs && Math.abs(entry) * (shape[dim] ?? 1) < pixel * roundingPx;
      return isNothing ? 0 : entry;
    });
  });
  return { inputs: matrix.inputs, rows };
}

function assignDimensions(
  matrix: AffineMatrix,
  rows: AxisLayout,
):
  | { readonly kind: "assigned"; readonly assignment: Assignment }
  | Extract<PlanePlacement, { kind: "none" }> {
  const { xDim: xRow, yDim: yRow } = rows;
  const dims = Array.from({ length: matrix.inputs }, (_, dim) => dim);
  const depends = (row: number, dim: number) => entryOf(matrix, row, dim) !== 0;
  const shown = dims.filter((dim) => depends(xRow, dim) || depends(yRow, dim));
  const [a, b] = shown;
  if (shown.length > 2) return oblique(rows);
  const straight = entryOf(matrix, xRow, b ?? -1) * entryOf(matrix, yRow, a ?? -1);
  const turned = entryOf(matrix, xRow, a ?? -1) * entryOf(matrix, yRow, b ?? -1);
  if (a === undefined || b === undefined || straight === turned) {
    return { kind: "none", code: "N6-30", reason: "flattens the image, and cannot be inverted" };
  }
  const [xDim, yDim] = Math.abs(straight) >= Math.abs(turned) ? [b, a] : [a, b];
  const dimOfRow: (number | undefined)[] = [];
  for (const row of matrix.rows.keys()) {
    if (row === xRow || row === yRow) {
      dimOfRow[row] = row === xRow ? xDim : yDim;
      continue;
    }
    const of = dims.filter((dim) => depends(row, dim));
    if (of.includes(a) || of.includes(b)) return oblique(rows);
    const [dim] = of;
    if (of.length > 1 || (dim !== undefined && dimOfRow.includes(dim))) {
      const names = of.length > 1 ? `along ${rows.axes[row]?.name}` : "of its dimensions";
      return {
        kind: "none",
        code: "N6-33",
        reason: `mixes axes ${names}, which are not displayed`,
      };
    }
    dimOfRow[row] = dim;
  }
  return { kind: "assigned", assignment: { xDim, yDim, dimOfRow } };
}

function oblique({ axes, xDim, yDim }: AxisLayout): Extract<PlanePlacement, { kind: "none" }> {
  const plane = `${axes[xDim]?.name} and ${axes[yDim]?.name}`;
  const reason = `tilts the planes of the array against ${plane}; oblique planes are not resampled`;
  return { kind: "none", code: "ZS-OBLIQUE", reason };
}

function layoutOf(
  shape: readonly number[],
  rows: AxisLayout,
  systemAxes: readonly NgffAxis[],
  dimAxes: readonly NgffAxis[],
  { xDim, yDim, dimOfRow }: Assignment,
): AxisLayout {
  const names = new Set(systemAxes.map(({ name }) => name));
  const axes = shape.map((size, dim): Axis => {
    const row = dimOfRow.indexOf(dim);
    const axis = rows.axes[row];
    if (axis) {
      const isList = axis.role === "c" && size > maxChannels;
      return { ...axis, role: isList ? undefined : axis.role, dim, size };
    }
    const { name = `dim_${dim}`, type } = dimAxes[dim] ?? {};
    // A channel that the system drops is still a channel; what was a place is none any more.
    const role = type === "channel" && rows.cDim === undefined ? "c" : undefined;
    return { name: names.has(name) ? `dim_${dim}` : name, role, dim, size, unit: undefined };
  });
  const cDim = axes.findIndex(({ role }) => role === "c");
  return { axes, xDim, yDim, cDim: cDim < 0 ? undefined : cDim };
}

function worldFromIndexOf(
  matrix: AffineMatrix,
  shape: readonly number[],
  finest: readonly number[],
  { xDim: xRow, yDim: yRow }: AxisLayout,
  { xDim, yDim, dimOfRow }: Assignment,
): WorldFromIndex {
  const scale = shape.map((size, dim) => {
    const row = dimOfRow.indexOf(dim);
    return row < 0 ? (finest[dim] ?? size) / size : entryOf(matrix, row, dim);
  });
  const translation = shape.map((_, dim) => {
    const row = dimOfRow.indexOf(dim);
    return row < 0 ? 0 : shiftOf(matrix, row);
  });
  const xFromY = entryOf(matrix, xRow, yDim);
  const yFromX = entryOf(matrix, yRow, xDim);
  if (xFromY === 0 && yFromX === 0) return { scale, translation };
  return { scale, translation, shear: { xFromY, yFromX } };
}
