import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baseName,
  joinPath,
  nodePath,
  PathError,
  parentPath,
  resolveWithin,
  rootPath,
  segmentsOf,
} from "./node-path.ts";

/** Text that paths break on: separators, escapes, dots and schemes are far more frequent than in plain random text. */
const hostileText = fc
  .array(
    fc.oneof(
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
        "%2e%2e",
        "http:",
      ),
      fc.constantFrom("a", "0", "scale0", " ", "é", "\u0000", "\ud800", "labels", "🔬"),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));

describe("nodePath", () => {
  test.each([
    ["", ""],
    ["/", ""],
    ["0", "0"],
    ["/0/", "0"],
    ["./scale0/image", "scale0/image"],
    ["a//b/./c", "a/b/c"],
    ["con", "con"],
    ["s 0", "s 0"],
    ["a#b", "a#b"],
    ["a?b", "a?b"],
    ["%2F%2Fevil.example", "%2F%2Fevil.example"],
    ["%2e%2e", "%2e%2e"],
    ["...", "..."],
    ["12:30", "12:30"],
  ])("N4-19, Z2-11: reads %j as %j", (text, path) => {
    expect(nodePath(text)).toBe(path);
  });

  test.each([
    ["..", '".."'],
    ["a/../b", '".."'],
    ["../../x", '".."'],
    ["//evil.example/x", "another server"],
    ["http://evil.example/x", "looks like a URL"],
    ["/http:/x", "looks like a URL"],
    ["javascript:alert(1)", "looks like a URL"],
    ["\\\\evil\\x", "backslash"],
    ["a\u0000b", "control character"],
    ["a\nb", "control character"],
    ["a\ud800", "well-formed"],
  ])("M08: refuses %j", (text, reason) => {
    expect(() => nodePath(text)).toThrow(PathError);
    expect(() => nodePath(text)).toThrow(reason);
  });
});

describe("joinPath and resolveWithin", () => {
  const image = nodePath("plate/A/1/0");

  test("a leading slash does not lead to the root", () => {
    expect(joinPath(image, "/s0")).toBe("plate/A/1/0/s0");
    expect(joinPath(rootPath, "0")).toBe("0");
    expect(joinPath(image, "")).toBe(image);
  });

  test("N1-09: source.image goes up, but never out", () => {
    const label = nodePath("image/labels/cells");
    expect(resolveWithin(label, "../../")).toBe("image");
    expect(resolveWithin(label, "../../../")).toBe("");
    expect(() => resolveWithin(label, "../../../../")).toThrow("leads out of the store");
    expect(() => joinPath(label, "../../")).toThrow(PathError);
  });

  test("parents and names", () => {
    expect(parentPath(image)).toBe("plate/A/1");
    expect(parentPath(nodePath("a"))).toBe("");
    expect(parentPath(rootPath)).toBeUndefined();
    expect(baseName(image)).toBe("0");
    expect(baseName(rootPath)).toBe("");
    expect(segmentsOf(rootPath)).toEqual([]);
  });

  test("whatever metadata say, the result lies below the base, or in the store at least", () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, mayGoUp) => {
        let path: string;
        try {
          path = mayGoUp ? resolveWithin(image, text) : joinPath(image, text);
        } catch (error) {
          expect(error).toBeInstanceOf(PathError);
          return;
        }
        if (!mayGoUp) expect(path === image || path.startsWith(`${image}/`)).toBe(true);
        const segments = path === "" ? [] : path.split("/");
        for (const segment of segments) expect(["", ".", ".."]).not.toContain(segment);
        expect(nodePathOrSame(path)).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });
});

/** A path that was accepted is its own normal form, but for names that only begin a path badly ("a:b" below a base). */
function nodePathOrSame(path: string): string {
  try {
    return nodePath(path);
  } catch {
    return path;
  }
}
