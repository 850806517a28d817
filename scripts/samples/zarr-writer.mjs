import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import Blosc from "numcodecs/blosc";

const compressor = new Blosc(5, "zstd", Blosc.SHUFFLE);

/** CRC-32C (Castagnoli), bit by bit: shard indexes are short. */
function crc32c(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export async function writeJson(path, value) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, null, 1)}\n`);
}

/** Zarr v3 metadata of a sharded array with blosc-zstd inner chunks. */
export function shardedArray({ shape, chunk, shard, dataType, itemBytes, dimensionNames }) {
  const codecs = [
    { name: "bytes", configuration: { endian: "little" } },
    {
      name: "blosc",
      configuration: {
        typesize: itemBytes,
        cname: "zstd",
        clevel: 5,
        shuffle: "shuffle",
        blocksize: 0,
      },
    },
  ];
  const indexCodecs = [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }];
  const configuration = {
    chunk_shape: chunk,
    codecs,
    index_codecs: indexCodecs,
    index_location: "end",
  };
  return {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dataType,
    chunk_grid: { name: "regular", configuration: { chunk_shape: shard } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 0,
    codecs: [{ name: "sharding_indexed", configuration }],
    dimension_names: dimensionNames,
  };
}

/** Writes one shard from its inner chunks in C order; `undefined` is a chunk that does not exist. */
export async function writeShard(path, chunks) {
  const parts = [];
  const index = new DataView(new ArrayBuffer(chunks.length * 16));
  let offset = 0;
  for (const [i, chunk] of chunks.entries()) {
    if (chunk === undefined) {
      index.setBigUint64(i * 16, 2n ** 64n - 1n, true);
      index.setBigUint64(i * 16 + 8, 2n ** 64n - 1n, true);
      continue;
    }
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const encoded = await compressor.encode(bytes);
    index.setBigUint64(i * 16, BigInt(offset), true);
    index.setBigUint64(i * 16 + 8, BigInt(encoded.byteLength), true);
    parts.push(Buffer.from(encoded));
    offset += encoded.byteLength;
  }
  const indexBytes = Buffer.from(index.buffer);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32c(indexBytes));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.concat([...parts, indexBytes, checksum]));
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
        (plane[i] + plane[i + 1] + plane[i + width] + plane[i + width + 1]) / 4;
    }
  }
  return half;
}
