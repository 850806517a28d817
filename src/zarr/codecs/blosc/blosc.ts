import type { BytesToBytesCodec } from "../codec-definition.ts";
import { requireLength } from "../decoded-length.ts";
import { bloscHeaderBytes, readBloscHeader } from "./blosc-header.ts";

/** `blosc` (Zarr v3 core): a Blosc 1 chunk. All about it is read from its header, not from the configuration (ZA-04). */
export const bloscCodec: BytesToBytesCodec = {
  kind: "bytes-to-bytes",
  async decode(bytes, length) {
    const header = readBloscHeader(bytes, length);
    if (header.memcpyed) return bytes.subarray(bloscHeaderBytes);
    const { bloscDecoder } = await import("./load-blosc.ts");
    const decode = await bloscDecoder(header.inner);
    const decoded = await decode(bytes, header);
    requireLength("blosc", length, decoded.length);
    return decoded;
  },
};
