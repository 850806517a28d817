/** The browser refused memory that a chunk of a permitted size needs. Nothing is known against the chunk. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
  constructor(codec: string, options?: ErrorOptions) {
    super(`${codec}: the browser has no memory left for this chunk.`, options);
  }
}

/** V8: "Array buffer allocation failed", "WebAssembly.Memory(): could not allocate memory"; SpiderMonkey: "out of memory"; JavaScriptCore: "Out of memory". */
const words = /allocation failed|could not allocate|out of memory|Memory\.grow/i;

/** Whether an error says that memory could not be had, as engines put it; there is no class for it. */
export function isOutOfMemory(error: unknown): boolean {
  const isKind = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
  return isKind && words.test(error.message);
}
