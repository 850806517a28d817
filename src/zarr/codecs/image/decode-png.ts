import { ChecksumMismatchError, CorruptChunkError } from "../codec.ts";
import type { BytesToBytesCodec } from "../codec-definition.ts";
import type { DecodedLength } from "../decoded-length.ts";
import { inflateZlib } from "../deflate/deflate-container.ts";
import type { BlockEngine } from "../wasm/block-engine.ts";
import { blockEngine } from "../wasm/load-block-engine.ts";
import { imageBytes, requireImageSize } from "./image-size.ts";
import { readPng } from "./png-chunks.ts";
import { unfilterRows } from "./png-filters.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Pass = {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
};

/** Adam7 (PNG, 8.1); an image that is not interlaced is one pass. */
const adam7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];
const onePass: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

/** PNG of 8 and 16 bits: gray or RGB, either with alpha. Colour profiles and gamma are left alone. */
export const decode: BytesToBytesCodec["decode"] = (bytes, length) =>
  decodePng("png", bytes, length);

/** Samples in C order, 16-bit ones little-endian. @throws CorruptChunkError, UnsupportedCodecError */
export async function decodePng(
  codec: string,
  bytes: Bytes,
  length: DecodedLength,
): Promise<Bytes> {
  const { size, isInterlaced, data, fits } = readPng(codec, bytes);
  requireImageSize(codec, length, size);
  const pixelBytes = (size.components * size.bitsPerSample) / 8;
  const passes = (isInterlaced ? adam7 : onePass)
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((size.width - pass.x) / pass.stepX),
      rows: Math.ceil((size.height - pass.y) / pass.stepY),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const filteredBytes = passes.reduce(
    (sum, { columns, rows }) => sum + rows * (1 + columns * pixelBytes),
    0,
  );
  const engine = await blockEngine(data.length, filteredBytes);
  const { source, target: filtered } = engine.place(data, filteredBytes, 0);
  const streamFits = inflateInto(codec, source, filtered, engine);
  const decoded = new Uint8Array(imageBytes(size));
  let from = 0;
  for (const pass of passes) {
    const rowBytes = pass.columns * pixelBytes;
    const target = isInterlaced ? new Uint8Array(pass.rows * rowBytes) : decoded;
    unfilterRows(filtered, from, target, pass.rows, rowBytes, pixelBytes);
    if (isInterlaced) spread(target, decoded, pass, size.width, pixelBytes);
    from += pass.rows * (1 + rowBytes);
  }
  if (size.bitsPerSample === 16) swapBytes(decoded);
  if (!fits || !streamFits)
    throw new ChecksumMismatchError(`${codec}: a checksum does not fit.`, decoded);
  return decoded;
}

/** Whether its checksum fits. @throws CorruptChunkError unless `target` is filled exactly */
function inflateInto(codec: string, data: Bytes, target: Bytes, engine: BlockEngine): boolean {
  let end: number;
  let fits = true;
  try {
    end = inflateZlib(data, 0, data.length, target, 0, target.length, engine);
  } catch (error) {
    if (!(error instanceof ChecksumMismatchError)) throw error;
    end = error.decoded.length;
    fits = false;
  }
  if (end !== target.length)
    throw new CorruptChunkError(
      `${codec}: ${end} bytes of rows where ${target.length} were expected.`,
    );
  return fits;
}

function spread(
  source: Bytes,
  target: Bytes,
  { x, y, stepX, stepY, columns, rows }: Pass & { columns: number; rows: number },
  width: number,
  pixelBytes: number,
): void {
  for (let row = 0, s = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, s += pixelBytes) {
      const t = ((y + row * stepY) * width + x + column * stepX) * pixelBytes;
      for (let k = 0; k < pixelBytes; k++) target[t + k] = source[s + k]!;
    }
  }
}

/** PNG is big-endian, decoded chunks are not. */
function swapBytes(bytes: Bytes): void {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const byte = bytes[i]!;
    bytes[i] = bytes[i + 1]!;
    bytes[i + 1] = byte;
  }
}
