import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  keepableSource,
  noRecentSources,
  parseRecentSources,
  withRecentSource,
} from "./recent-sources.ts";

const source = (url: string) => ({ url, name: "n", signed: false });

describe("what of an address is kept (U02, U03)", () => {
  it.each([
    ["https://h.org/a.zarr", "https://h.org/a.zarr", false],
    ["https://h.org/a.zarr?version=3", "https://h.org/a.zarr?version=3", false],
    ["https://h.org/a.zarr?X-Amz-Signature=abc", "https://h.org/a.zarr", true],
    ["https://h.org/a.zarr?sv=2024&sig=SECRET", "https://h.org/a.zarr", true],
    ["https://h.org/a.zarr?unknown=1&v=2", "https://h.org/a.zarr", true],
    [`https://h.org/a.zarr?v=${"s".repeat(41)}`, "https://h.org/a.zarr", true],
    ["https://u:pw@h.org/a.zarr#frag", "https://h.org/a.zarr", false],
  ])("%s", (url, kept, signed) => {
    expect(keepableSource(url, "n")).toEqual({ url: kept, name: "n", signed });
  });

  it("nothing of what is not on the web, or endless", () => {
    expect(keepableSource("file:///x.zarr", "n")).toBeUndefined();
    expect(keepableSource("javascript:alert(1)", "n")).toBeUndefined();
    expect(keepableSource("nonsense", "n")).toBeUndefined();
    expect(keepableSource(`https://h.org/${"a".repeat(3000)}`, "n")).toBeUndefined();
  });
});

describe("the list", () => {
  it("has the latest first, each once, eight at most", () => {
    let recent = noRecentSources;
    for (let i = 0; i < 12; i++) recent = withRecentSource(recent, source(`https://h.org/${i}`));
    recent = withRecentSource(recent, source("https://h.org/9"));
    const urls = recent.sources.map(({ url }) => url.split("/").at(-1));
    expect(urls).toEqual(["9", "11", "10", "8", "7", "6", "5", "4"]);
  });

  it("stays empty when nothing is to be remembered", () => {
    const off = { remember: false, sources: [] };
    expect(withRecentSource(off, source("https://h.org/a"))).toBe(off);
  });

  it("is read back as it was kept, and strips what an older version or someone else put there", () => {
    const recent = withRecentSource(noRecentSources, source("https://h.org/a.zarr"));
    expect(parseRecentSources(JSON.parse(JSON.stringify(recent)))).toEqual(recent);
    const foreign = { sources: [{ url: "https://h.org/a?sig=x", name: "n" }, null, { url: 3 }] };
    expect(parseRecentSources(foreign).sources).toEqual([
      { url: "https://h.org/a", name: "n", signed: true },
    ]);
    expect(parseRecentSources({ remember: false, sources: [source("https://h.org/a")] })).toEqual({
      remember: false,
      sources: [],
    });
  });

  it("survives whatever is in the storage", () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        expect(parseRecentSources(kept).sources.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
