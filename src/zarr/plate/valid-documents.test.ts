import { describe, expect, test } from "vitest";
import { readEverything } from "./testing/read-everything.ts";
import { validDocuments } from "./testing/valid-documents.ts";

/** Images, labels and what is said of the metadata. */
const expected: Readonly<Record<string, readonly [images: number, labels: number, said: string]>> =
  {
    "array v1": [1, 0, "Zarr v1 array"],
    "array v2": [1, 0, "Zarr v2 array"],
    "array v3": [1, 0, "Zarr v3 array"],
    "0.1": [1, 0, "OME-NGFF 0.1"],
    "0.2": [1, 0, "OME-NGFF 0.2"],
    "0.3": [1, 0, "OME-NGFF 0.3"],
    "0.4": [1, 0, "OME-NGFF 0.4"],
    "0.5": [1, 0, "OME-NGFF 0.5"],
    "0.6": [1, 0, "OME-NGFF 0.6"],
    "0.4 consolidated": [1, 0, "OME-NGFF 0.4"],
    "two multiscales": [2, 0, "OME-NGFF 0.4"],
    labels: [1, 1, "OME-NGFF 0.4"],
    plate: [2, 0, "OME-NGFF 0.4"],
    bioformats2raw: [2, 0, "OME-NGFF 0.4"],
    "RFC-8 collection": [2, 0, "OME-NGFF 0.5"],
    scene: [1, 0, "OME-NGFF 0.6 scene"],
  };

describe("M14 every version and kind opens, and says what it is", () => {
  test.each(Object.entries(validDocuments))("%s", async (name, documents) => {
    const { images, labels, failures, problems } = await readEverything(documents);
    expect(failures).toEqual([]);
    // Notes only: that there is more than the image that is shown, that a draft is a draft.
    expect(problems.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect([images.length, labels.length, images[0]?.format]).toEqual(expected[name]);
  });
});
