type BuiltinModules = {
  "node:fs": {
    existsSync(path: string): boolean;
    readFileSync(path: string): Uint8Array<ArrayBuffer>;
  };
};
type NodeProcess = {
  getBuiltinModule?<Name extends keyof BuiltinModules>(
    name: Name,
  ): BuiltinModules[Name] | undefined;
};

/** A library's WebAssembly file: where it lies in its package, and where the build put it. */
export type WasmFile = { readonly path: string; readonly url: string };

/**
 * Compiles a WebAssembly file, fetched in browsers and read from `node_modules` in Node.
 *
 * @throws where it cannot be fetched, or where WebAssembly is refused
 */
export async function compileWasm(file: WasmFile): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readWasm(file));
}

async function readWasm({ path, url }: WasmFile): Promise<BufferSource> {
  const inNode = pathInNode(path);
  if (inNode) return nodeFiles()!.readFileSync(inNode);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${path} could not be fetched (${response.status}).`);
  return response.arrayBuffer();
}

/** The file in the nearest `node_modules` above this module; undefined outside of Node. */
export function pathInNode(path: string): string | undefined {
  const files = nodeFiles();
  if (files === undefined) return undefined;
  const here = import.meta.url;
  let folder = new URL("./", here);
  for (;;) {
    const candidate = decodeURIComponent(new URL(`node_modules/${path}`, folder).pathname);
    if (files.existsSync(candidate)) return candidate;
    const above = new URL("..", folder);
    if (above.href === folder.href) throw new Error(`${path} is not installed.`);
    folder = above;
  }
}

function nodeFiles(): BuiltinModules["node:fs"] | undefined {
  const { process }: { process?: NodeProcess } = globalThis;
  return process?.getBuiltinModule?.("node:fs");
}
