import { ZSTDDecoder } from "zstddec";

/** zstddec's WebAssembly instance, used directly: its own `decode` neither checks malloc nor reports errors. */
export type ZstdHeap = {
  readonly memory: WebAssembly.Memory;
  /** Address of `bytes` bytes, or 0. */
  malloc(bytes: number): number;
  free(address: number): void;
  /** Decoded bytes, or an error (`isError`). Takes several and skippable frames; all of the source must be frames. */
  decompress(to: number, capacity: number, from: number, length: number): number;
  isError(result: number): boolean;
  /** Sum over all frames; −1n unknown, −2n damaged. */
  contentSize(from: number, length: number): bigint;
};

class ExportsOfZstd extends ZSTDDecoder {
  exports: WebAssembly.Exports = {};

  override _init(result: WebAssembly.WebAssemblyInstantiatedSource): void {
    super._init(result);
    this.exports = result.instance.exports;
  }

  /** `init` calls `_init` without its receiver. */
  constructor() {
    super();
    this._init = this._init.bind(this);
  }
}

/** Compiles zstddec's module once. @throws where WebAssembly is refused */
export async function loadZstdHeap(): Promise<ZstdHeap> {
  const decoder = new ExportsOfZstd();
  await answeringDataUrls(() => decoder.init());
  const { memory, malloc, free, ZSTD_decompress, ZSTD_isError, ZSTD_findDecompressedSize } =
    decoder.exports;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    typeof malloc !== "function" ||
    typeof free !== "function" ||
    typeof ZSTD_decompress !== "function" ||
    typeof ZSTD_isError !== "function" ||
    typeof ZSTD_findDecompressedSize !== "function"
  ) {
    throw new Error("zstddec exports other functions than it did.");
  }
  return {
    memory,
    malloc: (bytes) => Number(malloc(bytes)) >>> 0,
    free: (address) => void free(address),
    decompress: (to, capacity, from, length) =>
      Number(ZSTD_decompress(to, capacity, from, length)) >>> 0,
    isError: (result) => ZSTD_isError(result) !== 0,
    contentSize: (from, length) =>
      BigInt.asIntN(64, BigInt(ZSTD_findDecompressedSize(from, length))),
  };
}

/**
 * zstddec reads its own module by `fetch("data:…")`, which a Content-Security-Policy without `connect-src data:`
 * refuses. For the length of this synchronous call, that request is answered from the URL itself.
 */
function answeringDataUrls(start: () => Promise<void>): Promise<void> {
  const { fetch: platformFetch } = globalThis;
  globalThis.fetch = async (input) => {
    const url = String(input);
    const base64 = url.slice(url.indexOf(",") + 1);
    return new Response(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  };
  try {
    return start();
  } finally {
    globalThis.fetch = platformFetch;
  }
}
