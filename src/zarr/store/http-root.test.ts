import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseHttpRoot, StoreUrlError, urlBelow, urlForPeople } from "./http-root.ts";
import { joinPath, nodePath, PathError, resolveWithin, rootPath } from "./node-path.ts";

describe("parseHttpRoot", () => {
  test("ZH-06: keeps the query apart, drops the fragment, ends the root in a slash", () => {
    expect(parseHttpRoot("  https://h.example/b/i.zarr/?sig=a%2Bb%3D#x ")).toEqual({
      kind: "http",
      root: "https://h.example/b/i.zarr/",
      search: "?sig=a%2Bb%3D",
    });
    expect(parseHttpRoot("http://h.example?")).toEqual({
      kind: "http",
      root: "http://h.example/",
      search: "",
    });
  });

  test("ZH-07: escapes that were given are not encoded again", () => {
    const spec = parseHttpRoot("https://h.example/my%20data/caf%C3%A9 1.zarr");
    expect(spec.root).toBe("https://h.example/my%20data/caf%C3%A9%201.zarr/");
  });

  test("a relative URL needs a base", () => {
    expect(parseHttpRoot("samples/a", "https://h.example/app/").root).toBe(
      "https://h.example/app/samples/a/",
    );
  });

  test.each([
    ["not a url", "not-a-url", "web address"],
    ["", "not-a-url", "web address"],
    ["file:///tmp/x.zarr", "scheme", '"file:"'],
    ["s3://bucket/x.zarr", "scheme", '"s3:"'],
    ["javascript:alert(1)", "scheme", '"javascript:"'],
    ["https://user:secret@h.example/x", "user-info", "h.example"],
  ])("refuses %j", (text, reason, words) => {
    let caught: unknown;
    try {
      parseHttpRoot(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StoreUrlError);
    expect(caught).toMatchObject({ reason, message: expect.stringContaining(words) });
    expect(String(caught)).not.toContain("secret");
  });
});

describe("urlBelow", () => {
  const spec = parseHttpRoot("https://h.example/b/i.zarr?sig=S");

  test.each([
    ["0/.zarray", "0/.zarray"],
    ["0/c/0/1", "0/c/0/1"],
    ["%2F%2Fevil.example/x", "%252F%252Fevil.example/x"],
    ["%2e%2e/x", "%252e%252e/x"],
    ["a#b?c d", "a%23b%3Fc%20d"],
    ["it's (1)!*", "it%27s%20%281%29%21%2A"],
    ["é", "%C3%A9"],
    ["12:30+x", "12%3A30%2Bx"],
    ["...", "..."],
  ])("encodes each segment of %j once", (text, encoded) => {
    expect(urlBelow(spec, nodePath(text))).toBe(`https://h.example/b/i.zarr/${encoded}?sig=S`);
  });

  test("M08: no URL ever leaves the root or the origin", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "%",
        ".",
        "/",
        "\\",
        ":",
        "#",
        "?",
        "..",
        "//",
        "@",
        "%2F",
        "%2e",
        "http:",
        "&",
        ";",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.string({ maxLength: 3 }),
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    const base = nodePath("image/labels");
    fc.assert(
      fc.property(text, fc.constantFrom("node", "join", "resolve"), (hostile, way) => {
        let url: URL;
        let depth: number;
        try {
          const path =
            way === "node"
              ? nodePath(hostile)
              : way === "join"
                ? joinPath(base, hostile)
                : resolveWithin(base, hostile);
          url = new URL(urlBelow(spec, path));
          depth = path === "" ? 1 : path.split("/").length;
        } catch (error) {
          expect(error).toBeInstanceOf(PathError);
          return;
        }
        expect(url.origin).toBe("https://h.example");
        expect(url.pathname.startsWith("/b/i.zarr/")).toBe(true);
        expect(url.search).toBe("?sig=S");
        expect(url.hash).toBe("");
        // A server that decodes escapes segment by segment sees as many segments as the path has.
        expect(url.pathname.slice("/b/i.zarr/".length).split("/")).toHaveLength(depth);
        for (const segment of url.pathname.split("/")) {
          expect([".", ".."]).not.toContain(decodeURIComponent(segment));
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("what people see holds no secret", () => {
    expect(urlForPeople(urlBelow(spec, rootPath))).toBe("https://h.example/b/i.zarr/");
    expect(urlForPeople("https://u:p@h.example/a?token=1#f")).toBe("https://h.example/a");
  });
});
