import type { SampleView } from "./thumbnail.mjs";

export function makeLifetimeSample(
  root: string,
  options?: {
    size?: { y?: number; x?: number };
    chunk?: number;
    seed?: number;
  },
): Promise<SampleView>;
