import { once } from "../load-decoder.ts";
import { type BlockEngine, plainEngine } from "./block-engine.ts";

/** Chunks that need more than this are decoded where they lie. */
const maxWasmBytes = 1 << 28;

/**
 * The engine for a chunk of so many bytes, stored and decoded: WebAssembly where the page allows it and it has SIMD, else
 * TypeScript.
 */
export async function blockEngine(storedBytes: number, decodedBytes: number): Promise<BlockEngine> {
  return storedBytes + 2 * decodedBytes > maxWasmBytes ? plainEngine : fastEngine();
}

const fastEngine: () => Promise<BlockEngine> = once(async () => {
  try {
    return await (await import("./wasm-engine.ts")).startWasmEngine();
  } catch {
    return plainEngine;
  }
});
