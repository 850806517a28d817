import { describe, expect, test } from "vitest";
import { type MatrixCase, readCodecMatrix } from "../../../e2e/fixtures/codec-matrix.ts";
import { supportDocument } from "../../../e2e/fixtures/support-document.ts";
import { chunkAxes } from "../array/chunk-grid.ts";
import type { ElementArray } from "../array/data-type.ts";
import { parseArrayV2 } from "../array/parse-v2.ts";
import { parseArrayV3 } from "../array/parse-v3.ts";
import { kindOfUnreadCodec } from "../codecs/known-codecs.ts";
import { decodeChunk } from "../codecs/pipeline.ts";
import { unsupportedCodecs } from "../codecs/registry.ts";
import { rootPath } from "../store/node-path.ts";
import { chunkSpecAt } from "./chunk-geometry.ts";

const { cases, refused } = readCodecMatrix();
const codecs = [...new Set(cases.map(({ codec }) => codec))];
const right: MatrixCase[] = [];

describe("every codec and filter, by data type and form, decodes to its writer's values (ZX-01 to ZX-10, Z3-30)", () => {
  test.each(codecs)("%s", async (codec) => {
    for (const each of cases.filter((other) => other.codec === codec)) {
      const label = `${each.dataType} ${each.endian} ${each.form}`;
      const elements = await decodeCase(each);
      const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
      expect(bytes.length, label).toBe(each.expected.length);
      if (each.lossy)
        expect(largestDifference(elements, each.expected), label).toBeLessThanOrEqual(1);
      else expect(Buffer.compare(bytes, each.expected), label).toBe(0);
      right.push(each);
    }
  });

  test("docs/support.md is what was found", async () => {
    expect(right).toHaveLength(cases.length);
    const document = supportDocument(cases, refused, [...kindOfUnreadCodec.keys()]);
    await expect(document).toMatchFileSnapshot("../../../docs/support.md");
  });
});

async function decodeCase({ form, metadata: document, chunk }: MatrixCase): Promise<ElementArray> {
  const source = { path: rootPath };
  const { metadata } =
    form === "v2" ? parseArrayV2(document, {}, source) : parseArrayV3(document, source);
  expect(unsupportedCodecs(metadata.codecs)).toEqual([]);
  const origin = metadata.shape.map(() => 0);
  const spec = chunkSpecAt(metadata, chunkAxes(metadata), origin);
  return (await decodeChunk(metadata.codecs, chunk, spec)).elements;
}

/** Lossy pictures are of at most 32 bits. */
function largestDifference(elements: ElementArray, expected: Uint8Array<ArrayBuffer>): number {
  const { buffer } = expected;
  let largest = 0;
  const compare = (theirs: ArrayLike<number>) => {
    for (let i = 0; i < theirs.length; i++) {
      largest = Math.max(largest, Math.abs(Number(elements[i]) - theirs[i]!));
    }
  };
  if (elements instanceof Uint8Array) compare(expected);
  else if (elements instanceof Uint16Array) compare(new Uint16Array(buffer));
  else if (elements instanceof Int16Array) compare(new Int16Array(buffer));
  else if (elements instanceof Float32Array) compare(new Float32Array(buffer));
  else throw new Error("No lossy picture is of this type.");
  return largest;
}
