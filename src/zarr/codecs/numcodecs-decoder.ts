import { CorruptChunkError } from "./codec.ts";

type NumcodecsCodec = {
  encode(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  decode(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
};

/**
 * A decoder of the numcodecs package, instantiated and proven on eight bytes. It hides damage: callers check the
 * header before and the length after.
 */
export async function numcodecsDecoder(
  name: string,
  codec: NumcodecsCodec,
): Promise<(bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>> {
  await codec.decode(await codec.encode(new Uint8Array(8)));
  return async (bytes) => {
    try {
      return new Uint8Array(await codec.decode(bytes));
    } catch (cause) {
      throw new CorruptChunkError(`${name}: numcodecs cannot decode the chunk.`, { cause });
    }
  };
}
