import type { JsonObject } from "../../json.ts";
import { UnsupportedCodecError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { adler32 } from "./adler32.ts";
import { checkedPayload, isAtStart } from "./checked-payload.ts";
import { crc32, crcOfHdf5 } from "./crc.ts";
import { fletcher32 } from "./fletcher32.ts";
import { lookup3 } from "./lookup3.ts";

type Checksum = (payload: Uint8Array) => number;

/** numcodecs' checksum codecs: 4 bytes, little-endian, before the data (crc32, adler32) or behind them. */
const simple = (
  name: string,
  usual: "start" | "end",
  checksum: (configuration: JsonObject) => Checksum,
): { decode: BytesToBytesCodec["decode"] } => ({
  async decode(bytes, length, configuration) {
    const atStart = isAtStart(name, configuration.location, usual);
    const place = { atStart, littleEndian: true };
    return checkedPayload(name, bytes, length, place, checksum(configuration));
  },
});

export const crc32Decoder = simple("crc32", "start", () => crc32);
export const adler32Decoder = simple("adler32", "start", () => adler32);
export const fletcher32Decoder = simple("fletcher32", "end", () => fletcher32);
export const lookup3Decoder = simple("jenkins_lookup3", "end", ({ initval = 0, prefix }) => {
  refusePrefix("jenkins_lookup3", prefix);
  const seed = typeof initval === "number" ? initval : 0;
  return (payload) => lookup3(payload, seed);
});

const byKind: Readonly<Record<string, { readonly atStart: boolean; readonly checksum: Checksum }>> =
  {
    crc32: { atStart: true, checksum: crc32 },
    adler32: { atStart: true, checksum: adler32 },
    fletcher32: { atStart: false, checksum: fletcher32 },
    lookup3: { atStart: false, checksum: lookup3 },
    h5crc: { atStart: false, checksum: crcOfHdf5 },
  };

/** imagecodecs' `checksum`: its kind, place and byte order are configured. */
export const imagecodecsDecoder: { decode: BytesToBytesCodec["decode"] } = {
  async decode(bytes, length, { kind, value, prefix, prepend, byteorder }) {
    const known =
      typeof kind === "string" && Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
    if (known === undefined) throw unsupported(`the kind ${JSON.stringify(kind)}`);
    refusePrefix("imagecodecs_checksum", prefix);
    if (value !== undefined && value !== null && value !== 0) throw unsupported("a start value");
    const place = {
      atStart: typeof prepend === "boolean" ? prepend : known.atStart,
      littleEndian: byteorder !== "big" && byteorder !== ">",
    };
    return checkedPayload(`checksum ${kind}`, bytes, length, place, known.checksum);
  },
};

function refusePrefix(name: string, prefix: unknown): void {
  if (prefix === undefined || prefix === null) return;
  throw new UnsupportedCodecError(name, `The codec "${name}" has a prefix, which is not read.`);
}

function unsupported(what: string): UnsupportedCodecError {
  return new UnsupportedCodecError(
    "imagecodecs_checksum",
    `The codec "imagecodecs_checksum" has ${what}, which is not read.`,
  );
}
