/** `own`: WebAssembly without eval, or TypeScript where that is refused. `zstddec`: WebAssembly without eval. `numcodecs`: needs eval. */
export type DecoderName = "own" | "zstddec" | "numcodecs";

/**
 * Which decoder is tried first: the faster one, by `bench/codecs.bench.mjs` (docs/performance.md). The second takes over
 * only where the first cannot be imported or instantiated, never after it called a chunk corrupt: numcodecs reports no
 * damage within a chunk. blosclz and snappy, written by few, were not measured.
 */
export const decoderChoice = {
  lz4: ["own", "numcodecs"],
  zstd: ["zstddec", "numcodecs"],
  "blosc/blosclz": ["own", "numcodecs"],
  "blosc/lz4": ["own", "numcodecs"],
  "blosc/snappy": ["own", "numcodecs"],
  "blosc/zlib": ["own", "numcodecs"],
  "blosc/zstd": ["zstddec", "numcodecs"],
} as const satisfies Record<string, readonly DecoderName[]>;

let evalAllowed: boolean | undefined;

/** Whether this realm may compile source at run time; a strict Content-Security-Policy refuses. Asked once. */
export function canEval(): boolean {
  if (evalAllowed === undefined) {
    try {
      evalAllowed = new Function("return true")() === true;
    } catch {
      evalAllowed = false;
    }
  }
  return evalAllowed;
}
