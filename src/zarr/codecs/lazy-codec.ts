import type { JsonObject } from "../json.ts";
import type { ChunkArray, ChunkSpec } from "./codec.ts";
import type {
  ArrayToArrayCodec,
  ArrayToBytesCodec,
  BytesToBytesCodec,
} from "./codec-definition.ts";

type BytesDecoder = { readonly decode: BytesToBytesCodec["decode"] };
type ArrayDecoder = Pick<ArrayToArrayCodec, "decode">;
type SpecifiedArrayDecoder = Required<Pick<ArrayToArrayCodec, "decode" | "encodedSpecInFull">>;
type ArrayBytesDecoder = { readonly decode: ArrayToBytesCodec["decode"] };

/** A bytes→bytes codec whose decoder is a chunk of its own, fetched with the first array that names it. */
export function lazyBytes(
  load: () => Promise<BytesDecoder>,
  size: Pick<BytesToBytesCodec, "addedBytes" | "maxExpansion"> = {},
): BytesToBytesCodec {
  return {
    kind: "bytes-to-bytes",
    ...size,
    async decode(bytes, length, configuration) {
      const { decode } = await load();
      return decode(bytes, length, configuration);
    },
  };
}

/** An array→array codec; only what it does to shape, data type and fill value is needed before its decoder is here. */
export function lazyArray(
  encodedSpec: ArrayToArrayCodec["encodedSpec"],
  load: () => Promise<ArrayDecoder>,
): ArrayToArrayCodec {
  return {
    kind: "array-to-array",
    encodedSpec,
    async decode(encoded: ChunkArray, spec: ChunkSpec, configuration: JsonObject) {
      const { decode } = await load();
      return decode(encoded, spec, configuration);
    },
  };
}

/** `lazyArray` for a codec whose own module tells shape and fill value. */
export function lazySpecifiedArray(
  encodedSpec: ArrayToArrayCodec["encodedSpec"],
  load: () => Promise<SpecifiedArrayDecoder>,
): ArrayToArrayCodec {
  return {
    ...lazyArray(encodedSpec, load),
    async encodedSpecInFull(spec, configuration) {
      const { encodedSpecInFull } = await load();
      return encodedSpecInFull(spec, configuration);
    },
  };
}

/** An array→bytes codec. */
export function lazyArrayBytes(
  encodedLength: ArrayToBytesCodec["encodedLength"],
  load: () => Promise<ArrayBytesDecoder>,
): ArrayToBytesCodec {
  return {
    kind: "array-to-bytes",
    encodedLength,
    async decode(bytes, spec, configuration) {
      const { decode } = await load();
      return decode(bytes, spec, configuration);
    },
  };
}
