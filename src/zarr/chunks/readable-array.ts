import type { ArrayMetadata } from "../array/array-metadata.ts";
import type { CodecChain } from "../codecs/codec.ts";
import type { ShardLayout } from "../codecs/sharding.ts";
import type { Store } from "../store/store.ts";

/** An array as the reader knows it, with all that is derived from its metadata once. */
export type ReadableArray = {
  readonly id: number;
  readonly store: Store;
  readonly metadata: ArrayMetadata;
  readonly sharding: ShardLayout | undefined;
  /** Shape and codecs of what is decoded at once: the innermost inner chunk, else the chunk. */
  readonly readChunkShape: readonly number[];
  readonly readChain: CodecChain;
};
