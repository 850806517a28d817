import type { SampleView } from "./thumbnail.mjs";

export function makeTissueSample(
  root: string,
  options?: { side?: number; seed?: number },
): Promise<SampleView>;
