/** An axis of a coordinate system: its index, or in dialects before 0.6 its name (N6-29). */
export type AxisReference = number | string;

/** How a displacement or coordinate field is read between its samples (N6-26). */
export type FieldInterpolation = "nearest" | "linear" | "bspline-cubic";

/**
 * A coordinate transformation of OME-NGFF 0.6 (RFC-5) as stated, whatever dialect it was written in. Numbers are finite; counts and
 * axes are not yet compared with the coordinate systems at its ends.
 */
export type CoordinateTransformation =
  | { readonly type: "identity" }
  | { readonly type: "scale" | "translation"; readonly vector: readonly number[] }
  /** Output i is input `inputs[i]`; a record names outputs and inputs (N6-21, N6-29). */
  | {
      readonly type: "mapAxis";
      readonly inputs: readonly AxisReference[] | ReadonlyMap<string, string>;
    }
  /** Outputs that are 0, inputs that are not used; the rest keeps its order (N6-22). */
  | {
      readonly type: "projectAxis";
      readonly createdOutputs: readonly number[];
      readonly droppedInputs: readonly number[];
    }
  /** Rows of M × (N + 1), of (N + 1) × (N + 1), or one row that holds all of them (N6-23, N6-29). */
  | { readonly type: "affine"; readonly rows: readonly (readonly number[])[] }
  /** Rows of N × N, or one row that holds all of them. */
  | { readonly type: "rotation"; readonly rows: readonly (readonly number[])[] }
  | { readonly type: "sequence"; readonly steps: readonly CoordinateTransformation[] }
  | { readonly type: "byDimension"; readonly parts: readonly DimensionPart[] }
  | {
      readonly type: "bijection";
      readonly forward: CoordinateTransformation;
      readonly inverse: CoordinateTransformation;
    }
  | {
      readonly type: "displacements" | "coordinates";
      readonly path: string;
      readonly interpolation: FieldInterpolation;
    }
  /** Its numbers lie in an array (N6-10), which `readStoredParameters` reads. */
  | StoredTransformation
  /** A problem has been reported; nothing can be done with it. */
  | { readonly type: "unusable" };

export type StoredTransformation = {
  readonly type: "stored";
  readonly of: "scale" | "translation" | "affine" | "rotation";
  /** Relative to the group that states it; not yet checked. */
  readonly path: string;
};

/** Part of `byDimension`: a transformation of some inputs to some outputs (N6-24). */
export type DimensionPart = {
  readonly inputs: readonly AxisReference[];
  readonly outputs: readonly AxisReference[];
  readonly transformation: CoordinateTransformation;
};

/** One end of a transformation: a coordinate system by name, of the group itself or of the one at `path`. As stated. */
export type SystemReference = {
  readonly path: string | undefined;
  readonly name: string | undefined;
};

/** A stated transformation between two coordinate systems. */
export type TransformationEdge = {
  readonly input: SystemReference;
  readonly output: SystemReference;
  readonly name: string | undefined;
  readonly transformation: CoordinateTransformation;
  /** JSON pointer, for problems. */
  readonly pointer: string;
};
