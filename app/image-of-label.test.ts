import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageOfLabel } from "./image-of-label.ts";

const zarr = "https://host.org/data/image.zarr";

describe("N4-51: the image of labels whose own address was opened", () => {
  it.each([
    ["../../", `${zarr}/labels/nuclei`, zarr, "nuclei"],
    ["../../", `${zarr}/labels/nuclei/`, zarr, "nuclei"],
    ["../..", "https://host.org/labels/nuclei", "https://host.org/", "nuclei"],
    ["../../", `${zarr}/labels/a/b`, zarr, "a/b"],
    ["../../../", `${zarr}/labels/a/b`, zarr, "a/b"],
    [
      "../../../other.zarr/0",
      `${zarr}/labels/nuclei`,
      "https://host.org/data/other.zarr/0",
      "nuclei",
    ],
    [
      "../raw.zarr",
      "https://host.org/data/mask.zarr",
      "https://host.org/data/raw.zarr",
      "mask.zarr",
    ],
    ["../../", `${zarr}/labels/nuclei?token=x`, `${zarr}?token=x`, "nuclei"],
    ["../../", "https://host.org/a%20b/labels/%C3%A4", "https://host.org/a%20b", "ä"],
  ])("%s from %s is %s", (source, label, url, labelName) => {
    expect(imageOfLabel(label, source)).toEqual({ url, labelName });
  });

  it.each([
    ".",
    "../../../../../..",
    "https://evil.example/",
    "//evil.example/x",
    "..\\..",
    "a\u0000",
  ])("%j leads nowhere", (source) => {
    expect(imageOfLabel("https://host.org/m.zarr", source)).toBeUndefined();
  });

  it("never leaves the origin, whatever the metadata say", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "/",
        "//",
        "\\",
        "https:",
        "@",
        "evil.example",
        "%2e%2e",
        "?",
        "#",
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        for (const source of [parts.join(""), parts.join("/")]) {
          const found = imageOfLabel(`${zarr}/labels/nuclei`, source);
          if (found) expect(new URL(found.url).origin).toBe("https://host.org");
          if (found) expect(new URL(found.url).search + new URL(found.url).hash).toBe("");
        }
      }),
    );
  });
});
