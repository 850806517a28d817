import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeBlosc } from "./blosc.mjs";

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

/** CRC-32C (Castagnoli), of the Zarr v3 codec `crc32c`. */
export function crc32c(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

export async function writeJson(path, value) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, null, 1)}\n`);
}

const littleEndian = { name: "bytes", configuration: { endian: "little" } };
/** A blosc-zstd codec's metadata for elements of so many bytes. */
function bloscCodec(itemBytes) {
  return {
    name: "blosc",
    configuration: {
      typesize: itemBytes,
      cname: "zstd",
      clevel: 7,
      shuffle: itemBytes === 1 ? "noshuffle" : "shuffle",
      blocksize: 0,
    },
  };
}

function arrayMetadata({ shape, dataType, dimensionNames, fill = 0 }, gridShape, codecs) {
  return {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dataType,
    chunk_grid: { name: "regular", configuration: { chunk_shape: gridShape } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: fill,
    codecs,
    dimension_names: dimensionNames,
  };
}

/** Zarr v3 metadata of a sharded array with blosc-zstd inner chunks. */
export function shardedArray({ chunk, shard, itemBytes, ...array }) {
  const configuration = {
    chunk_shape: chunk,
    codecs: [littleEndian, bloscCodec(itemBytes)],
    index_codecs: [littleEndian, { name: "crc32c" }],
    index_location: "end",
  };
  return arrayMetadata(array, shard, [{ name: "sharding_indexed", configuration }]);
}

/** Zarr v3 metadata of an array with one object per chunk: blosc-zstd, with a checksum around it if wanted. */
export function plainArray({ chunk, itemBytes, checksum = false, ...array }) {
  const sum = checksum ? [{ name: "crc32c" }] : [];
  return arrayMetadata(array, chunk, [littleEndian, bloscCodec(itemBytes), ...sum]);
}

/** Writes one shard from its inner chunks in C order; `undefined` is a chunk that does not exist. Damaged: the index contradicts its checksum. */
export async function writeShard(path, chunks, { isDamaged = false } = {}) {
  const parts = [];
  const index = new DataView(new ArrayBuffer(chunks.length * 16));
  let offset = 0;
  for (const [i, chunk] of chunks.entries()) {
    if (chunk === undefined) {
      index.setBigUint64(i * 16, 2n ** 64n - 1n, true);
      index.setBigUint64(i * 16 + 8, 2n ** 64n - 1n, true);
      continue;
    }
    const encoded = await encodeBlosc(chunk);
    index.setBigUint64(i * 16, BigInt(offset), true);
    index.setBigUint64(i * 16 + 8, BigInt(encoded.byteLength), true);
    parts.push(encoded);
    offset += encoded.byteLength;
  }
  const closed = withChecksum(Buffer.from(index.buffer));
  if (isDamaged) closed[closed.length - 1] ^= 0xff;
  await writeBytes(path, Buffer.concat([...parts, closed]));
}

/** The bytes, and behind them their CRC-32C. */
export function withChecksum(bytes) {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32c(bytes));
  return Buffer.concat([bytes, checksum]);
}

export async function writeBytes(path, bytes) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

export function spatialAxes(names) {
  return names.map((name) => ({ name, type: "space", unit: "micrometer" }));
}

/** Metadata of an OME-NGFF 0.5 image group. */
export async function writeImageGroup(root, { name, axes, datasets, omero }) {
  await writeJson(join(root, "zarr.json"), {
    zarr_format: 3,
    node_type: "group",
    attributes: { ome: { version: "0.5", multiscales: [{ name, axes, datasets }], omero } },
  });
}

/** Halves a plane in both directions by averaging 2 × 2 pixels. Both sides are even. */
export function halvePlane(plane, height, width) {
  const half = new plane.constructor((height / 2) * (width / 2));
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const i = y * width + x;
      half[(y / 2) * (width / 2) + x / 2] =
        (plane[i] + plane[i + 1] + plane[i + width] + plane[i + width + 1] + 2) / 4;
    }
  }
  return half;
}

/** A part of a plane, as an array of its own. */
export function cutPlane(plane, width, { y, x, height: rows, width: columns }) {
  const part = new plane.constructor(rows * columns);
  for (let row = 0; row < rows; row++) {
    const start = (y + row) * width + x;
    part.set(plane.subarray(start, start + columns), row * columns);
  }
  return part;
}
