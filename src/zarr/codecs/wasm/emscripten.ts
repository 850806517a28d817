import { compileWasm, type WasmFile } from "./compile-wasm.ts";

/** What Emscripten's module factories take here. */
export type EmscriptenOptions = {
  readonly noInitialRun: true;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => WebAssembly.Exports;
  readonly print: (text: string) => void;
  readonly printErr: (text: string) => void;
};

export type EmscriptenFactory<Module> = (options: EmscriptenOptions) => Promise<Module>;

/** One instance of a library, kept from call to call. */
export type EmscriptenLibrary<Module> = {
  instance(): Promise<Module>;
  /** After a failure: C++ that threw may have left its heap in disorder or grown it, so the next call gets a new one. */
  drop(): void;
};

/** A library built by Emscripten; its WebAssembly is compiled once, by us, so that it needs neither `eval` nor a path. */
export function emscriptenLibrary<Module>(
  loadFactory: () => Promise<EmscriptenFactory<Module>>,
  file: WasmFile,
): EmscriptenLibrary<Module> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let instance: Promise<Module> | undefined;
  const start = async (): Promise<Module> => {
    compiled ??= compileWasm(file);
    const [factory, module] = await Promise.all([loadFactory(), compiled]);
    return factory({
      noInitialRun: true,
      instantiateWasm(imports, receive) {
        const made = new WebAssembly.Instance(module, imports);
        receive(made, module);
        return made.exports;
      },
      print: () => {},
      printErr: () => {},
    });
  };
  return {
    instance() {
      instance ??= start().catch((failure) => {
        compiled = undefined;
        instance = undefined;
        throw failure;
      });
      return instance;
    },
    drop() {
      instance = undefined;
    },
  };
}
