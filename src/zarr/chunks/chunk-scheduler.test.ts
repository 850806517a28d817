import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import { nodePath } from "../store/node-path.ts";
import { type ArrayHandle, type ChunkRequest, planeRef } from "./chunk-request.ts";
import { ChunkScheduler } from "./chunk-scheduler.ts";
import { type WorkerLike, WorkerPool } from "./worker-pool.ts";
import type { ChunkJob, JobEvent, WorkerRequest } from "./worker-protocol.ts";

/** An uncompressed 2-D uint8 array of 10 × 10 chunks of the given side. */
function arrayOf(id: number, side: number, sharded?: { innerSide: number }): ArrayHandle {
  const bytes = { name: "bytes", configuration: {} };
  const inner = sharded && {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: [sharded.innerSide, sharded.innerSide],
      codecs: [{ name: "bytes" }],
      index_codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    },
  };
  const metadata: ArrayMetadata = {
    zarrFormat: 3,
    path: nodePath("a"),
    shape: [side * 10, side * 10],
    dataType: "uint8",
    chunkGrid: { kind: "regular", chunkShape: [side, side] },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: 9,
    codecs: { arrayToArray: [], arrayToBytes: inner ?? bytes, bytesToBytes: [] },
    dimensionNames: undefined,
    attributes: {},
  };
  const read = sharded ? sharded.innerSide : side;
  const store = { kind: "memory", name: "m", entries: new Map() } as const;
  return { id, store, metadata, readChunkShape: [read, read] };
}

function request(
  array: ArrayHandle,
  y: number,
  x: number,
  rank = 0,
  tier: ChunkRequest["priority"]["tier"] = "visible",
) {
  const [height, width] = array.readChunkShape as [number, number];
  const cut = { yDim: 0, xDim: 1, start: [0, 0], height, width };
  return { ref: planeRef(array, [y, x], cut), priority: { tier, rank } };
}

/** A pool of fake workers whose jobs are finished by hand. */
function fakePool(size = 2) {
  const jobs = new Map<number, ChunkJob>();
  const aborted: number[] = [];
  const workers: WorkerLike[] = [];
  const createWorker = () => {
    const worker: WorkerLike = {
      postMessage(message: WorkerRequest) {
        if (message.type === "run") jobs.set(message.jobId, message.job);
        if (message.type === "abort") {
          aborted.push(message.jobId);
          jobs.delete(message.jobId);
          // As a worker does, a little later.
          queueMicrotask(() => emit(message.jobId, { kind: "done" }));
        }
      },
      terminate() {},
      onmessage: null,
      onerror: null,
    };
    workers.push(worker);
    return worker;
  };
  const pool = new WorkerPool({ createWorker, size, decodedBudgetBytes: 1 });
  const emit = (jobId: number, event: JobEvent) => {
    workers[0]!.onmessage!({ data: { type: "event", jobId, event } });
  };
  const transferred = { requests: 1, bytes: 10, durationMs: 5, protocol: "http/1.1" };
  const finish = (
    jobId: number,
    durationMs = transferred.durationMs,
    protocol = transferred.protocol,
  ) => {
    const job = jobs.get(jobId)!;
    jobs.delete(jobId);
    emit(jobId, { kind: "transferred", transfer: { ...transferred, durationMs, protocol } });
    const items = job.kind === "chunk" ? [job.item] : job.kind === "locate" ? [] : job.items;
    for (const [index, item] of items.entries()) {
      const planes = item.cuts.map(({ key, cut }) => ({
        key,
        plane: {
          width: cut.width,
          height: cut.height,
          elements: new Uint8Array(cut.width * cut.height),
          texels: undefined,
          statistics: undefined,
          byteLength: cut.width * cut.height,
        },
      }));
      emit(jobId, { kind: "outcome", index, outcome: { kind: "planes", planes } });
    }
    emit(jobId, { kind: "done" });
  };
  return { pool, jobs, aborted, emit, finish };
}

function setup(
  options: { cacheBudgetBytes?: number; array?: ArrayHandle; verdict?: "cors" | "network" } = {},
) {
  const fake = fakePool();
  const array = options.array ?? arrayOf(1, 16);
  const scheduler = new ChunkScheduler({
    pool: fake.pool,
    cacheBudgetBytes: options.cacheBudgetBytes ?? 1e9,
    diagnose: async () => options.verdict ?? "network",
    askForAbsent: async () => "missing",
    askForKnown: async () => "readable",
    restPolicy: { firstMs: 1, secondMs: 1, longestMs: 1 },
    random: () => 0,
  });
  scheduler.register(array, "origin");
  return { ...fake, array, scheduler };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

const chunksOf = (jobs: Map<number, ChunkJob>) =>
  [...jobs.values()].map((job) => (job.kind === "chunk" ? job.item.chunk.join() : job.kind));

test("starts as many jobs as there are slots, the most urgent first", async () => {
  const { scheduler, array, jobs, finish } = setup();
  const wanted = Array.from({ length: 20 }, (_, i) => request(array, 0, i, 20 - i));
  scheduler.setWanted("stage", [
    ...wanted,
    request(array, 5, 5, 0, "prefetch"),
    request(array, 6, 6, 99, "fallback"),
  ]);
  await tick();
  expect(chunksOf(jobs).slice(0, 3)).toEqual(["6,6", "0,19", "0,18"]);
  finish([...jobs.keys()][0]!);
  await tick();
  expect(jobs.size).toBe(12);
  expect(chunksOf(jobs)).not.toContain("5,5");
});

test("nothing is requested twice: not while in flight, not when resident", async () => {
  const { scheduler, array, jobs, finish } = setup();
  const wanted = [request(array, 0, 0)];
  scheduler.setWanted("stage", wanted);
  await tick();
  scheduler.setWanted("stage", [...wanted]);
  scheduler.setWanted("contrast", [...wanted]);
  await tick();
  expect(jobs.size).toBe(1);
  finish([...jobs.keys()][0]!);
  expect(scheduler.state(wanted[0]!.ref.key)?.kind).toBe("data");
  scheduler.setWanted("stage", []);
  scheduler.setWanted("stage", wanted);
  await tick();
  expect(jobs.size).toBe(0);
  expect(scheduler.statistics().requests).toBe(1);
});

test("what is no longer wanted leaves the queue at once; small bodies on their way finish, large ones are aborted", async () => {
  const small = setup();
  const many = Array.from({ length: 20 }, (_, i) => request(small.array, 1, i));
  small.scheduler.setWanted("stage", many);
  await tick();
  const [, , ...started] = small.jobs.keys();
  small.finish(started[0]!);
  small.scheduler.setWanted("stage", []);
  expect(small.scheduler.statistics().queued).toBe(0);
  // Six connections carry those that were started first; the others still wait in the browser.
  expect(chunksOf(small.jobs)).toEqual(["1,0", "1,1", "1,3", "1,4", "1,5", "1,6"]);
  expect(small.aborted).toEqual(started.slice(5));
  const multiplexed = setup();
  multiplexed.scheduler.setWanted("stage", many.slice(0, 1));
  await tick();
  multiplexed.finish(1, 5, "h2");
  multiplexed.scheduler.setWanted("stage", many);
  await tick();
  multiplexed.scheduler.setWanted("stage", []);
  expect(multiplexed.jobs.size).toBe(19);
  const large = setup({ array: arrayOf(2, 512) });
  large.scheduler.setWanted("stage", [request(large.array, 0, 0), request(large.array, 0, 1)]);
  await tick();
  large.scheduler.setWanted("stage", [request(large.array, 0, 1)]);
  expect(large.aborted).toHaveLength(1);
  expect(chunksOf(large.jobs)).toEqual(["0,1"]);
});

describe("while the coarse picture is on its way", () => {
  const coarseAndFine = (array: ArrayHandle) => {
    const coarse = [0, 1].map((x) => request(array, 0, x, x, "fallback"));
    const at = (i: number) => request(array, 1 + Math.floor(i / 10), i % 10);
    return [...Array.from({ length: 20 }, (_, i) => at(i)), ...coarse];
  };

  test("no more is started than there are connections; then all slots are used", async () => {
    const { scheduler, array, jobs, finish } = setup();
    scheduler.setWanted("stage", coarseAndFine(array));
    await tick();
    expect(chunksOf(jobs).slice(0, 2)).toEqual(["0,0", "0,1"]);
    expect(jobs.size).toBe(6);
    const [first, second] = [...jobs.keys()];
    finish(first!, 3000);
    await tick();
    expect(jobs.size).toBe(6);
    finish(second!, 3000);
    await tick();
    expect(jobs.size).toBe(12);
  });

  test("all slots are used at once where requests are known to be over soon", async () => {
    const { scheduler, array, jobs, finish } = setup();
    scheduler.setWanted("stage", [request(array, 9, 0)]);
    await tick();
    finish([...jobs.keys()][0]!, 80);
    await tick();
    scheduler.setWanted("stage", coarseAndFine(array));
    await tick();
    expect(chunksOf(jobs).slice(0, 2)).toEqual(["0,0", "0,1"]);
    expect(jobs.size).toBe(12);
  });
});

test("a job that serves several planes is aborted only when none of them is wanted", async () => {
  const array = arrayOf(3, 512);
  const { scheduler, aborted, jobs } = setup({ array });
  const half = (row: number) => ({
    ref: planeRef(array, [0, 0], { yDim: 0, xDim: 1, start: [row, 0], height: 256, width: 512 }),
    priority: { tier: "visible", rank: 0 } as const,
  });
  scheduler.setWanted("stage", [half(0), half(256)]);
  await tick();
  expect(jobs.size).toBe(1);
  scheduler.setWanted("stage", [half(0)]);
  expect(aborted).toEqual([]);
  scheduler.setWanted("stage", []);
  expect(aborted).toHaveLength(1);
});

test("a missing chunk is fill with the array's fill value; a failed one keeps its own state", async () => {
  const { scheduler, array, jobs, emit } = setup();
  const wanted = [request(array, 0, 0), request(array, 0, 1)];
  scheduler.setWanted("stage", wanted);
  await tick();
  const [first, second] = [...jobs.keys()] as [number, number];
  emit(first, { kind: "outcome", index: 0, outcome: { kind: "fill" } });
  emit(first, { kind: "done" });
  const failure = {
    kind: "denied",
    code: "ZS-DENIED",
    reason: "403",
    retry: "no",
    retryAfterMs: undefined,
    throttled: false,
    status: undefined,
  } as const;
  emit(second, { kind: "failed", failure });
  emit(second, { kind: "done" });
  expect(scheduler.state(wanted[0]!.ref.key)).toEqual({ kind: "fill", value: 9 });
  expect(scheduler.state(wanted[1]!.ref.key)).toMatchObject({ kind: "denied", code: "ZS-DENIED" });
  scheduler.retryFailed();
  await tick();
  expect(scheduler.state(wanted[1]!.ref.key)?.kind).toBe("pending");
});

test("a transient failure is tried four times, then diagnosed: a server that answers unreadably is unverifiable", async () => {
  vi.useFakeTimers();
  try {
    const { scheduler, array, jobs, emit } = setup({ verdict: "cors" });
    const wanted = [request(array, 0, 0)];
    scheduler.setWanted("stage", wanted);
    let tries = 0;
    for (; tries < 10; tries++) {
      await vi.advanceTimersByTimeAsync(10_000);
      const [jobId] = jobs.keys();
      if (jobId === undefined) break;
      jobs.delete(jobId);
      const failure = {
        kind: "error",
        code: "ZS-NETWORK",
        reason: "no answer",
        retry: "later",
        retryAfterMs: undefined,
        throttled: false,
        status: undefined,
      } as const;
      emit(jobId, { kind: "failed", failure });
      emit(jobId, { kind: "done" });
    }
    expect(tries).toBe(4);
    expect(scheduler.state(wanted[0]!.ref.key)?.kind).toBe("unverifiable");
  } finally {
    vi.useRealTimers();
  }
});

test("inner chunks of a large shard: one index request, then one joined range for six neighbours", async () => {
  const array = arrayOf(4, 2048, { innerSide: 256 });
  const { scheduler, jobs, emit } = setup({ array });
  scheduler.setWanted(
    "stage",
    Array.from({ length: 6 }, (_, x) => request(array, 0, x, x)),
  );
  await tick();
  const [[locateId, locate]] = [...jobs] as [[number, ChunkJob]];
  expect(jobs.size).toBe(1);
  expect(locate).toMatchObject({ kind: "locate", shard: [0, 0] });
  if (locate.kind !== "locate") throw new Error("expected a locate job");
  jobs.delete(locateId);
  emit(locateId, {
    kind: "located",
    locations: locate.chunks.map(([, x]) => ({ offset: x! * 1_000, length: 1_000 })),
  });
  emit(locateId, { kind: "done" });
  await tick();
  expect(jobs.size).toBe(1);
  expect([...jobs.values()][0]).toMatchObject({ kind: "range", offset: 0, length: 6_000 });
});

test("an inner chunk that the index does not hold is fill without a request", async () => {
  const array = arrayOf(5, 2048, { innerSide: 256 });
  const { scheduler, jobs, emit } = setup({ array });
  const wanted = [request(array, 0, 0)];
  scheduler.setWanted("stage", wanted);
  await tick();
  const [jobId] = jobs.keys() as Iterable<number> as unknown as [number];
  jobs.delete(jobId);
  emit(jobId, { kind: "located", locations: [null] });
  emit(jobId, { kind: "done" });
  await tick();
  expect(scheduler.state(wanted[0]!.ref.key)).toEqual({ kind: "fill", value: 9 });
  expect(jobs.size).toBe(0);
});

test("the cache keeps its budget for what is not wanted", async () => {
  const { scheduler, array, jobs, finish } = setup({ cacheBudgetBytes: 3 * (256 + 256) });
  for (let x = 0; x < 8; x++) {
    scheduler.setWanted("stage", [request(array, 0, x)]);
    await tick();
    for (const jobId of [...jobs.keys()]) finish(jobId);
  }
  expect(scheduler.statistics().cacheBytes).toBeLessThanOrEqual(3 * (256 + 256));
});

test("property: any order of view changes, completions and failures leaves nothing lost, doubled or over the slots", async () => {
  const action = fc.oneof(
    fc.record({
      kind: fc.constant("want" as const),
      xs: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 25 }),
    }),
    fc.record({ kind: fc.constant("finish" as const), pick: fc.nat(100) }),
    fc.record({ kind: fc.constant("fail" as const), pick: fc.nat(100) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25 }), fc.boolean(), async (actions, large) => {
      const { scheduler, array, jobs, finish, emit } = setup({
        array: arrayOf(1, large ? 512 : 16),
      });
      let wanted: ChunkRequest[] = [];
      const finishedKeys = new Set<string>();
      const check = () => {
        const keys = [...jobs.values()].flatMap((job) =>
          job.kind === "chunk" ? job.item.cuts.map(({ key }) => key) : [],
        );
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.filter((key) => finishedKeys.has(key))).toEqual([]);
        expect(jobs.size).toBeLessThanOrEqual(12);
      };
      for (const step of actions) {
        if (step.kind === "want") {
          wanted = step.xs.map((x, rank) => request(array, 0, x, rank));
          scheduler.setWanted("stage", wanted);
        } else {
          const ids = [...jobs.keys()];
          const jobId = ids[step.pick % Math.max(1, ids.length)];
          if (jobId !== undefined && step.kind === "finish") {
            const job = jobs.get(jobId)!;
            if (job.kind === "chunk") for (const { key } of job.item.cuts) finishedKeys.add(key);
            finish(jobId);
          } else if (jobId !== undefined) {
            jobs.delete(jobId);
            const failure = {
              kind: "error",
              code: "ZS-HTTP-500",
              reason: "500",
              retry: "later",
              retryAfterMs: 0,
              throttled: false,
              status: undefined,
            } as const;
            emit(jobId, { kind: "failed", failure });
            emit(jobId, { kind: "done" });
          }
        }
        await Promise.resolve();
        await Promise.resolve();
        check();
      }
      // No starvation: whatever is wanted at the end arrives.
      for (
        let round = 0;
        round < 100 && wanted.some(({ ref }) => scheduler.state(ref.key)?.kind === "pending");
        round++
      ) {
        for (const jobId of [...jobs.keys()]) finish(jobId);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const left = wanted.filter(({ ref }) => {
        const kind = scheduler.state(ref.key)?.kind;
        return kind !== "data" && kind !== "error";
      });
      expect(left).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
