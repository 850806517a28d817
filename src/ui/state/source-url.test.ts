import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseSource, sourceForLink } from "./source-url.ts";

const page = "https://viewer.example/app/index.html?x=1#y";

function urlOf(text: string): string | undefined {
  const result = normaliseSource(text, page);
  return "url" in result ? result.url : undefined;
}

describe("normaliseSource", () => {
  it.each([
    ["https://h.org/a.zarr", "https://h.org/a.zarr"],
    ["  'https://h.org/a.zarr/'\n", "https://h.org/a.zarr"],
    ["“https://h.org/a.zarr”", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/zarr.json", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/.zattrs", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/.zgroup", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/.zmetadata", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/0/.zarray", "https://h.org/a.zarr/0"],
    ["https://h.org/a.zarr//", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/zarr.json?sig=a%2Fb&se=1", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr#frag", "https://h.org/a.zarr"],
    ["HTTP://H.org/a.zarr", "http://h.org/a.zarr"],
    ["h.org/a.zarr", "https://h.org/a.zarr"],
    ["localhost:8000/a.zarr", "http://localhost:8000/a.zarr"],
    ["127.0.0.1:8000/a.zarr", "http://127.0.0.1:8000/a.zarr"],
    ["nas.lan:8080/a.zarr", "https://nas.lan:8080/a.zarr"],
    ["s3://bucket/path/a b+c.zarr/", "https://bucket.s3.amazonaws.com/path/a%20b%2Bc.zarr"],
    ["s3://my.bucket/a.zarr", "https://s3.amazonaws.com/my.bucket/a.zarr"],
    ["gs://bucket/a.zarr", "https://storage.googleapis.com/bucket/a.zarr"],
    ["zarr://https://h.org/a.zarr", "https://h.org/a.zarr"],
    ["https://h.org/a.zarr/|zarr3:", "https://h.org/a.zarr"],
    ["samples/cells.zarr", "https://viewer.example/app/samples/cells.zarr"],
    ["./cells.zarr", "https://viewer.example/app/cells.zarr"],
    ["/zarr/v0.4/image/1.zarr", "https://viewer.example/zarr/v0.4/image/1.zarr"],
    ["https://vizarr.example/?source=https%3A%2F%2Fh.org%2Fa.zarr", "https://h.org/a.zarr"],
    [
      "https://h.org/a.zarr?source=https://other.org/b.zarr",
      "https://h.org/a.zarr?source=https://other.org/b.zarr",
    ],
  ])("reads %j", (text, url) => {
    expect(urlOf(text)).toBe(url);
  });

  it.each([
    "",
    "   ",
    "not a url",
    "hello",
    "javascript:alert(1)",
    "data:text/html,hi",
    "blob:https://h.org/1",
    "ftp://h.org/a.zarr",
    "file:///home/me/a.zarr",
    "/home/me/a.zarr",
    "~/a.zarr",
    "C:\\data\\a.zarr",
    "c:/data/a.zarr",
    "\\\\nas\\a.zarr",
    "//h.org/a.zarr",
    "s3:///a.zarr",
    "https://",
  ])("U01 refuses %j with a sentence and what to do", (text) => {
    const result = normaliseSource(text, page);
    if ("url" in result) throw new Error(`accepted as ${result.url}`);
    expect(result.failure.code).toBe("ZS-URL");
    expect(result.failure.title).toMatch(/\.$/);
    expect(result.failure.action).not.toBe("");
    expect(JSON.stringify(result.failure)).not.toContain("secret");
  });

  it("tells people with a path on their disk how to serve it", () => {
    const result = normaliseSource("C:\\data\\a.zarr", page);
    expect("failure" in result && result.failure.action).toContain("Serve the folder");
  });

  it("never throws, and gives only http(s) addresses that it reads the same again", () => {
    const parts = fc.constantFrom(
      "https://",
      "s3://",
      "h.org",
      "/",
      "..",
      "%2F",
      "%",
      "?",
      "#",
      "@",
      ":",
      "zarr.json",
      " ",
      "\\",
      "é",
      "\ud800",
      "//",
      "a.zarr",
      "javascript:",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(parts).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(text, (given) => {
        const url = urlOf(given);
        if (url === undefined) return;
        expect(url).toMatch(/^https?:\/\//);
        expect(urlOf(url)).toBe(url);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("U02 U03: what lets somebody read", () => {
  it.each([
    ["https://user:secret@h.org/a.zarr/", "Basic"],
    ["h.org/x/a.zarr/zarr.json?sv=1&sig=secret", "sig"],
    ["https://viewer.org/?source=https%3A%2F%2Fh.org%2Fx%2Fa.zarr%3Fsig%3Dsecret", "sig"],
  ])("is taken out of %j and kept apart", (text, kind) => {
    const result = normaliseSource(text, page);
    if (!("url" in result)) throw new Error(result.failure.title);
    expect(result.url).toMatch(/^https:\/\/h\.org\/(x\/)?a\.zarr$/);
    expect(JSON.stringify(result.access)).toContain(kind);
  });

  it("stands in no refusal", () => {
    for (const text of [
      "ftp://user:secret@h.org/a.zarr",
      "two words ?sig=secret",
      "//h.org/a?token=secret",
    ]) {
      const result = normaliseSource(text, page);
      if ("url" in result) throw new Error("accepted");
      expect(JSON.stringify(result.failure)).not.toContain("secret");
    }
  });
});

describe("sourceForLink", () => {
  it("is relative below the page's folder, absolute elsewhere", () => {
    expect(sourceForLink("https://viewer.example/app/samples/a.zarr", page)).toBe("samples/a.zarr");
    expect(sourceForLink("https://viewer.example/other/a.zarr", page)).toBe(
      "https://viewer.example/other/a.zarr",
    );
  });

  it("reads back as the same address, also where a folder looks like a host", () => {
    for (const path of ["foo.bar/a.zarr", "x", "a.zarr?v=1"]) {
      const url = `https://viewer.example/app/${path}`;
      expect(urlOf(sourceForLink(url, page))).toBe(url);
    }
  });
});
