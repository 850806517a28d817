import type { NgffAxis } from "./axes.ts";
import type { CoordinateSystem } from "./coordinate-systems.ts";
import type {
  CoordinateTransformation,
  TransformationEdge,
} from "./coordinate-transformations/coordinate-transformation.ts";
import type { TransformationStep } from "./coordinate-transformations.ts";

/**
 * Shape that the metadata of an image have, whatever version they state: "0.1" has no axes, "0.3" has names, "0.4" has objects and
 * transformations, "0.6" has coordinate systems.
 */
export type Dialect = "0.1" | "0.3" | "0.4" | "0.6";

/** One entry of `multiscales`, whatever dialect it was written in. */
export type Multiscale = {
  readonly dialect: Dialect;
  /** As stated, for people; `undefined` if nothing is said. */
  readonly version: string | undefined;
  readonly name: string | undefined;
  /** Those of the intrinsic system in 0.6. `undefined`: implied by the number of dimensions (N1-01, N1-02). */
  readonly axes: readonly NgffAxis[] | undefined;
  /** At least one; from finest to coarsest as stated, which the shapes may contradict. */
  readonly datasets: readonly Dataset[];
  /** Before 0.6: applied after each dataset's own (N4-13). In 0.6 there are none: see `systems`. */
  readonly transformations: readonly TransformationStep[];
  /** Of 0.6: what else the image can be shown in. */
  readonly systems: MultiscaleSystems | undefined;
};

/** Coordinate systems of an image of 0.6 (N6-01, N6-05, N6-08). */
export type MultiscaleSystems = {
  /** In stated order, at least one, each with a name of its own. */
  readonly all: readonly CoordinateSystem[];
  /** Name of the system that the datasets lead to; it is shown unless another is chosen. One of `all`. */
  readonly intrinsic: string;
  /** Extra views: transformations between systems of `all`, or to one of a label image (with a path). Never applied unasked. */
  readonly edges: readonly TransformationEdge[];
};

/** One resolution level as stated. */
export type Dataset = {
  /** Relative to the image's group, as stated. Not yet checked: it may lead anywhere (N4-19). */
  readonly path: string;
  /** In order of application; `undefined`: none stated that is scale and translation; the shapes tell (N1-05). */
  readonly transformations: readonly TransformationStep[] | undefined;
  /** Of 0.6: what leads to the intrinsic system, as stated; in the dialects before it this may be any transformation (N6-29). */
  readonly placement: CoordinateTransformation | undefined;
};
