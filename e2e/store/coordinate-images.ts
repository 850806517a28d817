import type { VirtualImage, VirtualLevel } from "./virtual-image.ts";

/** Levels that halve y and x, as many as asked for; the axes before them stay as they are. */
function halvings(rank: number, count: number): VirtualLevel[] {
  return Array.from({ length: count }, (_, k) => ({
    factors: Array.from({ length: rank }, (_, d) => (d >= rank - 2 ? 2 ** k : 1)),
  }));
}

const small: VirtualImage = {
  format: "v2",
  axes: "tczyx",
  shape: [2, 3, 4, 700, 900],
  chunks: [1, 1, 1, 128, 128],
  levels: halvings(5, 4),
  scale: [1, 1, 2, 0.5, 0.5],
  units: { z: "micrometer", y: "micrometer", x: "micrometer" },
  dataType: "uint16",
  codec: "blosc-lz4",
  omero: true,
};
const small3: VirtualImage = { ...small, format: "v3" };
const sharded: VirtualImage = { ...small3, shards: [1, 1, 1, 512, 512], checksum: true };

/** The images of the end-to-end tests by name. Each has a whole-number oracle in `virtualValue`. */
export const coordinateImages = {
  "v2-dot": small,
  "v2-slash": { ...small, keySeparator: "/", codec: "blosc-zstd" },
  "v2-hash": { ...small, pattern: "hash" },
  v3: { ...small3, codec: "zstd" },
  "v3-shard-end": { ...sharded, codec: "zstd" },
  "v3-shard-start": { ...sharded, indexLocation: "start" },
  "v3-gzip-hash": { ...small3, codec: "gzip", pattern: "hash" },
  int16: { ...small3, dataType: "int16", omero: omeroWindow(3, -2000, 2000) },
  float32: { ...small3, dataType: "float32", omero: omeroWindow(3, -250, 250) },
  "big-endian": { ...small, endian: "big", codec: "zlib" },
  uint8: { ...small3, dataType: "uint8" },
  uint64: { ...small3, dataType: "uint64", omero: omeroWindow(3, 0, 4000 * 2 ** 45) },
  /** Read chunks in a checkerboard were never written, at the two finest levels only. */
  holes: {
    ...small3,
    fillValue: 1000,
    missing: ({ level, coords }) => level < 2 && (coords[3]! + coords[4]!) % 2 === 1,
  },
  /** Three levels, 4× apart. */
  "pyramid-4x": {
    ...small3,
    shape: [1, 2, 1, 2048, 2560],
    levels: [1, 4, 16].map((factor) => ({ factors: [1, 1, 1, factor, factor] })),
  },
  /** Pixels twice as high as wide, z downsampled along with the rest, levels that stick out beyond level 0. */
  anisotropic: {
    ...small3,
    shape: [1, 2, 8, 501, 1003],
    scale: [1, 1, 3, 1, 0.5],
    levels: [
      { factors: [1, 1, 1, 1, 1] },
      { factors: [1, 1, 1, 1, 2] },
      { factors: [1, 1, 2, 2, 4] },
      { factors: [1, 1, 4, 4, 8] },
    ],
  },
  /** Colours so dim that all twelve together do not reach white: every channel counts. */
  "twelve-channels": {
    ...small,
    shape: [1, 12, 1, 700, 900],
    omero: omeroWindow(12, 0, 4000, ["320505", "053205", "050532"]),
  },
  /** Channels before space in the order x, y, z, as WEBKNOSSOS writes it. */
  cxyz: {
    ...small3,
    axes: "cxyz",
    shape: [2, 300, 260, 6],
    chunks: [1, 64, 64, 2],
    scale: [1, 0.5, 0.5, 2],
    levels: [{ factors: [1, 1, 1, 1] }, { factors: [1, 2, 2, 1] }],
  },
  /** A photograph: interleaved bytes, and nothing that says so. */
  yxc: {
    format: "v2",
    axes: "yxc",
    shape: [200, 280, 3],
    chunks: [64, 64, 3],
    dataType: "uint8",
    codec: "zlib",
  },
  /** Time, z and the plane are all downsampled, by 3, 2 and 1.5. */
  "uneven-pyramid": {
    ...small3,
    axes: "tczyx",
    shape: [9, 2, 40, 300, 360],
    chunks: [1, 1, 1, 64, 64],
    levels: [
      { factors: [1, 1, 1, 1, 1] },
      { factors: [3, 1, 1, 1.5, 1.5] },
      { factors: [9, 1, 2, 3, 3] },
    ],
  },
  /** OME-NGFF 0.1: no axes, no transformations. */
  "ngff-01": {
    format: "v2",
    ome: "0.1",
    axes: "tczyx",
    shape: [2, 2, 4, 300, 420],
    chunks: [1, 1, 1, 128, 128],
    levels: [{ factors: [1, 1, 1, 1, 1] }, { factors: [1, 1, 1, 3, 3] }],
    dataType: "uint16",
    codec: "blosc-lz4",
    omero: true,
  },
  /** One dimension. */
  strip: { format: "v3", ome: "none", axes: "x", shape: [600], chunks: [128], dataType: "uint16" },
  /** 921600 × 380928 pixels, ten levels: about 2 TB if it were stored. */
  huge: {
    ...small3,
    axes: "cyx",
    shape: [3, 380928, 921600],
    chunks: [1, 512, 512],
    scale: [1, 0.25, 0.25],
    levels: halvings(3, 10),
  },
} as const satisfies Record<string, VirtualImage>;

/** Display limits and colours, all channels visible. */
function omeroWindow(
  count: number,
  start: number,
  end: number,
  colors: readonly string[] = ["FF0000", "00FF00", "0000FF"],
) {
  const channels = Array.from({ length: count }, (_, c) => ({
    label: `channel ${c}`,
    color: colors[c % colors.length]!,
    active: true,
    window: { min: start, start, end, max: end },
  }));
  return { channels };
}

/** The `omero` block of one white channel, shown from 0 to 4000. */
export const whiteChannel = {
  channels: [
    {
      label: "a",
      color: "FFFFFF",
      active: true,
      window: { min: 0, max: 4000, start: 0, end: 4000 },
    },
  ],
};

const benchMosaic = {
  axes: "tczyx",
  shape: [1, 3, 1, 8192, 8192],
  chunks: [1, 1, 1, 512, 512],
  levels: halvings(5, 6),
  scale: [1, 1, 1, 0.5, 0.5],
  units: { y: "micrometer", x: "micrometer" },
  dataType: "uint16",
  codec: "blosc-lz4",
  pattern: "speckle",
  omero: omeroWindow(3, 0, 65535),
} as const;

/** The mosaic of the benchmark: 8192² × 3 channels of uint16 in 512² chunks, six levels, compressing about 2:1. */
export const benchMosaics = {
  "mosaic-v2": {
    ...benchMosaic,
    format: "v2",
    keySeparator: "/",
  },
  "mosaic-v3-sharded": {
    ...benchMosaic,
    format: "v3",
    shards: [1, 1, 1, 4096, 4096],
  },
} as const satisfies Record<string, VirtualImage>;

const benchArray = {
  format: "v2",
  dataType: "uint16",
  codec: "blosc-lz4",
  keySeparator: "/",
} as const;

/** Other images of the benchmark. */
export const benchImages = {
  /** Opened first, so that all code is there. */
  "bench-small": {
    ...benchArray,
    axes: "zyx",
    shape: [2, 256, 256],
    chunks: [1, 256, 256],
    omero: omeroWindow(1, 0, 65535),
  },
  /** 300 planes of 1024². */
  "bench-stack": {
    ...benchArray,
    axes: "zyx",
    shape: [300, 1024, 1024],
    chunks: [1, 256, 256],
    pattern: "speckle",
    omero: omeroWindow(1, 0, 65535),
  },
  /** 921600 × 380928 pixels, ten levels. */
  "bench-giant": {
    ...benchArray,
    axes: "cyx",
    shape: [3, 380928, 921600],
    chunks: [1, 512, 512],
    scale: [1, 0.25, 0.25],
    levels: halvings(3, 10),
    omero: omeroWindow(3, 0, 65535),
  },
} as const satisfies Record<string, VirtualImage>;
