import type { NgffAxis } from "./axes.ts";
import type { TransformationStep } from "./coordinate-transformations.ts";

/** One entry of `multiscales`, whatever dialect it was written in. */
export type Multiscale = {
  /** Shape that the metadata has, not what it says: "0.1" has no axes, "0.3" has names, "0.4" has objects and transformations. */
  readonly dialect: "0.1" | "0.3" | "0.4";
  /** As stated, for people; `undefined` if nothing is said. */
  readonly version: string | undefined;
  readonly name: string | undefined;
  /** `undefined`: implied by the number of dimensions (N1-01, N1-02). */
  readonly axes: readonly NgffAxis[] | undefined;
  /** At least one; from finest to coarsest as stated, which the shapes may contradict. */
  readonly datasets: readonly Dataset[];
  /** Applied after each dataset's own (N4-13). */
  readonly transformations: readonly TransformationStep[];
};

/** One resolution level as stated. */
export type Dataset = {
  /** Relative to the image's group, as stated. Not yet checked: it may lead anywhere (N4-19). */
  readonly path: string;
  /** In order of application; `undefined`: none stated, the shapes tell (N1-05). */
  readonly transformations: readonly TransformationStep[] | undefined;
};
