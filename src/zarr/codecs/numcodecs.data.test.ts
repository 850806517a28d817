import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { type DataType, elementCount, storedItemBytes } from "../array/data-type.ts";
import type { JsonObject } from "../json.ts";
import { type CodecChain, UnsupportedCodecError } from "./codec.ts";
import { codecTable } from "./codec-table.ts";
import { parseNumpyType } from "./filters/numpy-type.ts";
import { decodeObjects, type ObjectItem } from "./objects/decode-objects.ts";
import { decodeChunk } from "./pipeline.ts";
import { unsupportedCodecs } from "./registry.ts";

// Written by numcodecs' own test suite: config.json, array.NN.npy and codec.MM/encoded.NN.dat.
const root = join(process.env.ZARRSCOPE_DATA ?? "../shared/data", "suites/numcodecs-golden");

/** All folders there are; a new one fails here until somebody says what becomes of it. */
const decoded = {
  ...{ adler32: 13, base64: 13, blosc: 169, bz2: 52, crc32: 13, crc32c: 13, gzip: 78, lz4: 91 },
  ...{ lzma: 65, shuffle: 52, zlib: 78, zstd: 130 },
};
const filters = { astype: 4, delta: 5, fixedscaleoffset: 25, packbits: 4, quantize: 25 };
const objects = { categorize: 8, json2: 34, "vlen-array": 16, "vlen-bytes": 4, "vlen-utf8": 4 };
const refused = { msgpack2: 11, pcodec: 110, pickle: 40, zfpy: 32 };

type Golden = {
  readonly name: string;
  readonly configuration: JsonObject;
  readonly encoded: Uint8Array<ArrayBuffer>;
  readonly array: Npy;
};

test("all golden files are accounted for, none is skipped", () => {
  const known = { ...decoded, ...filters, ...objects, ...refused };
  expect(readdirSync(root).sort()).toEqual(Object.keys(known).sort());
  for (const [id, count] of Object.entries(known)) expect([...goldens(id)], id).toHaveLength(count);
});

describe("bytes→bytes codecs: golden files decode to their arrays' bytes", () => {
  test.each(Object.entries(decoded))("%s: %i files", async (id, expectedCount) => {
    let count = 0;
    for (const { name, configuration, encoded, array } of goldens(id)) {
      const { elements } = await decodeChunk(
        {
          arrayToArray: [],
          arrayToBytes: { name: "bytes", configuration: {} },
          bytesToBytes: [{ name: `numcodecs.${id}`, configuration }],
        },
        encoded,
        { shape: [array.data.length], dataType: "uint8", fillValue: 0 },
      );
      expect(Buffer.compare(bytesOf(elements), array.data), name).toBe(0);
      count++;
    }
    console.info(`${id}: ${count} golden files equal`);
    expect(count).toBe(expectedCount);
  });
});

describe("filters of elements: golden files decode to what numcodecs decodes", () => {
  test.each(Object.entries(filters))("%s: %i files", async (id, expectedCount) => {
    let count = 0;
    for (const { name, configuration, encoded, array } of goldens(id)) {
      const { dataType } = parseNumpyType(array.type)!;
      const chain: CodecChain = {
        arrayToArray: [{ name: `numcodecs.${id}`, configuration }],
        arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
        bytesToBytes: [],
      };
      const shape = [array.data.length / storedItemBytes[dataType]];
      const spec = { shape, dataType, fillValue: dataType === "int64" ? 0n : 0 };
      const { elements } = await decodeChunk(chain, encoded, spec);
      const precision = precisionOf(id, configuration);
      if (precision === 0) expect(Buffer.compare(bytesOf(elements), array.data), name).toBe(0);
      else expectNear(elements, array, dataType, precision, name);
      count++;
    }
    console.info(`${id}: ${count} golden files equal`);
    expect(count).toBe(expectedCount);
  });
});

describe("strings and objects", () => {
  test.each(Object.entries(objects))("%s: %i files", (id, expectedCount) => {
    let count = 0;
    for (const { name, configuration, encoded, array } of goldens(id)) {
      const items = decodeObjects(id, encoded, elementCount(array.shape), configuration);
      const shown = items.map(textOf);
      if (id === "vlen-array") expect(shown.slice(0, 3), name).toEqual(["1,2,3", "4", "5,6"]);
      else if (id === "vlen-bytes") expect(shown, name).toEqual(sameAsText(name));
      else expectTexts(items, array, name);
      count++;
    }
    console.info(`${id}: ${count} golden files decode`);
    expect(count).toBe(expectedCount);
  });
});

describe("codecs that are not read are refused by name", () => {
  test.each(Object.entries(refused))("%s: %i files", async (id, expectedCount) => {
    const name = `numcodecs.${id}`;
    expect(codecTable.has(name)).toBe(false);
    let count = 0;
    for (const { configuration, encoded } of goldens(id)) {
      const chain: CodecChain = {
        arrayToArray: [],
        arrayToBytes: { name, configuration },
        bytesToBytes: [],
      };
      expect(unsupportedCodecs(chain)).toEqual([name]);
      const spec = { shape: [1], dataType: "uint8", fillValue: 0 } as const;
      const failure = await decodeChunk(chain, encoded, spec).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UnsupportedCodecError);
      expect(String(failure)).toContain(`"${name}"`);
      count++;
    }
    console.info(`${id}: ${count} golden files refused`);
    expect(count).toBe(expectedCount);
  });
});

function* goldens(id: string): Generator<Golden> {
  const files = readdirSync(join(root, id), { recursive: true, encoding: "utf8" }).sort();
  for (const file of files) {
    const [, folder, number] = /^(.*)codec\.\d+\/encoded\.(\d+)\.dat$/.exec(file) ?? [];
    if (folder === undefined || number === undefined) continue;
    const codec = join(root, id, file, "..");
    yield {
      name: relative(root, join(root, id, file)),
      configuration: JSON.parse(readFileSync(join(codec, "config.json"), "utf8")),
      encoded: new Uint8Array(readFileSync(join(root, id, file))),
      array: readNpy(readFileSync(join(root, id, folder, `array.${number}.npy`))),
    };
  }
}

type Npy = { readonly type: string; readonly shape: number[]; readonly data: Buffer };

/** A NumPy file; its data as NumPy stored them (order F included). */
function readNpy(file: Buffer): Npy {
  const headerBytes = file[6] === 1 ? file.readUInt16LE(8) + 10 : file.readUInt32LE(8) + 12;
  const header = file.subarray(10, headerBytes).toString("latin1");
  const type = /'descr': '([^']*)'/.exec(header)?.[1] ?? "";
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "";
  return {
    type,
    shape: shape
      .split(",")
      .filter((size) => size.trim() !== "")
      .map(Number),
    data: file.subarray(headerBytes),
  };
}

/** Texts of fixed length are stored as code points, filled up with zeros; undefined for pickled objects. */
function textsOf({ type, data, shape }: Npy): string[] | undefined {
  if (type === "<i4")
    return Array.from({ length: data.length / 4 }, (_, i) => String(data.readInt32LE(4 * i)));
  const length = Number(/^<U(\d+)$/.exec(type)?.[1]);
  if (Number.isNaN(length)) return undefined;
  return Array.from({ length: elementCount(shape) }, (_, item) => {
    const points = Array.from({ length }, (_, i) => data.readUInt32LE(4 * (item * length + i)));
    return String.fromCodePoint(...points.filter((point) => point !== 0));
  });
}

function expectTexts(items: readonly ObjectItem[], array: Npy, name: string): void {
  const expected = textsOf(array);
  if (expected) {
    expect(items.map(textOf), name).toEqual(expected);
    return;
  }
  // Pickled objects are not read; they hold every distinct text as it is.
  for (const text of new Set(items.filter((item) => typeof item === "string"))) {
    expect(array.data.includes(text), `${name}: ${text}`).toBe(true);
  }
}

/** numcodecs wrote the same texts by vlen-utf8 as it did, encoded, by vlen-bytes. */
function sameAsText(name: string): string[] {
  const twin = name.replace("vlen-bytes", "vlen-utf8");
  const { encoded, array } = [...goldens("vlen-utf8")].find((golden) => golden.name === twin)!;
  return decodeObjects("vlen-utf8", encoded, elementCount(array.shape), {}).map(textOf);
}

function textOf(item: ObjectItem): string {
  if (item instanceof Uint8Array && item.byteLength < item.buffer.byteLength)
    return new TextDecoder().decode(item);
  if (ArrayBuffer.isView(item)) return item.toString();
  return typeof item === "string" ? item : typeof item === "number" ? String(item) : "";
}

/** Half of what the lossy filter keeps; 0 where nothing is lost. */
function precisionOf(id: string, { scale, digits, encode_dtype }: JsonObject): number {
  if (id === "fixedscaleoffset") return 0.5 / Number(scale) + 1e-9;
  if (id === "quantize") return 10 ** -Number(digits) + 0.1;
  // Numbers near 1000, stored as float32.
  return id === "astype" && encode_dtype === "<f4" ? 1000 * 2 ** -23 : 0;
}

function expectNear(
  elements: ArrayLike<number | bigint>,
  array: Npy,
  dataType: DataType,
  precision: number,
  name: string,
): void {
  expect(dataType).toBe("float64");
  for (let i = 0; i < elements.length; i++) {
    const difference = Math.abs(Number(elements[i]) - array.data.readDoubleLE(8 * i));
    expect(difference, `${name} [${i}]`).toBeLessThanOrEqual(precision);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
