import { describe, expect, it } from "vitest";
import { type FramePolicy, isTrusted, refusedInFrame } from "./frame-policy.ts";

const foreign: FramePolicy = {
  embedder: { isForeign: true, origins: ["https://paper.org"] },
  viewerOrigin: "https://viewer.org",
  allowedOrigins: ["https://lab.org"],
};

const privateSources = [
  "http://127.0.0.1:8000/a.zarr",
  "http://localhost/a.zarr",
  "http://192.168.0.1/a.zarr",
  "http://[::1]/a.zarr",
  "http://nas/a.zarr",
  "http://nas.local/a.zarr",
];

describe("U09: a source of the local network in a page of somebody else", () => {
  it("is not opened", () => {
    for (const source of privateSources) {
      expect(refusedInFrame(source, foreign)?.code, source).toBe("ZS-FRAME");
    }
  });

  it("is opened in the full viewer, in a page of the same site, and in pages of the allow-list", () => {
    const source = "http://192.168.0.1/a.zarr";
    expect(refusedInFrame(source, { ...foreign, embedder: undefined })).toBeUndefined();
    const same = { isForeign: false, origins: ["https://viewer.org"] };
    expect(refusedInFrame(source, { ...foreign, embedder: same })).toBeUndefined();
    const listed = { isForeign: true, origins: ["https://lab.org"] };
    expect(refusedInFrame(source, { ...foreign, embedder: listed })).toBeUndefined();
  });

  it("is not opened if a listed page itself stands in a strange one, or nobody knows where", () => {
    for (const origins of [["https://lab.org", "https://paper.org"], [], ["null"]]) {
      const policy = { ...foreign, embedder: { isForeign: true, origins } };
      expect(refusedInFrame("http://192.168.0.1/a.zarr", policy)).toBeDefined();
    }
  });

  it("is opened if it lies where the viewer lies", () => {
    const local = { ...foreign, viewerOrigin: "http://localhost:8484" };
    expect(refusedInFrame("http://localhost:8484/samples/cells.zarr", local)).toBeUndefined();
    expect(refusedInFrame("http://localhost:8485/a.zarr", local)).toBeDefined();
  });

  it("does not concern public sources", () => {
    expect(refusedInFrame("https://data.org/a.zarr", foreign)).toBeUndefined();
  });
});

describe("E03: who may read what the viewer shows", () => {
  const source = "https://data.org/a.zarr";
  it("is the allow-list and the viewer's own site", () => {
    expect(isTrusted("https://lab.org", source, foreign)).toBe(true);
    expect(isTrusted("https://viewer.org", source, foreign)).toBe(true);
    expect(isTrusted("https://paper.org", source, foreign)).toBe(false);
    expect(isTrusted("null", source, foreign)).toBe(false);
    expect(isTrusted("https://lab.org.evil.org", source, foreign)).toBe(false);
  });
  it("is nobody where the source is private", () => {
    for (const address of privateSources) {
      expect(isTrusted("https://lab.org", address, foreign), address).toBe(false);
    }
  });
});
