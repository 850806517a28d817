import { describe, expect, it } from "vitest";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { imageInWords, levelBytes, levelStorage } from "./image-words.ts";
import { pythonSnippet, s3AddressOf } from "./source-snippets.ts";

function firstLevel(image: ImageModel) {
  const [level] = image.levels;
  if (level === undefined) throw new Error("The fake image has no level.");
  return level;
}

describe("an image in words", () => {
  it("counts what it has, and says how large a pixel is", () => {
    expect(imageInWords(fakeImage())).toBe(
      "236 planes × 2 channels of 271 × 275 px, 0.36 µm/px, uint16",
    );
  });

  it("tells oblong pixels, and invents no unit", () => {
    const image = fakeImage();
    const level = firstLevel(image);
    const scale = [1, 0.5, 0.36, 0.24];
    const oblong = { ...level, worldFromIndex: { scale, translation: [0, 0, 0, 0] } };
    expect(imageInWords({ ...image, levels: [oblong] })).toContain("0.24 × 0.36 µm/px");
    const axes = image.axes.axes.map((axis) => ({ ...axis, unit: undefined }));
    expect(imageInWords({ ...image, axes: { ...image.axes, axes } })).toBe(
      "236 planes × 2 channels of 271 × 275 px, uint16",
    );
  });
});

describe("a level", () => {
  it("has the bytes of its elements", () => {
    expect(levelBytes(firstLevel(fakeImage()))).toBe(2 * 236 * 275 * 271 * 2);
  });

  it("of an uneven grid says how long chunks are at most", () => {
    const level = firstLevel(fakeImage());
    const axes = [1, 1, [0, 100, 275], 271];
    const array = { ...level.array, chunkGrid: { kind: "rectilinear" as const, axes } };
    const chunk = levelStorage({ ...level, array }).chunk;
    expect(chunk).toBe("uneven, up to 1 × 1 × 175 × 271");
  });

  it("names the part that is shown, where there is a choice", () => {
    const image = fakeImage();
    const level = firstLevel(image);
    const item = {
      name: "complex64",
      kind: "complex" as const,
      lanes: { dataType: "float32" as const, count: 2 },
      fill: [0, 0],
      numpyType: "<c8",
      fields: [],
      view: { kind: "complex" as const, part: "phase" as const },
    };
    const array = { ...level.array, item };
    const words = imageInWords({ ...image, levels: [{ ...level, array }] });
    expect(words).toContain("complex64, phase");
    expect(levelBytes({ ...level, array })).toBe(8 * 236 * 275 * 271 * 2);
  });

  it("names chunk, shard and codecs", () => {
    const level = firstLevel(fakeImage());
    expect(levelStorage(level)).toEqual({
      chunk: "1 × 1 × 256 × 256",
      shard: undefined,
      codecs: "little-endian",
    });
    const blosc = { name: "blosc", configuration: { cname: "zstd", shuffle: "shuffle" } };
    const configuration = {
      chunk_shape: [1, 1, 64, 64],
      codecs: [{ name: "bytes", configuration: { endian: "little" } }, blosc, { name: "crc32c" }],
      index_codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    };
    const arrayToBytes = { name: "sharding_indexed", configuration };
    const codecs = { arrayToArray: [], arrayToBytes, bytesToBytes: [] };
    expect(levelStorage({ ...level, array: { ...level.array, codecs } })).toEqual({
      chunk: "1 × 1 × 64 × 64",
      shard: "1 × 1 × 256 × 256",
      codecs: "little-endian, blosc (zstd + shuffle), CRC-32C checksum",
    });
  });
});

describe("an address elsewhere", () => {
  it.each([
    ["https://b.s3.amazonaws.com/a/x.zarr", "s3://b/a/x.zarr", undefined],
    ["https://b.s3.eu-west-1.amazonaws.com/a%20b.zarr", "s3://b/a b.zarr", undefined],
    ["https://s3.us-east-1.amazonaws.com/b/x.zarr", "s3://b/x.zarr", undefined],
    [
      "https://uk1s3.embassy.ebi.ac.uk/idr/zarr/x.zarr",
      "s3://idr/zarr/x.zarr",
      "https://uk1s3.embassy.ebi.ac.uk",
    ],
  ])("%s", (source, url, endpoint) => {
    expect(s3AddressOf(source)).toEqual({ url, endpoint });
  });

  it.each([
    "https://example.org/x.zarr",
    "http://127.0.0.1:8000/x.zarr",
    "https://b.s3.amazonaws.com/x.zarr?X-Amz-Signature=1",
    "nonsense",
  ])("%s is none of an object store that could be named", (source) => {
    expect(s3AddressOf(source)).toBeUndefined();
  });

  it("stays one string in Python, whatever it holds", () => {
    const snippet = pythonSnippet('https://h.org/a"\nimport os\\.zarr', "0");
    expect(snippet).toContain(
      String.raw`zarr.open("https://h.org/a\"\nimport os\\.zarr", mode="r")["0"]`,
    );
    expect(snippet.split("\n")).toHaveLength(6);
  });
});
