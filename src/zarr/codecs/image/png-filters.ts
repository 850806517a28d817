import { CorruptChunkError } from "../codec.ts";

/**
 * Undoes the filters of `rows` rows of `rowBytes` (PNG, 9), each after a byte that names its filter, from
 * `source` at `from` into `target` from its start.
 *
 * @param pixelBytes bytes of a whole pixel: how far "to the left" is
 * @throws CorruptChunkError
 */
export function unfilterRows(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  let s = from;
  for (let row = 0; row < rows; row++) {
    const filter = source[s++]!;
    const start = row * rowBytes;
    const above = start - rowBytes;
    const end = start + rowBytes;
    for (let t = start; t < end; t++) {
      const left = t - start >= pixelBytes ? target[t - pixelBytes]! : 0;
      const up = row > 0 ? target[above + t - start]! : 0;
      const byte = source[s++]!;
      switch (filter) {
        case 0:
          target[t] = byte;
          break;
        case 1:
          target[t] = byte + left;
          break;
        case 2:
          target[t] = byte + up;
          break;
        case 3:
          target[t] = byte + ((left + up) >> 1);
          break;
        case 4: {
          const corner =
            row > 0 && t - start >= pixelBytes ? target[above + t - start - pixelBytes]! : 0;
          target[t] = byte + paeth(left, up, corner);
          break;
        }
        default:
          throw new CorruptChunkError(`png: a row has the unknown filter ${filter}.`);
      }
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
