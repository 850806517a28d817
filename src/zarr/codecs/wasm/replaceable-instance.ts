/** An instance whose exports its JavaScript keeps for good, and which can be given up all the same. */
export type ReplaceableInstance = {
  /** How large its memory has grown. */
  memoryBytes(): number;
  /** A new instance behind the same exports. Nothing that lives in the old one may be used or freed afterwards. */
  replace(): void;
};

/**
 * Starts a library of wasm-bindgen by `init`, its `initSync`. Such a library makes one instance, ever: what a damaged
 * stream made it allocate, or left in disorder, would stay. For the length of this synchronous call
 * `WebAssembly.Instance` gives out exports that stand for those of the current instance.
 */
export function startReplaceable(init: () => void): ReplaceableInstance {
  const PlainInstance = WebAssembly.Instance;
  let make: (() => WebAssembly.Exports) | undefined;
  let current: WebAssembly.Exports = {};
  WebAssembly.Instance = class extends PlainInstance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      current = this.exports;
      make = () => new PlainInstance(module, imports).exports;
      const standIn = {};
      for (const name of Object.keys(current)) {
        Object.defineProperty(standIn, name, { get: () => current[name] });
      }
      Object.defineProperty(this, "exports", { value: standIn });
    }
  };
  try {
    init();
  } finally {
    WebAssembly.Instance = PlainInstance;
  }
  return {
    memoryBytes: () => memoryOf(current).buffer.byteLength,
    replace() {
      if (make === undefined) throw new Error("The library has made no instance.");
      const memory = memoryOf(current);
      current = make();
      // Growing by nothing detaches the views that the library keeps of the old memory, so that it makes new ones.
      memory.grow(0);
      if (typeof current.__wbindgen_start === "function") current.__wbindgen_start();
    },
  };
}

function memoryOf({ memory }: WebAssembly.Exports): WebAssembly.Memory {
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("The library exports no memory.");
  return memory;
}
