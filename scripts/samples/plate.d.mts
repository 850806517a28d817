import type { SampleView } from "./thumbnail.mjs";

export function makePlateSample(
  root: string,
  options?: {
    rows?: number;
    columns?: number;
    /** Pixels along each side of a field; divisible by 4. */
    side?: number;
    times?: number;
    fields?: number;
    seed?: number;
  },
): Promise<SampleView>;
