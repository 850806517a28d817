import { describe, expect, test } from "vitest";
import { blockDecoders } from "./block-decoders.generated.ts";
import { startReplaceable } from "./replaceable-instance.ts";

/** As wasm-bindgen's glue: one instance, its exports kept for good. */
function library() {
  const module = new WebAssembly.Module(Buffer.from(blockDecoders, "base64"));
  let exports: WebAssembly.Exports = {};
  const instance = startReplaceable(() => {
    exports = new WebAssembly.Instance(module, {}).exports;
  });
  const memory = () => exports.memory as WebAssembly.Memory;
  return { instance, memory };
}

describe("startReplaceable", () => {
  test("a grown memory is let go of, and what was kept of it becomes void", () => {
    const { instance, memory } = library();
    const before = instance.memoryBytes();
    memory().grow(100);
    expect(instance.memoryBytes()).toBe(before + 100 * 65536);
    const view = new Uint8Array(memory().buffer);
    instance.replace();
    expect(instance.memoryBytes()).toBe(before);
    expect(memory().buffer.byteLength).toBe(before);
    expect(view.byteLength).toBe(0);
  });

  test("instances made by others are left alone", () => {
    const { Instance } = WebAssembly;
    expect(() =>
      startReplaceable(() => {
        throw new Error("refused");
      }),
    ).toThrow("refused");
    library();
    expect(WebAssembly.Instance).toBe(Instance);
  });
});
