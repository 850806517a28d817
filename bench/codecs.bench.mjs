// Decoded megabytes per second of our default decoders and of numcodecs, on one seeded 512² uint16 picture in Node.
// src/zarr/codecs/decoder-choice.ts is chosen by these figures.
//
//   node bench/codecs.bench.mjs [part of a name]

import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const outDir = `${root}node_modules/.cache/codec-bench/`;
const codecs = `${root}src/zarr/codecs/`;
await build({
  configFile: false,
  logLevel: "error",
  cacheDir: tmpdir(),
  build: {
    ssr: true,
    outDir,
    minify: true,
    rollupOptions: {
      input: { pipeline: `${codecs}pipeline.ts`, chain: `${codecs}parse-chain.ts` },
      output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
    },
  },
});
const { decodeChunk } = await import(`${outDir}pipeline.mjs`);
const { parseCodecChain } = await import(`${outDir}chain.mjs`);

const numcodecs = {};
for (const id of ["blosc", "gzip", "lz4", "zlib", "zstd"]) {
  numcodecs[id] = (await import(`numcodecs/${id}`)).default.fromConfig({ id, level: 3 });
}

const picture = paint(512);
const cases = [
  ["blosc-lz4 shuffle u16", "blosc", picture, await bloscChunk(picture, 2, "lz4")],
  ["blosc-lz4 shuffle u32", "blosc", labels(picture), await bloscChunk(labels(picture), 4, "lz4")],
  ["blosc-zstd shuffle u16", "blosc", picture, await bloscChunk(picture, 2, "zstd")],
  ["blosc-zlib shuffle u16", "blosc", picture, await bloscChunk(picture, 2, "zlib")],
  ["lz4 u16", "lz4", picture, await numcodecs.lz4.encode(bytesOf(picture))],
  ["zstd u16", "zstd", picture, await numcodecs.zstd.encode(bytesOf(picture))],
  ["gzip u16", "gzip", picture, await numcodecs.gzip.encode(bytesOf(picture))],
  ["zlib u16", "zlib", picture, await numcodecs.zlib.encode(bytesOf(picture))],
];
const names = {
  blosc: "blosc",
  gzip: "gzip",
  lz4: "numcodecs.lz4",
  zlib: "numcodecs.zlib",
  zstd: "zstd",
};

console.log("MB/s, best of 1 s (median)      ours             numcodecs");
for (const [name, id, pixels, encoded] of cases) {
  if (!name.includes(process.argv[2] ?? "")) continue;
  const raw = bytesOf(pixels);
  const chain = parseCodecChain(["bytes", names[id]], "codecs");
  const spec = { shape: [raw.length], dataType: "uint8", fillValue: 0 };
  const ours = async () => (await decodeChunk(chain, encoded, spec)).elements;
  const theirs = () => numcodecs[id].decode(encoded);
  for (const decode of [ours, theirs]) {
    if (Buffer.compare(await decode(), raw) !== 0) throw new Error(`${name} decodes wrongly`);
  }
  console.log(name.padEnd(26), await speed(ours, raw.length), await speed(theirs, raw.length));
}

async function speed(decode, bytes) {
  const times = [];
  for (let i = 0; i < 10; i++) await decode();
  for (const start = performance.now(); performance.now() - start < 1000; ) {
    const begin = performance.now();
    await decode();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  const rate = (milliseconds) => (bytes / milliseconds / 1000).toFixed(0).padStart(6);
  return `${rate(times[0])} (${rate(times[times.length >> 1])})`.padStart(18);
}

/** Blurred spots on a noisy ground, as a camera sees cells. */
function paint(size) {
  const random = mulberry(20261122);
  const mean = new Float64Array(size * size).fill(120);
  for (let spot = 0; spot < 60; spot++) {
    const [cy, cx, r, a] = [random() * size, random() * size, 5 + 20 * random(), 3000 * random()];
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        mean[y * size + x] += a * Math.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * r * r));
      }
    }
  }
  return Uint16Array.from(mean, (value) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(value + Math.sqrt(value) * normal));
  });
}

function labels(pixels) {
  return Uint32Array.from(pixels, (value, i) => (value > 400 ? 1 + (i >> 14) : 0));
}

/** As c-blosc writes it: blocks of 256 kB, shuffled; lz4 with one stream per byte of the type. */
async function bloscChunk(pixels, typeBytes, inner) {
  const raw = bytesOf(pixels);
  const blockBytes = 262144;
  const format = { lz4: 1, zlib: 3, zstd: 4 }[inner];
  const splits = inner === "lz4" ? typeBytes : 1;
  const streams = [];
  const starts = [];
  let at = 16 + 4 * (raw.length / blockBytes);
  for (let block = 0; block < raw.length; block += blockBytes) {
    starts.push(at);
    const shuffled = shuffle(raw.subarray(block, block + blockBytes), typeBytes);
    const length = blockBytes / splits;
    for (let split = 0; split < splits; split++) {
      const plain = shuffled.subarray(split * length, (split + 1) * length);
      const packed = await numcodecs[inner].encode(plain);
      const body = inner === "lz4" ? packed.subarray(4) : packed;
      const stream = body.length < length ? body : plain;
      streams.push(stream);
      at += 4 + stream.length;
    }
  }
  const chunk = new Uint8Array(at);
  const view = new DataView(chunk.buffer);
  chunk.set([2, 1, 1 | (splits === 1 ? 16 : 0) | (format << 5), typeBytes]);
  for (const [i, word] of [raw.length, blockBytes, at, ...starts].entries()) {
    view.setUint32(4 + 4 * i, word, true);
  }
  let s = starts[0];
  for (const stream of streams) {
    view.setUint32(s, stream.length, true);
    chunk.set(stream, s + 4);
    s += 4 + stream.length;
  }
  return chunk;
}

function shuffle(bytes, typeBytes) {
  const items = bytes.length / typeBytes;
  return bytes.map((_, i) => bytes[(i % items) * typeBytes + Math.floor(i / items)]);
}

function bytesOf(pixels) {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}

function mulberry(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
