let low: Int32Array | undefined;
let high: Int32Array | undefined;

/** CRC-64 of xz (ECMA-182, reflected), as its lower and upper word. */
export function crc64(bytes: Uint8Array): readonly [number, number] {
  if (low === undefined || high === undefined) [low, high] = tables();
  let crcLow = -1;
  let crcHigh = -1;
  for (const byte of bytes) {
    const at = (crcLow ^ byte) & 255;
    crcLow = ((crcLow >>> 8) | (crcHigh << 24)) ^ low[at]!;
    crcHigh = (crcHigh >>> 8) ^ high[at]!;
  }
  return [~crcLow >>> 0, ~crcHigh >>> 0];
}

function tables(): [Int32Array, Int32Array] {
  const lows = new Int32Array(256);
  const highs = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let lower = byte;
    let upper = 0;
    for (let bit = 0; bit < 8; bit++) {
      const carry = lower & 1;
      lower = (lower >>> 1) | (upper << 31);
      upper >>>= 1;
      if (carry) {
        lower ^= 0xd7870f42;
        upper ^= 0xc96c5795;
      }
    }
    lows[byte] = lower;
    highs[byte] = upper;
  }
  return [lows, highs];
}
