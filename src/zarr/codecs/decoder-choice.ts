/** `own`: TypeScript without eval or WebAssembly. `zstddec`: WebAssembly without eval. `numcodecs`: needs eval. */
export type DecoderName = "own" | "zstddec" | "numcodecs";

/**
 * Which decoder is tried first, by speed as `bench/codecs.bench.mjs` measures it (MB/s of decoded uint16, Node 20). The
 * second takes over only where the first cannot be imported or instantiated, never after it called a chunk corrupt.
 *
 * Blosc with zlib inside is the one that numcodecs decodes faster; it stays second there because it reports no damage
 * within a chunk. blosclz and snappy, written by few, were not measured.
 */
export const decoderChoice = {
  lz4: ["own", "numcodecs"], // 970 : 610
  zstd: ["zstddec", "numcodecs"], // 435 : 370
  "blosc/blosclz": ["own", "numcodecs"],
  "blosc/lz4": ["own", "numcodecs"], // 1025 : 450
  "blosc/snappy": ["own", "numcodecs"],
  "blosc/zlib": ["own", "numcodecs"], // 140 : 197
  "blosc/zstd": ["zstddec", "numcodecs"], // 550 : 325
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
