/** xz's delta filter: each byte was stored as its difference to the one `distance` bytes before. In place. */
export function undoByteDelta(bytes: Uint8Array, distance: number): void {
  for (let i = distance; i < bytes.length; i++) bytes[i] = bytes[i]! + bytes[i - distance]!;
}
