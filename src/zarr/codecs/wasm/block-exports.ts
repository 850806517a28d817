/** What assembly/index.ts exports; ranges are addresses `[from, end)`, results of `inflate`, `lz4` and `blosclz` its failures. */
export type BlockExports = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  inflate(source: number, sourceEnd: number, target: number, targetEnd: number): number;
  inflatedSourceEnd(): number;
  inflatedTargetEnd(): number;
  lz4(source: number, sourceEnd: number, target: number, targetEnd: number): number;
  blosclz(source: number, sourceEnd: number, target: number, targetEnd: number): number;
  unshuffle(source: number, target: number, items: number, typeBytes: number): void;
  unshuffleBits(
    source: number,
    target: number,
    items: number,
    typeBytes: number,
    between: number,
  ): void;
  crc32(from: number, end: number): number;
  adler32(from: number, end: number): number;
};

/** @throws where the binary is not what was built from assembly/ */
export function blockExports({ exports }: WebAssembly.Instance): BlockExports {
  if (!isBlockExports(exports)) throw new Error("The block decoders export other functions.");
  return exports;
}

const names = [
  ...["heapBase", "inflate", "inflatedSourceEnd", "inflatedTargetEnd", "lz4", "blosclz"],
  ...["unshuffle", "unshuffleBits", "crc32", "adler32"],
];

function isBlockExports(
  exports: WebAssembly.Exports,
): exports is WebAssembly.Exports & BlockExports {
  return (
    exports.memory instanceof WebAssembly.Memory &&
    names.every((name) => typeof exports[name] === "function")
  );
}
