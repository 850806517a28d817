import type { SampleView } from "./thumbnail.mjs";

export function makeDamagedSample(
  root: string,
  options?: { side?: number; seed?: number },
): Promise<SampleView>;
