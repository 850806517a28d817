import type { VirtualImage } from "../store/virtual-image.ts";

/** One level of 6 × 4 chunks of 64²; a body is 8 kB, or less where it is packed. */
export const flat: VirtualImage = {
  format: "v3",
  axes: "yx",
  shape: [256, 384],
  chunks: [64, 64],
  dataType: "uint16",
  scale: [1, 1],
  checksum: true,
};

/** Two shards of 16 inner chunks each, too large to be read whole. */
export const sharded: VirtualImage = {
  ...flat,
  shape: [1024, 2048],
  chunks: [256, 256],
  shards: [1024, 1024],
};
