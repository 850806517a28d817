import { seeded } from "../e2e/fuzz/damaged.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Encoder = { encode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array> };

/** numcodecs' codecs, which write what is measured. */
export type Encoders = Readonly<Record<"gzip" | "lz4" | "zlib" | "zstd", Encoder>>;

type Inner = "lz4" | "zlib" | "zstd";
type Shuffle = "bytes" | "bits";

/** A chunk to decode: `id` is numcodecs' and zarrita's name of the codec. */
export type PictureChunk = {
  readonly name: string;
  readonly id: "blosc" | "gzip" | "lz4" | "zlib" | "zstd";
  readonly raw: Bytes;
  readonly encoded: Bytes;
};

/** One seeded picture of 512², 16 bits, as a camera sees cells, and labels of it in 32 bits; by each compressor. */
export async function pictureChunks(codecs: Encoders): Promise<PictureChunk[]> {
  const picture = paint(512);
  const cells = labels(picture);
  const raw = bytesOf(picture);
  const plain = async (id: keyof Encoders): Promise<PictureChunk> => ({
    name: `${id} u16`,
    id,
    raw,
    encoded: new Uint8Array(await codecs[id].encode(raw)),
  });
  const blosc = async (
    inner: Inner,
    pixels: typeof picture | typeof cells,
    by: Shuffle = "bytes",
  ) => ({
    name: `blosc-${inner} ${by === "bits" ? "bitshuffle" : "shuffle"} u${8 * pixels.BYTES_PER_ELEMENT}`,
    id: "blosc" as const,
    raw: bytesOf(pixels),
    encoded: await bloscChunk(codecs, pixels, inner, by),
  });
  return [
    await blosc("lz4", picture),
    await blosc("lz4", cells),
    await blosc("lz4", picture, "bits"),
    await blosc("zstd", picture),
    await blosc("zlib", picture),
    await plain("lz4"),
    await plain("zstd"),
    await plain("gzip"),
    await plain("zlib"),
  ];
}

/** Blurred spots on a noisy ground, as a camera sees cells. */
function paint(size: number): Uint16Array<ArrayBuffer> {
  const random = seeded(20261122);
  const mean = new Float64Array(size * size).fill(120);
  for (let spot = 0; spot < 60; spot++) {
    const [cy, cx] = [random() * size, random() * size];
    const [r, a] = [5 + 20 * random(), 3000 * random()];
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        mean[y * size + x]! += a * Math.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * r * r));
      }
    }
  }
  return Uint16Array.from(mean, (value) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(value + Math.sqrt(value) * normal));
  });
}

function labels(pixels: Uint16Array): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(pixels, (value, i) => (value > 400 ? 1 + (i >> 14) : 0));
}

/** As c-blosc writes it: blocks of 256 kB, shuffled; lz4 with one stream per byte of the type. */
async function bloscChunk(
  { lz4, zlib, zstd }: Encoders,
  pixels: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  inner: Inner,
  by: Shuffle,
): Promise<Bytes> {
  const typeBytes = pixels.BYTES_PER_ELEMENT;
  const raw = bytesOf(pixels);
  const blockBytes = 262144;
  const format = { lz4: 1, zlib: 3, zstd: 4 }[inner];
  const splits = inner === "lz4" ? typeBytes : 1;
  const streams: Bytes[] = [];
  const starts: number[] = [];
  let at = 16 + 4 * (raw.length / blockBytes);
  for (let block = 0; block < raw.length; block += blockBytes) {
    starts.push(at);
    const plainBlock = raw.subarray(block, block + blockBytes);
    const bytes = shuffle(plainBlock, typeBytes);
    const shuffled = by === "bits" ? shuffleBits(bytes, typeBytes) : bytes;
    const length = blockBytes / splits;
    for (let split = 0; split < splits; split++) {
      const plain = shuffled.subarray(split * length, (split + 1) * length);
      const packed = new Uint8Array(await { lz4, zlib, zstd }[inner].encode(plain));
      const body = inner === "lz4" ? packed.subarray(4) : packed;
      const stream = body.length < length ? body : plain;
      streams.push(stream);
      at += 4 + stream.length;
    }
  }
  const chunk = new Uint8Array(at);
  const view = new DataView(chunk.buffer);
  const flag = by === "bits" ? 4 : 1;
  chunk.set([2, 1, flag | (splits === 1 ? 16 : 0) | (format << 5), typeBytes]);
  for (const [i, word] of [raw.length, blockBytes, at, ...starts].entries()) {
    view.setUint32(4 + 4 * i, word, true);
  }
  let s = starts[0]!;
  for (const stream of streams) {
    view.setUint32(s, stream.length, true);
    chunk.set(stream, s + 4);
    s += 4 + stream.length;
  }
  return chunk;
}

function shuffle(bytes: Bytes, typeBytes: number): Bytes {
  const items = bytes.length / typeBytes;
  return bytes.map((_, i) => bytes[(i % items) * typeBytes + Math.floor(i / items)]!);
}

/** Of bytes that are shuffled already: row 8·b + k has bit k of byte b of all items. */
function shuffleBits(bytes: Bytes, typeBytes: number): Bytes {
  const row = bytes.length / typeBytes / 8;
  return bytes.map((_, i) => {
    const plane = Math.floor(i / (8 * row)) * 8 * row;
    const bit = Math.floor((i - plane) / row);
    let out = 0;
    for (let k = 0; k < 8; k++) out |= ((bytes[plane + 8 * (i % row) + k]! >> bit) & 1) << k;
    return out;
  });
}

function bytesOf(pixels: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Bytes {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}
