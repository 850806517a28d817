import { afterEach, describe, expect, test, vi } from "vitest";
import type { CodecCase } from "../../../e2e/fixtures/codec-cases.ts";
import { readCodecCases } from "../../../e2e/fixtures/read-codec-cases.ts";
import type { DecoderName } from "./decoder-choice.ts";
import { loadDecoder, once } from "./load-decoder.ts";

const loaders = (loads: Partial<Record<DecoderName, () => Promise<string>>>) => ({
  own: async () => "own",
  zstddec: async () => "zstddec",
  numcodecs: async () => "numcodecs",
  ...loads,
});
const refused = async () => {
  throw new EvalError("refused by the page's policy");
};

describe("loadDecoder", () => {
  test("takes the first one, and the second only if the first cannot be loaded", async () => {
    const names = ["zstddec", "numcodecs"] as const;
    expect(await loadDecoder("zstd", names, loaders({}))).toBe("zstddec");
    expect(await loadDecoder("zstd", names, loaders({ zstddec: refused }))).toBe("numcodecs");
  });

  test("names the codec and the reasons if none can be loaded", async () => {
    const none = loaders({ zstddec: refused, numcodecs: refused });
    await expect(loadDecoder("zstd", ["zstddec", "numcodecs"], none)).rejects.toMatchObject({
      name: "UnsupportedCodecError",
      codec: "zstd",
      message: expect.stringContaining("refused by the page's policy"),
    });
  });

  test("G11 where its file is gone it says to load the page again, and only there", async () => {
    const gone = async () => {
      throw new TypeError("Failed to fetch dynamically imported module: https://h/x.js");
    };
    const load = (loader: () => Promise<string>) =>
      loadDecoder("zstd", ["zstddec"], loaders({ zstddec: loader }));
    await expect(load(gone)).rejects.toThrow("Load the page again");
    await expect(load(refused)).rejects.not.toThrow("Load the page again");
  });

  test("what failed is tried again, what succeeded is kept", async () => {
    const load = vi.fn(async () => "decoder");
    load.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));
    const decoder = once(load);
    await expect(decoder()).rejects.toThrow(TypeError);
    expect(await Promise.all([decoder(), decoder()])).toEqual(["decoder", "decoder"]);
    expect(load).toHaveBeenCalledTimes(2);
  });
});

describe("in a page that refuses things", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.resetModules();
    vi.doUnmock("zstddec");
  });

  const cases = readCodecCases();
  /** Modules are loaded anew, so that nothing was decided before. */
  const freshDecoder = async () => {
    vi.resetModules();
    const { parseCodecChain } = await import("./parse-chain.ts");
    const { decodeChunk } = await import("./pipeline.ts");
    return async ({ codecs, encoded, spec, decoded }: CodecCase) => {
      const { elements } = await decodeChunk(parseCodecChain(codecs, "codecs"), encoded, spec);
      const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
      return Buffer.compare(bytes, decoded) === 0;
    };
  };
  const caseOf = (name: string) => cases.find((each) => each.name === name)!;
  const refuseEval = () =>
    vi.stubGlobal("Function", () => {
      throw new EvalError("unsafe-eval");
    });

  test("every codec decodes without eval and without a request", async () => {
    refuseEval();
    const fetching = vi.fn(async () => {
      throw new TypeError("connect-src refuses data:");
    });
    vi.stubGlobal("fetch", fetching);
    const decode = await freshDecoder();
    for (const each of cases) expect(await decode(each), each.name).toBe(true);
    expect(fetching).not.toHaveBeenCalled();
    expect(globalThis.fetch, "left as it was").toBe(fetching);
  });

  test("without WebAssembly all but zstd decode in TypeScript", async () => {
    vi.spyOn(WebAssembly, "compile").mockRejectedValue(new WebAssembly.CompileError("refused"));
    const decode = await freshDecoder();
    const own = cases.filter(({ name }) => !name.includes("zstd"));
    expect(own.length).toBeGreaterThan(30);
    for (const each of own) expect(await decode(each), each.name).toBe(true);
    expect(WebAssembly.compile).toHaveBeenCalled();
  });

  test("numcodecs takes over where zstddec cannot be instantiated", async () => {
    vi.doMock("zstddec", () => {
      throw new Error("404");
    });
    const decode = await freshDecoder();
    expect(await decode(caseOf("zstd 9 checksum True"))).toBe(true);
    expect(await decode(caseOf("zstd several frames (ZA-01)"))).toBe(true);
    expect(await decode(caseOf("blosc zstd shuffle uint16"))).toBe(true);
  });

  test("without either, the message names the codec", async () => {
    vi.doMock("zstddec", () => {
      throw new Error("404");
    });
    refuseEval();
    const decode = await freshDecoder();
    await expect(decode(caseOf("zstd 9 checksum True"))).rejects.toMatchObject({
      name: "UnsupportedCodecError",
      message: expect.stringContaining("zstd"),
    });
  });
});
