/** A text in a PNG, by its keyword: 1 to 79 characters of printable Latin-1 (PNG, third edition, 11.3.3). */
export type PngText = { readonly keyword: string; readonly text: string };

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature and IHDR, which has to be the first chunk and is always as long. */
const headLength = 33;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as PNG has it (annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** An uncompressed iTXt chunk: UTF-8 text, no language. */
function textChunk({ keyword, text }: PngText): Uint8Array {
  const noFlags = "\0\0\0\0\0";
  return chunk(
    "iTXt",
    new TextEncoder().encode(`${keyword}${noFlags}${text.replaceAll("\0", "")}`),
  );
}

/**
 * The PNG with texts in iTXt chunks behind its header.
 * @throws TypeError if it is no PNG, or a keyword none
 */
export function withPngTexts(png: Uint8Array, texts: readonly PngText[]): Uint8Array<ArrayBuffer> {
  const isPng = png.length > headLength && signature.every((byte, i) => png[i] === byte);
  if (!isPng) throw new TypeError("This is no PNG.");
  for (const { keyword } of texts) {
    if (!/^[!-~](?:[ -~]{0,77}[!-~])?$/.test(keyword))
      throw new TypeError(`No PNG keyword: ${keyword}`);
  }
  const chunks = texts.map(textChunk);
  const length = chunks.reduce((sum, each) => sum + each.length, png.length);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of [png.subarray(0, headLength), ...chunks, png.subarray(headLength)]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
