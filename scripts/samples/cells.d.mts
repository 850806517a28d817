import type { SampleView } from "./thumbnail.mjs";

export function makeCellsSample(
  root: string,
  options?: {
    size?: { t?: number; z?: number; y?: number; x?: number };
    seed?: number;
  },
): Promise<SampleView>;
