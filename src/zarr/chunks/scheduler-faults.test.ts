import { expect, test, vi } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import { nodePath } from "../store/node-path.ts";
import { type ArrayHandle, type ChunkRequest, planeRef } from "./chunk-request.ts";
import { ChunkScheduler } from "./chunk-scheduler.ts";
import { OriginSlots } from "./origin-slots.ts";
import type { AbsentAnswer, KnownAnswer } from "./refusals.ts";
import { type WorkerLike, WorkerPool } from "./worker-pool.ts";
import type { ChunkFailure, ChunkJob, JobEvent } from "./worker-protocol.ts";

const bytes = { name: "bytes", configuration: {} };

/** A uint8 array of 64 planes in chunks of 8 planes of 16 × 16, or of shards that are read by ranges. */
function arrayOf(id: number, change: Partial<ArrayMetadata> = {}, read = [8, 16, 16]): ArrayHandle {
  const metadata: ArrayMetadata = {
    zarrFormat: 3,
    path: nodePath("a"),
    shape: [64, 4096, 4096],
    dataType: "uint8",
    chunkGrid: { kind: "regular", chunkShape: [8, 16, 16] },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: 9,
    codecs: { arrayToArray: [], arrayToBytes: bytes, bytesToBytes: [] },
    dimensionNames: undefined,
    attributes: {},
    ...change,
  };
  const store = { kind: "memory", name: "m", entries: new Map() } as const;
  return { id, store, metadata, readChunkShape: read };
}

const sharded = arrayOf(
  7,
  {
    chunkGrid: { kind: "regular", chunkShape: [1, 2048, 2048] },
    codecs: {
      arrayToArray: [],
      arrayToBytes: {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: [1, 256, 256],
          codecs: [{ name: "bytes" }],
          index_codecs: [{ name: "bytes", configuration: { endian: "little" } }],
        },
      },
      bytesToBytes: [],
    },
  },
  [1, 256, 256],
);

/** Says that a worker lives, and nothing else. */
const lastWord = { type: "event", jobId: -1, event: { kind: "done" } } as const;

function request(array: ArrayHandle, chunk: number[], z = 0): ChunkRequest {
  const [, height, width] = array.readChunkShape as [number, number, number];
  const cut = { yDim: 1, xDim: 2, start: [z, 0, 0], height, width };
  return { ref: planeRef(array, chunk, cut), priority: { tier: "visible", rank: 0 } };
}

function setup(verdict: () => Promise<"cors" | "network"> = async () => "network") {
  const jobs = new Map<number, ChunkJob>();
  const probes: string[] = [];
  const absent: { answer: AbsentAnswer; asked: number } = { answer: "missing", asked: 0 };
  const known: { answer: KnownAnswer; asked: string[] } = { answer: "readable", asked: [] };
  const workers: WorkerLike[] = [];
  const createWorker = () => {
    const worker: WorkerLike = {
      postMessage(message) {
        if (message.type === "run") jobs.set(message.jobId, message.job);
        if (message.type === "abort") jobs.delete(message.jobId);
      },
      terminate() {},
      onmessage: null,
      onerror: null,
    };
    workers.push(worker);
    return worker;
  };
  const pool = new WorkerPool({ createWorker, size: 2, decodedBudgetBytes: 1 });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 1e9,
    diagnose: (_array, object) => {
      probes.push(object.join());
      return verdict();
    },
    askForAbsent: async () => {
      absent.asked++;
      return absent.answer;
    },
    askForKnown: async (_array, object) => {
      known.asked.push(object.join());
      return known.answer;
    },
    random: Math.random,
  });
  const emit = (jobId: number, ...events: JobEvent[]) => {
    for (const event of events) {
      if (event.kind === "done") jobs.delete(jobId);
      workers[0]!.onmessage!({ data: { type: "event", jobId, event } });
    }
  };
  const fail = (jobId: number, change: Partial<ChunkFailure> = {}) => {
    const failure: ChunkFailure = {
      kind: "error",
      code: "ZS-HTTP-500",
      reason: "500",
      retry: "later",
      retryAfterMs: undefined,
      throttled: false,
      status: undefined,
      ...change,
    };
    emit(jobId, { kind: "failed", failure }, { kind: "done" });
  };
  /** Fails whatever is asked for until nothing is asked for any more; returns how many requests that were. */
  const failAll = async (change: Partial<ChunkFailure> = {}) => {
    let tries = 0;
    for (let round = 0; round < 60; round++) {
      await vi.advanceTimersByTimeAsync(500);
      for (const jobId of [...jobs.keys()]) {
        tries++;
        fail(jobId, change);
      }
    }
    return tries;
  };
  return { scheduler, pool, jobs, probes, absent, known, emit, fail, failAll, workers };
}

async function withFakeTimers(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers();
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}

test("a chunk of eight planes that fails is asked for four times, not four times per plane", () =>
  withFakeTimers(async () => {
    const { scheduler, failAll } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = Array.from({ length: 8 }, (_, z) => request(array, [0, 0, 0], z));
    scheduler.setWanted("stage", wanted);
    expect(await failAll()).toBe(4);
    expect(wanted.map(({ ref }) => scheduler.state(ref.key)?.kind)).toEqual(Array(8).fill("error"));
  }));

test("a plane of a chunk that waits for its next try waits with it", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, fail, failAll } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    scheduler.setWanted("stage", [request(array, [0, 0, 0], 0)]);
    await vi.advanceTimersByTimeAsync(1);
    fail([...jobs.keys()][0]!, { retryAfterMs: 5_000 });
    scheduler.setWanted(
      "stage",
      [0, 1].map((z) => request(array, [0, 0, 0], z)),
    );
    await vi.advanceTimersByTimeAsync(4_000);
    expect(jobs.size).toBe(0);
    expect(await failAll()).toBe(3);
  }));

test("one probe per object, and a network that comes back at the probe is no server that hides its errors", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, probes, emit, fail } = setup(async () => "cors");
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = [0, 1, 2].map((z) => request(array, [0, 0, 0], z));
    scheduler.setWanted("stage", wanted);
    for (let tries = 0; tries < 3; tries++) {
      await vi.advanceTimersByTimeAsync(10_000);
      fail([...jobs.keys()][0]!, { code: "ZS-NETWORK" });
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(probes).toEqual(["0,0,0"]);
    emit(
      [...jobs.keys()][0]!,
      { kind: "outcome", index: 0, outcome: { kind: "fill" } },
      { kind: "done" },
    );
    expect(wanted.map(({ ref }) => scheduler.state(ref.key)?.kind)).toEqual([
      "fill",
      "fill",
      "fill",
    ]);
  }));

test("a probe that throws settles too", () =>
  withFakeTimers(async () => {
    const { scheduler, failAll } = setup(() => {
      throw new Error("no URL");
    });
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = request(array, [0, 0, 0]);
    scheduler.setWanted("stage", [wanted]);
    await failAll({ code: "ZS-NETWORK" });
    expect(scheduler.state(wanted.ref.key)?.kind).toBe("error");
  }));

test("servers that do not answer leave the other origins their slots", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs } = setup();
    const arrays = [1, 2, 3, 4].map((id) => arrayOf(id));
    const requests: ChunkRequest[] = [];
    for (const array of arrays) {
      scheduler.register(array, `origin ${array.id}`);
      for (let x = 0; x < 20; x++) requests.push(request(array, [0, 0, x]));
      scheduler.setWanted("stage", requests);
      await vi.advanceTimersByTimeAsync(1);
    }
    for (const { id } of arrays) {
      expect([...jobs.values()].filter(({ arrayId }) => arrayId === id)).toHaveLength(12);
    }
  }));

test("while the workers are behind with decoding nothing more is fetched", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, emit } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    scheduler.setWanted(
      "stage",
      Array.from({ length: 60 }, (_, x) => request(array, [0, 0, x])),
    );
    const transfer = { requests: 1, bytes: 1, durationMs: 1, protocol: "http/1.1" };
    const transferred = new Set<number>();
    for (let round = 0; round < 10; round++) {
      await vi.advanceTimersByTimeAsync(1);
      for (const jobId of jobs.keys()) {
        if (!transferred.has(jobId)) emit(jobId, { kind: "transferred", transfer });
        transferred.add(jobId);
      }
    }
    expect(jobs.size).toBeGreaterThanOrEqual(12);
    expect(jobs.size).toBeLessThanOrEqual(12 + 2 * 4 + 12);
  }));

test("retrying by hand reads the shard's index again", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, emit, fail } = setup();
    scheduler.register(sharded, "o");
    const wanted = request(sharded, [0, 0, 0]);
    scheduler.setWanted("stage", [wanted]);
    await vi.advanceTimersByTimeAsync(1);
    const location = { offset: 0, length: 10 };
    emit([...jobs.keys()][0]!, { kind: "located", locations: [location] }, { kind: "done" });
    await vi.advanceTimersByTimeAsync(1);
    expect([...jobs.values()]).toMatchObject([{ kind: "range" }]);
    fail([...jobs.keys()][0]!, { kind: "denied", code: "ZS-DENIED", retry: "no" });
    scheduler.retryFailed();
    await vi.advanceTimersByTimeAsync(1);
    expect([...jobs.values()]).toMatchObject([{ kind: "locate", reload: true }]);
  }));

test("a job that ends without a word on a plane fails it in the end instead of running for ever", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, emit } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = request(array, [0, 0, 0]);
    scheduler.setWanted("stage", [wanted]);
    let tries = 0;
    for (let round = 0; round < 60; round++) {
      await vi.advanceTimersByTimeAsync(500);
      for (const jobId of [...jobs.keys()]) {
        tries++;
        emit(jobId, { kind: "done" });
      }
    }
    expect(tries).toBe(4);
    expect(scheduler.state(wanted.ref.key)?.kind).toBe("error");
  }));

test("an array that is forgotten while its planes wait stops nothing else", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs } = setup();
    const [gone, here] = [arrayOf(1), arrayOf(2)];
    scheduler.register(gone, "o");
    scheduler.register(here, "o");
    scheduler.setWanted("old", [request(gone, [0, 0, 0])]);
    scheduler.setWanted("new", [request(here, [0, 0, 0])]);
    scheduler.forget(gone.id);
    await vi.advanceTimersByTimeAsync(1);
    expect([...jobs.values()].map(({ arrayId }) => arrayId)).toEqual([2]);
  }));

test("after destroy no timer is left and nothing is started", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, fail } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    scheduler.setWanted("stage", [request(array, [0, 0, 0]), request(array, [0, 0, 1])]);
    await vi.advanceTimersByTimeAsync(1);
    const [first] = [...jobs.keys()];
    jobs.clear();
    fail(first!, { retryAfterMs: 1_000 });
    scheduler.destroy();
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(jobs.size).toBe(0);
  }));

test("a throttled HTTP/2 origin comes back slowly, not with 64 requests at its first answer", () => {
  const slots = new OriginSlots();
  const timing = { durationMs: 5, protocol: "h2", throttled: false };
  slots.take();
  slots.release(timing);
  expect(slots.limit).toBe(64);
  slots.take();
  slots.release({ ...timing, throttled: true });
  slots.take();
  slots.release(timing);
  expect(slots.limit).toBe(32);
});

test("C15 workers that cannot start are given up instead of started for ever; who asked is told", () =>
  withFakeTimers(async () => {
    const { scheduler, pool, jobs, workers } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = [0, 1, 2, 3].map((x) => request(array, [0, 0, x]));
    scheduler.setWanted("stage", wanted);
    let next = 0;
    for (let round = 0; round < 100; round++) {
      for (; next < workers.length; next++) workers[next]!.onerror?.({ message: "404" });
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(workers.length).toBeLessThanOrEqual(6);
    expect(wanted.map(({ ref }) => scheduler.state(ref.key)?.kind)).toEqual(Array(4).fill("error"));
    expect(pool.runningJobs).toBe(0);
    await expect(pool.parseJson(new Uint8Array(4), "x")).rejects.toThrow(/stopped/);
    expect(jobs.size).toBeGreaterThan(0);
  }));

test("C15 a worker that dies is replaced, its chunk is tried once more, then it has failed; others go on", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, workers } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const deadly = request(array, [0, 0, 0]);
    scheduler.setWanted("stage", [deadly]);
    let deaths = 0;
    for (let round = 0; round < 40; round++) {
      await vi.advanceTimersByTimeAsync(500);
      for (const jobId of [...jobs.keys()]) {
        jobs.delete(jobId);
        // A word in between: the workers start, it is the chunk that kills them.
        const at = workers.length - 1;
        for (const worker of workers) worker.onmessage?.({ data: lastWord });
        for (const worker of [...workers.slice(0, at + 1)])
          worker.onerror?.({ message: "out of memory" });
        deaths++;
      }
    }
    expect(deaths).toBe(2);
    expect(scheduler.state(deadly.ref.key)).toMatchObject({ kind: "error", code: "ZS-WORKER" });
    const other = request(array, [0, 0, 1]);
    scheduler.setWanted("stage", [deadly, other]);
    await vi.advanceTimersByTimeAsync(1);
    expect([...jobs.values()].map((job) => job.kind === "chunk" && job.item.chunk)).toEqual([
      [0, 0, 1],
    ]);
  }));

test("C15 a worker that posts garbage is replaced, and garbage is no answer", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, workers } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = request(array, [0, 0, 0]);
    scheduler.setWanted("stage", [wanted]);
    await vi.advanceTimersByTimeAsync(1);
    const before = workers.length;
    for (const data of [undefined, null, 7, "event", {}, { type: "toString" }, []]) {
      for (const worker of workers.slice(-2)) worker.onmessage?.({ data });
    }
    expect(workers.length).toBeGreaterThan(before);
    expect(["pending", "error"]).toContain(scheduler.state(wanted.ref.key)?.kind);
    expect(jobs.size).toBeGreaterThan(0);
  }));

test("G08 while the page is hidden no chunk is asked for; what is under way ends, and then all goes on", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, emit } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "o");
    const wanted = Array.from({ length: 40 }, (_, x) => request(array, [0, 0, x]));
    scheduler.setWanted("stage", wanted);
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.size).toBe(12);
    scheduler.setAsleep(true);
    const answerAll = async () => {
      for (const jobId of [...jobs.keys()]) {
        emit(jobId, { kind: "outcome", index: 0, outcome: { kind: "fill" } }, { kind: "done" });
      }
      await vi.advanceTimersByTimeAsync(100);
    };
    await answerAll();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(jobs.size).toBe(0);
    const kinds = () => wanted.map(({ ref }) => scheduler.state(ref.key)?.kind);
    expect(kinds().filter((kind) => kind === "fill")).toHaveLength(12);
    // Metadata are another matter: somebody waits for the answer.
    const giveBack = await scheduler.slot("o", "urgent");
    giveBack();
    scheduler.setAsleep(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.size).toBe(12);
    for (let round = 0; round < 5; round++) await answerAll();
    expect(new Set(kinds())).toEqual(new Set(["fill"]));
  }));

test("a document that is a view of a larger buffer goes to the worker alone", () => {
  const posted: { bytes: number; transferred: number }[] = [];
  const pool = new WorkerPool({
    size: 1,
    decodedBudgetBytes: 1,
    createWorker: () => ({
      postMessage: (message, transfer) => {
        if (message.type !== "parse-json") return;
        posted.push({
          bytes: message.bytes.byteLength,
          transferred: transfer.reduce((sum, { byteLength }) => sum + byteLength, 0),
        });
      },
      terminate() {},
      onmessage: null,
      onerror: null,
    }),
  });
  void pool.parseJson(new Uint8Array(1000).subarray(10, 30), "x").catch(() => undefined);
  void pool.parseJson(new Uint8Array(50), "y").catch(() => undefined);
  expect(posted).toEqual([
    { bytes: 20, transferred: 20 },
    { bytes: 50, transferred: 50 },
  ]);
});

test("what is missing over HTTP/1.1 does not make its origin's limit grow", () => {
  const slots = new OriginSlots();
  slots.take();
  slots.release({ durationMs: 5, protocol: "http/1.1", throttled: false });
  for (let i = 0; i < 100; i++) {
    while (slots.free > 0) slots.take();
    slots.release({ durationMs: 5, protocol: undefined, throttled: false });
  }
  expect(slots.limit).toBe(12);
});

const forbidden = {
  kind: "denied",
  code: "ZS-DENIED",
  reason: "403",
  retry: "no",
  status: 403,
} as const;

/** Three chunks are wanted; of the first nothing was written, so that it is readable, the others are refused. */
async function refuseTwo(answer: AbsentAnswer, readFirst: "before" | "meanwhile" | "after") {
  const all = setup();
  const { scheduler, jobs, absent, emit, fail } = all;
  absent.answer = answer;
  const array = arrayOf(1);
  scheduler.register(array, "o");
  const wanted = [0, 1, 2].map((x) => request(array, [0, 0, x]));
  scheduler.setWanted("stage", wanted);
  await vi.advanceTimersByTimeAsync(1);
  const [first, ...others] = [...jobs.keys()] as [number, ...number[]];
  const read = () =>
    emit(
      first,
      { kind: "outcome", index: 0, outcome: { kind: "planes", planes: [] } },
      { kind: "done" },
    );
  if (readFirst === "before") read();
  for (const jobId of others) fail(jobId, forbidden);
  // The server is being asked what it answers for keys that do not exist.
  if (readFirst === "meanwhile") read();
  await vi.advanceTimersByTimeAsync(1);
  const kinds = () => wanted.slice(1).map(({ ref }) => scheduler.state(ref.key)?.kind);
  return { ...all, kinds, read };
}

test("N07 403 where a key that does not exist gets 404: denied", () =>
  withFakeTimers(async () => {
    const { kinds, absent, scheduler } = await refuseTwo("missing", "before");
    expect(kinds()).toEqual(["denied", "denied"]);
    expect(absent.asked).toBe(1);
    expect(scheduler.takenForMissing()).toEqual([]);
  }));

test("N08 403 where a key that does not exist gets 403 too, and other chunks are read: missing, asked once, said once", () =>
  withFakeTimers(async () => {
    const { kinds, absent, scheduler } = await refuseTwo("refused", "before");
    expect(kinds()).toEqual(["fill", "fill"]);
    expect(absent.asked).toBe(1);
    expect(scheduler.takenForMissing()).toEqual(["memory"]);
  }));

test("N08 a chunk that is read while the server is asked about missing keys counts as read before", () =>
  withFakeTimers(async () => {
    const { kinds } = await refuseTwo("refused", "meanwhile");
    expect(kinds()).toEqual(["fill", "fill"]);
  }));

test("N08 as long as no chunk was readable, refused ones are not taken for missing", () =>
  withFakeTimers(async () => {
    const { kinds, read, scheduler } = await refuseTwo("refused", "after");
    expect(kinds()).toEqual(["unverifiable", "unverifiable"]);
    expect(scheduler.takenForMissing()).toEqual([]);
    read();
    await vi.advanceTimersByTimeAsync(1);
    expect(kinds()).toEqual(["fill", "fill"]);
    expect(scheduler.takenForMissing()).toEqual(["memory"]);
  }));

test("403 where the probe tells nothing: unverifiable", () =>
  withFakeTimers(async () => {
    expect((await refuseTwo("unknown", "before")).kinds()).toEqual([
      "unverifiable",
      "unverifiable",
    ]);
  }));

test("N14 a dead server: few requests, all shown as failed, and all there when it is back", () =>
  withFakeTimers(async () => {
    const { scheduler, jobs, emit, fail } = setup();
    const array = arrayOf(1);
    scheduler.register(array, "http://data.example");
    const wanted = Array.from({ length: 200 }, (_, x) => request(array, [0, 0, x]));
    scheduler.setWanted("stage", wanted);
    let tries = 0;
    const failRunning = async () => {
      await vi.advanceTimersByTimeAsync(100);
      for (const jobId of [...jobs.keys()]) {
        tries++;
        fail(jobId);
      }
    };
    for (let round = 0; round < 40; round++) await failRunning();
    const kinds = () => new Set(wanted.map(({ ref }) => scheduler.state(ref.key)?.kind));
    expect(kinds()).toEqual(new Set(["error"]));
    expect(tries).toBeLessThan(30);
    expect(scheduler.paused()).toMatchObject([{ origin: "http://data.example", cause: "failing" }]);
    // One probe a time while it is down …
    const before = tries;
    for (let round = 0; round < 100; round++) await failRunning();
    expect(tries - before).toBeLessThanOrEqual(3);
    // … and everything once it answers.
    for (let round = 0; round < 1_000 && kinds().has("error"); round++) {
      await vi.advanceTimersByTimeAsync(100);
      for (const jobId of [...jobs.keys()]) {
        const transfer = { requests: 1, bytes: 1, durationMs: 1, protocol: "h2" };
        emit(
          jobId,
          { kind: "transferred", transfer },
          { kind: "outcome", index: 0, outcome: { kind: "fill" } },
          { kind: "done" },
        );
      }
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(scheduler.paused()).toEqual([]);
    expect([...kinds()].every((kind) => kind === "fill" || kind === "pending")).toBe(true);
  }));
