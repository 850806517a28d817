import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { decodeChunk } from "./pipeline.ts";

// Written by numcodecs' own test suite: config.json, array.NN.npy and codec.MM/encoded.NN.dat.
const root = join(process.env.ZARRSCOPE_DATA ?? "../shared/data", "suites/numcodecs-golden");

const nameById: ReadonlyMap<string, string> = new Map([
  ["blosc", "blosc"],
  ["zstd", "zstd"],
  ["gzip", "gzip"],
  ["zlib", "numcodecs.zlib"],
  ["lz4", "numcodecs.lz4"],
  ["crc32c", "numcodecs.crc32c"],
]);
const expectedCounts = { blosc: 169, zstd: 130, gzip: 78, zlib: 78, lz4: 91, crc32c: 13 };

describe("numcodecs' golden files decode to their arrays", () => {
  test.each(Object.entries(expectedCounts))("%s: %i files", async (id, expectedCount) => {
    let count = 0;
    for (const codec of readdirSync(join(root, id)).filter((name) => name.startsWith("codec."))) {
      const configuration: JsonObject = JSON.parse(
        readFileSync(join(root, id, codec, "config.json"), "utf8"),
      );
      for (const file of readdirSync(join(root, id, codec))) {
        const number = /^encoded\.(\d+)\.dat$/.exec(file)?.[1];
        if (number === undefined) continue;
        const data = npyData(readFileSync(join(root, id, `array.${number}.npy`)));
        const encoded = new Uint8Array(readFileSync(join(root, id, codec, file)));
        const { elements } = await decodeChunk(
          {
            arrayToArray: [],
            arrayToBytes: { name: "bytes", configuration: {} },
            bytesToBytes: [{ name: nameById.get(id)!, configuration }],
          },
          encoded,
          { shape: [data.length], dataType: "uint8", fillValue: 0 },
        );
        expect(Buffer.compare(elements as Uint8Array, data), `${codec}/${file}`).toBe(0);
        count++;
      }
    }
    console.info(`${id}: ${count} golden files equal`);
    expect(count).toBe(expectedCount);
  });
});

/** The bytes behind the header of a NumPy file, as NumPy stored them (order F included). */
function npyData(file: Buffer): Uint8Array {
  const headerBytes = file[6] === 1 ? file.readUInt16LE(8) + 10 : file.readUInt32LE(8) + 12;
  return file.subarray(headerBytes);
}
