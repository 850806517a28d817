import { CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";

const digits = new Int8Array(256).fill(-1);
for (const [value, letter] of [
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
].entries()) {
  digits[letter.charCodeAt(0)] = value;
}

/** numcodecs' `base64` (RFC 4648, section 4), strict: no line breaks, padding where it is due. */
export const decode: BytesToBytesCodec["decode"] = async (bytes, length) => {
  if (bytes.length % 4 !== 0) throw corrupt("its length is no multiple of 4");
  const padding = bytes[bytes.length - 1] !== 61 ? 0 : bytes[bytes.length - 2] !== 61 ? 1 : 2;
  const count = (bytes.length / 4) * 3 - padding;
  requireLength("base64", length, count);
  const target = new Uint8Array(count);
  for (let s = 0, t = 0; s < bytes.length; s += 4, t += 3) {
    let word = 0;
    for (let k = 0; k < 4; k++) {
      const isPadding = s + k >= bytes.length - padding;
      const digit = isPadding ? 0 : digits[bytes[s + k]!]!;
      if (digit < 0) throw corrupt("a letter is no digit");
      word = (word << 6) | digit;
    }
    target[t] = word >> 16;
    if (t + 1 < count) target[t + 1] = word >> 8;
    if (t + 2 < count) target[t + 2] = word;
  }
  return target;
};

function corrupt(reason: string): CorruptChunkError {
  return new CorruptChunkError(`base64: ${reason}.`);
}
