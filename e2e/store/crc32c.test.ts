import { expect, it } from "vitest";
import { crc32c, withChecksum } from "./crc32c.ts";

it("gives the check values of RFC 3720, B.4", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});

it("appends the checksum little-endian", () => {
  expect([...withChecksum(new TextEncoder().encode("123456789")).slice(9)]).toEqual([
    0x83, 0x92, 0x06, 0xe3,
  ]);
});
