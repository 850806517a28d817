import type { QueuedPlane } from "./chunk-queue.ts";
import type { OriginSlots, RequestTiming } from "./origin-slots.ts";
import type { PlannedRequest } from "./plan-job.ts";

/** A job under way: its slot, and the planes that have no outcome yet. */
export type JobRecord = {
  readonly planned: PlannedRequest;
  readonly slots: OriginSlots;
  /** It brings what the coarse picture is made of. */
  readonly isFallback: boolean;
  /** The pool's id, for aborting. */
  id: number;
  holdsSlot: boolean;
  readonly open: Map<string, QueuedPlane>;
};

/** Which plane is in which job, and which objects and chunks are being read. */
export class JobLedger {
  readonly #jobs = new Map<string, JobRecord>();
  readonly #busy = new Map<string, number>();
  readonly #fallbacks = new Map<OriginSlots, number>();
  /** Jobs that hold slots, in the order in which they were started. */
  readonly #underWay = new Map<OriginSlots, Set<JobRecord>>();
  #decoding = 0;

  /** The job that a plane is in. */
  jobOf(planeKey: string): JobRecord | undefined {
    return this.#jobs.get(planeKey);
  }

  /** Jobs whose transfer is over. */
  get decoding(): number {
    return this.#decoding;
  }

  /** True while an object or chunk is being read; whoever wants more of it waits and then finds it in the worker's memory. */
  isBusy(key: string): boolean {
    return this.#busy.has(key);
  }

  open(planned: PlannedRequest, slots: OriginSlots, isFallback: boolean): JobRecord {
    const open = new Map(planned.planes.map((plane) => [plane.ref.key, plane]));
    const job: JobRecord = { planned, slots, isFallback, id: 0, holdsSlot: true, open };
    slots.take();
    const underWay = this.#underWay.get(slots);
    if (underWay) underWay.add(job);
    else this.#underWay.set(slots, new Set([job]));
    if (isFallback) this.#fallbacks.set(slots, this.fallbacks(slots) + 1);
    for (const key of open.keys()) this.#jobs.set(key, job);
    for (const key of busyKeys(planned)) this.#busy.set(key, (this.#busy.get(key) ?? 0) + 1);
    return job;
  }

  /** A plane has its outcome. */
  leave(job: JobRecord, planeKey: string): void {
    job.open.delete(planeKey);
    this.#jobs.delete(planeKey);
  }

  /** Jobs for the coarse picture whose bodies are still to come. */
  fallbacks(slots: OriginSlots): number {
    return this.#fallbacks.get(slots) ?? 0;
  }

  /** Requests to the same origin that are under way and were started before this one. */
  ahead(job: JobRecord): number {
    return [...(this.#underWay.get(job.slots) ?? [])].indexOf(job);
  }

  releaseSlot(job: JobRecord, timing: RequestTiming | undefined): void {
    if (!job.holdsSlot) return;
    this.#letGo(job);
    this.#decoding++;
    job.slots.release(timing);
  }

  /** Ends a job. */
  close(job: JobRecord): void {
    this.releaseSlot(job, undefined);
    this.#decoding--;
    this.#leaveAll(job);
  }

  /** Ends a job whose fetch is still to be called off; its slot is free once the function that is returned was called. */
  abandon(job: JobRecord): () => void {
    this.#letGo(job);
    this.#leaveAll(job);
    return () => job.slots.release();
  }

  #letGo(job: JobRecord): void {
    job.holdsSlot = false;
    this.#underWay.get(job.slots)?.delete(job);
    if (job.isFallback) this.#fallbacks.set(job.slots, this.fallbacks(job.slots) - 1);
  }

  #leaveAll(job: JobRecord): void {
    for (const key of [...job.open.keys()]) this.leave(job, key);
    for (const key of busyKeys(job.planned)) {
      const users = (this.#busy.get(key) ?? 1) - 1;
      if (users === 0) this.#busy.delete(key);
      else this.#busy.set(key, users);
    }
  }
}

/** The whole object; or for ranges only the chunks, since other ranges of the shard may run beside it. */
function busyKeys({ job, planes }: PlannedRequest): Set<string> {
  if (job.kind === "range") return new Set(planes.map(({ chunkKey }) => chunkKey));
  return new Set(planes.map(({ unitKey }) => unitKey));
}
