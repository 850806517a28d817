import { elementCount, storedItemBytes } from "../array/data-type.ts";
import {
  type ChunkArray,
  type ChunkSpec,
  type CodecChain,
  CorruptChunkError,
  UnsupportedCodecError,
} from "./codec.ts";
import { capacityOf, type DecodedLength } from "./decoded-length.ts";
import { arrayToArrayCodec, arrayToBytesCodec, bytesToBytesCodec } from "./registry.ts";

/** Larger chunks are refused before anything is allocated (ZA-08). */
const maxChunkBytes = 2 ** 31 - 1;

/**
 * Decodes one stored chunk: bytes→bytes codecs from the last to the first, then array→bytes, then array→array.
 * The length of every step is known beforehand or bounded; whatever does not come out at exactly that length is
 * corrupt. The result may use the buffer of `bytes` if nothing had to be changed and nothing else is in that buffer;
 * its own buffer holds nothing else, so it can be transferred.
 *
 * @throws CorruptChunkError, UnsupportedCodecError; nothing else, whatever the bytes
 */
export async function decodeChunk(
  chain: CodecChain,
  bytes: Uint8Array<ArrayBuffer>,
  spec: ChunkSpec,
): Promise<ChunkArray> {
  const specs = encodedSpecs(chain, spec);
  const lengths = encodedLengths(chain, specs[specs.length - 1]!);
  let encoded = bytes;
  for (let i = chain.bytesToBytes.length - 1; i >= 0; i--) {
    const codec = chain.bytesToBytes[i]!;
    const { configuration, name } = codec;
    const definition = bytesToBytesCodec(codec);
    encoded = await guarded(name, () => definition.decode(encoded, lengths[i]!, configuration));
  }
  const { arrayToBytes } = chain;
  const definition = arrayToBytesCodec(arrayToBytes);
  let array = await guarded(arrayToBytes.name, () =>
    definition.decode(encoded, specs[specs.length - 1]!, arrayToBytes.configuration),
  );
  for (let i = chain.arrayToArray.length - 1; i >= 0; i--) {
    const codec = chain.arrayToArray[i]!;
    array = arrayToArrayCodec(codec).decode(array, specs[i]!, codec.configuration);
  }
  return array;
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

/** What the array→bytes codec made, then what each bytes→bytes codec made of it. */
function encodedLengths(chain: CodecChain, spec: ChunkSpec): DecodedLength[] {
  const { arrayToBytes } = chain;
  const lengths = [arrayToBytesCodec(arrayToBytes).encodedLength(spec, arrayToBytes.configuration)];
  for (const codec of chain.bytesToBytes) {
    const { addedBytes } = bytesToBytesCodec(codec);
    const length = lengths[lengths.length - 1]!;
    lengths.push(addedBytes === undefined ? looseBound(length) : longer(length, addedBytes));
  }
  return lengths;
}

function longer(length: DecodedLength, bytes: number): DecodedLength {
  return length.kind === "exact"
    ? { kind: "exact", lengths: length.lengths.map((exact) => exact + bytes) }
    : { kind: "atMost", length: length.length + bytes };
}

/** No compressor in use expands by more than an eighth and its headers. */
function looseBound(length: DecodedLength): DecodedLength {
  const capacity = capacityOf(length);
  return { kind: "atMost", length: capacity + Math.ceil(capacity / 8) + 4096 };
}

/** Decoders check all they read; should one of them trip over bytes all the same, then the bytes are at fault. */
async function guarded<Result>(name: string, decode: () => Promise<Result>): Promise<Result> {
  try {
    return await decode();
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof WebAssembly.RuntimeError) {
      throw new CorruptChunkError(`${name}: the chunk cannot be decoded.`, { cause });
    }
    throw cause;
  }
}
