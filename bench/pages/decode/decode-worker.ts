import Blosc from "numcodecs/blosc";
import GZip from "numcodecs/gzip";
import LZ4 from "numcodecs/lz4";
import Zlib from "numcodecs/zlib";
import Zstd from "numcodecs/zstd";
import { registry } from "zarrita";
import { parseCodecChain } from "../../../src/zarr/codecs/parse-chain.ts";
import { decodeChunk } from "../../../src/zarr/codecs/pipeline.ts";
import type { JsonObject } from "../../../src/zarr/json.ts";
import { pictureChunks } from "../../decode-chunks.ts";
import type { DecodeLane, DecodeResult } from "../../lane-result.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Decode = (bytes: Bytes) => Promise<Uint8Array> | Uint8Array;

/** Rounds in which all lanes take turns, and how long each has in one. */
const rounds = 9;
const roundMs = 120;

const numcodecs = {
  blosc: Blosc.fromConfig({ id: "blosc" }),
  gzip: GZip.fromConfig({ id: "gzip", level: 5 }),
  lz4: LZ4.fromConfig({ id: "lz4" }),
  zlib: Zlib.fromConfig({ id: "zlib", level: 5 }),
  zstd: Zstd.fromConfig({ id: "zstd", level: 3 }),
};

/** The decoder that zarrita's registry has for a name. */
async function zarritaDecoder(name: string, configuration: JsonObject): Promise<Decode> {
  const entry = await registry.get(name)?.();
  if (entry === undefined) throw new Error(`zarrita has no codec ${name}.`);
  const codec = entry.fromConfig(configuration, {} as never);
  return async (bytes) => (await codec.decode(bytes as never)) as Uint8Array;
}

async function measure(): Promise<DecodeResult[]> {
  const results: DecodeResult[] = [];
  for (const { name, id, raw, encoded } of await pictureChunks(numcodecs)) {
    const v3 = id === "lz4" || id === "zlib" ? `numcodecs.${id}` : id;
    const chain = parseCodecChain(["bytes", v3], "codecs");
    const spec = { shape: [raw.length], dataType: "uint8", fillValue: 0 } as const;
    const lanes: Record<DecodeLane, Decode> = {
      ours: async (bytes) => (await decodeChunk(chain, bytes, spec)).elements as Bytes,
      numcodecs: (bytes) => numcodecs[id].decode(bytes),
      zarrita: await zarritaDecoder(id, { level: 5 }),
    };
    const speeds: Record<DecodeLane, number[]> = { ours: [], numcodecs: [], zarrita: [] };
    for (const lane of ["ours", "numcodecs", "zarrita"] as const) {
      if (!isEqual(await lanes[lane](encoded), raw)) throw new Error(`${lane}: ${name} is wrong.`);
    }
    for (let round = 0; round < rounds; round++) {
      for (const lane of ["ours", "numcodecs", "zarrita"] as const) {
        speeds[lane].push(await megabytesPerSecond(lanes[lane], encoded, raw.length));
      }
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
    results.push({
      name,
      ours: median(speeds.ours),
      numcodecs: median(speeds.numcodecs),
      zarrita: median(speeds.zarrita),
    });
  }
  return results;
}

async function megabytesPerSecond(
  decode: Decode,
  encoded: Bytes,
  decodedBytes: number,
): Promise<number> {
  const start = performance.now();
  let count = 0;
  do {
    await decode(encoded);
    count++;
  } while (performance.now() - start < roundMs);
  return (count * decodedBytes) / (performance.now() - start) / 1000;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

void measure().then((results) => postMessage(results));
