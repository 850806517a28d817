import { checkedPayload, isAtStart } from "./checksums/checked-payload.ts";
import { crc32c } from "./checksums/crc.ts";
import type { BytesToBytesCodec } from "./codec-definition.ts";

/** `crc32c` (Zarr v3 core): the bytes, then their CRC-32C in 4 bytes, little-endian; numcodecs may put it first. */
export const crc32cCodec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  addedBytes: 4,
  async decode(bytes, length, { location }) {
    const atStart = isAtStart("crc32c", location, "end");
    return checkedPayload("crc32c", bytes, length, { atStart, littleEndian: true }, crc32c);
  },
};
