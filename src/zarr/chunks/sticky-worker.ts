import type { PlaneRef } from "./chunk-request.ts";
import type { PlannedRequest } from "./plan-job.ts";

/**
 * The worker that a request must go to, if it is not all the same: one worker keeps a shard's index and bytes, and chunks that hold more
 * planes than were asked for.
 */
export function stickyWorker({ job, planes }: PlannedRequest, workers: number): number | undefined {
  const sticky =
    job.kind === "locate" || job.kind === "shard" || planes.some(({ ref }) => holdsMore(ref));
  const unitKey = planes[0]?.unitKey;
  return sticky && unitKey !== undefined ? hash(unitKey) % workers : undefined;
}

function holdsMore({ array, cut }: PlaneRef): boolean {
  return array.readChunkShape.some((size, dim) => {
    if (dim === cut.yDim) return size > cut.height;
    if (dim === cut.xDim) return size > cut.width;
    return size > 1;
  });
}

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) | 0;
  return Math.abs(value);
}
