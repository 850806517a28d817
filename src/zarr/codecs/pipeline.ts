import { elementCount, storedItemBytes } from "../array/data-type.ts";
import {
  ChecksumMismatchError,
  type ChunkArray,
  type ChunkSpec,
  type CodecChain,
  CorruptChunkError,
  UnsupportedCodecError,
} from "./codec.ts";
import {
  capacityOf,
  type DecodedLength,
  encodedLengthBy,
  requireLength,
} from "./decoded-length.ts";
import { isOutOfMemory, OutOfMemoryError } from "./out-of-memory.ts";
import { arrayToArrayCodec, arrayToBytesCodec, bytesToBytesCodec } from "./registry.ts";

/** Larger chunks are refused before anything is allocated (ZA-08). */
const maxChunkBytes = 2 ** 31 - 1;

/**
 * Decodes one stored chunk: bytes→bytes codecs from the last to the first, then array→bytes, then array→array.
 * The length of every step is known beforehand or bounded; whatever does not come out at exactly that length is
 * corrupt. The result may use the buffer of `bytes` if nothing had to be changed and nothing else is in that buffer;
 * its own buffer holds nothing else, so it can be transferred.
 *
 * @param acceptUnverified decode what contradicts its checksum, but not its length, and mark it `unverified`
 * @throws CorruptChunkError, UnsupportedCodecError, OutOfMemoryError; nothing else, whatever the bytes
 */
export async function decodeChunk(
  chain: CodecChain,
  bytes: Uint8Array<ArrayBuffer>,
  spec: ChunkSpec,
  acceptUnverified = false,
): Promise<ChunkArray> {
  const specs = await specsInFull(chain, encodedSpecs(chain, spec));
  const lengths = encodedLengths(chain, specs[specs.length - 1]!);
  let encoded = bytes;
  let unverified = false;
  for (let i = chain.bytesToBytes.length - 1; i >= 0; i--) {
    const codec = chain.bytesToBytes[i]!;
    const { configuration, name } = codec;
    const definition = bytesToBytesCodec(codec);
    try {
      encoded = await guarded(name, () => definition.decode(encoded, lengths[i]!, configuration));
    } catch (error) {
      if (!(acceptUnverified && error instanceof ChecksumMismatchError)) throw error;
      requireLength(name, lengths[i]!, error.decoded.length);
      encoded = error.decoded;
      unverified = true;
    }
  }
  const { arrayToBytes } = chain;
  const definition = arrayToBytesCodec(arrayToBytes);
  let array = await guarded(arrayToBytes.name, () =>
    definition.decode(encoded, specs[specs.length - 1]!, arrayToBytes.configuration),
  );
  for (let i = chain.arrayToArray.length - 1; i >= 0; i--) {
    const codec = chain.arrayToArray[i]!;
    const encodedArray = array;
    array = await guarded(codec.name, async () =>
      arrayToArrayCodec(codec).decode(encodedArray, specs[i]!, codec.configuration),
    );
  }
  return unverified || array.unverified ? { ...array, unverified: true } : array;
}

/**
 * Upper bound of a stored chunk's length in bytes; exact where all codecs have a fixed size. What is longer need not
 * be fetched.
 *
 * @throws UnsupportedCodecError
 */
export function maxEncodedBytes(chain: CodecChain, spec: ChunkSpec): number {
  return capacityOf(encodedLengthOf(chain, spec));
}

/** The lengths that a stored chunk may have, in bytes. @throws UnsupportedCodecError */
export function encodedLengthOf(chain: CodecChain, spec: ChunkSpec): DecodedLength {
  const specs = encodedSpecs(chain, spec);
  const lengths = encodedLengths(chain, specs[specs.length - 1]!);
  return lengths[lengths.length - 1]!;
}

/** `spec` as it is before each array→array codec, and before the array→bytes codec. */
function encodedSpecs(chain: CodecChain, spec: ChunkSpec): ChunkSpec[] {
  const count = elementCount(spec.shape);
  if (count * storedItemBytes[spec.dataType] > maxChunkBytes) {
    throw new UnsupportedCodecError(
      chain.arrayToBytes.name,
      `A chunk of ${spec.shape.join(" × ")} ${spec.dataType} is more than can be decoded at once.`,
    );
  }
  const specs = [spec];
  for (const codec of chain.arrayToArray) {
    const definition = arrayToArrayCodec(codec);
    specs.push(definition.encodedSpec(specs[specs.length - 1]!, codec.configuration));
  }
  return specs;
}

/** The same with every shape and fill value right, for which some codecs have to be fetched first. */
async function specsInFull(
  { arrayToArray }: CodecChain,
  specs: readonly ChunkSpec[],
): Promise<readonly ChunkSpec[]> {
  if (!arrayToArray.some((codec) => arrayToArrayCodec(codec).encodedSpecInFull)) return specs;
  const full = [specs[0]!];
  for (const codec of arrayToArray) {
    const { encodedSpec, encodedSpecInFull = encodedSpec } = arrayToArrayCodec(codec);
    full.push(await encodedSpecInFull(full[full.length - 1]!, codec.configuration));
  }
  return full;
}

/** What the array→bytes codec made, then what each bytes→bytes codec made of it. */
function encodedLengths(chain: CodecChain, spec: ChunkSpec): DecodedLength[] {
  const { arrayToBytes } = chain;
  const lengths = [arrayToBytesCodec(arrayToBytes).encodedLength(spec, arrayToBytes.configuration)];
  for (const codec of chain.bytesToBytes) {
    lengths.push(encodedLengthBy(bytesToBytesCodec(codec), lengths[lengths.length - 1]!));
  }
  return lengths;
}

/** Decoders check all they read; should one of them trip over bytes all the same, then the bytes are at fault. */
async function guarded<Result>(name: string, decode: () => Promise<Result>): Promise<Result> {
  try {
    return await decode();
  } catch (cause) {
    // Lengths were checked before anything was allocated: the bytes are not to blame.
    if (isOutOfMemory(cause)) throw new OutOfMemoryError(name, { cause });
    if (cause instanceof RangeError || cause instanceof WebAssembly.RuntimeError) {
      throw new CorruptChunkError(`${name}: the chunk cannot be decoded.`, { cause });
    }
    throw cause;
  }
}
