import { readFuzzedChunks } from "../fixtures/codec-matrix.ts";
import { type FuzzCounts, fuzzChunk, fuzzTarget } from "./fuzz-chunk.ts";

// One codec's run in a process of its own, started by scripts/fuzz-codecs.mjs with --expose-gc:
//   fuzz-child NAME COUNT SEED

/** What the child says at its end, in bytes. */
export type FuzzReport = FuzzCounts & {
  readonly chunkBytes: number;
  /** Heap, buffers and WebAssembly after the run, collected, beyond what they were when warm. */
  readonly growthBytes: number;
};

const [name, count, seed] = process.argv.slice(2);
const chunk = readFuzzedChunks().find((each) => each.name === name);
if (chunk === undefined) throw new Error(`No chunk is named ${name}.`);

const memories = new Set<WeakRef<WebAssembly.Memory>>();
const PlainInstance = WebAssembly.Instance;
/** Notes every WebAssembly memory: the process's own counts leave them out. */
WebAssembly.Instance = class extends PlainInstance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    for (const value of Object.values(this.exports)) {
      if (value instanceof WebAssembly.Memory) memories.add(new WeakRef(value));
    }
  }
};

async function collectedBytes(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("Start me with --expose-gc.");
  let least = Number.POSITIVE_INFINITY;
  // Streams and finalisers let go of what they hold over several turns.
  for (let i = 0; i < 12; i++) {
    // A WeakRef keeps what it gave out until the turn of the event loop ends.
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
    await new Promise((resolve) => setTimeout(resolve, 25));
    const { heapUsed, external } = process.memoryUsage();
    const wasm = [...memories].reduce((sum, ref) => sum + (ref.deref()?.buffer.byteLength ?? 0), 0);
    least = Math.min(least, heapUsed + external + wasm);
  }
  return least;
}

const target = fuzzTarget(chunk);
const warm = 200;
// A damaged header may name a relative (Blosc's inner compressors): what is loaded then once is no growth.
const family = name?.split(" ")[0];
for (const relative of readFuzzedChunks().filter((each) => each.name.split(" ")[0] === family)) {
  await fuzzTarget(relative).decode(relative.chunk);
}
for (let i = 0; i < 20; i++) await target.decode(chunk.chunk.slice());
const sign = (done: number) => {
  if (done % 10 === 0) process.send?.({ done });
};
await fuzzChunk(chunk, warm, Number(seed) + 1, sign);
const before = await collectedBytes();
const counts = await fuzzChunk(chunk, Number(count), Number(seed), sign);
const growthBytes = (await collectedBytes()) - before;
const report: FuzzReport = { ...counts, chunkBytes: target.byteLength, growthBytes };
process.send?.({ report });
process.disconnect?.();
