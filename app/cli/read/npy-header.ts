import type { NumpyType } from "../../../src/zarr/array/stored-item.ts";

const magic = [0x93, ..."NUMPY"].map((char) =>
  typeof char === "string" ? char.charCodeAt(0) : char,
);

/**
 * Head of a NumPy file (.npy, numpy.lib.format) of C-ordered elements, byte for byte as `numpy.save` writes it: padded so that they begin
 * at a multiple of 64 bytes. Version 1.0, or
 * where that cannot hold it 2.0 (long) or 3.0 (names beyond Latin-1).
 */
export function npyHeader(type: NumpyType, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  // NumPy leaves room for a longer first axis, so that rows can be appended in place.
  const growth = shape.length === 0 ? "" : " ".repeat(Math.max(0, 21 - String(shape[0]).length));
  const text = `{'descr': ${typeText(type)}, 'fortran_order': False, 'shape': ${tupleText(shape)}, }${growth}`;
  const isLatin1 = !/[^\0-\u00ff]/.test(text);
  const dictionary = isLatin1 ? latin1(text) : new TextEncoder().encode(text);
  // 64 bytes of padding at most, and the line break.
  const isShort = dictionary.length + 65 <= 0xffff;
  const version = !isLatin1 ? 3 : isShort ? 1 : 2;
  const prefix = magic.length + 2 + (version === 1 ? 2 : 4);
  const length = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  const view = new DataView(header.buffer);
  header.set([...magic, version, 0]);
  if (version === 1) view.setUint16(8, length - prefix, true);
  else view.setUint32(8, length - prefix, true);
  header.set(dictionary, prefix);
  header[length - 1] = 0x0a;
  return header;
}

function tupleText(sizes: readonly number[]): string {
  return `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
}

/** As Python writes it. */
function typeText(type: NumpyType): string {
  if (typeof type === "string") return stringText(type);
  const fields = type.map(([name, fieldType, shape]) => {
    const parts = [stringText(name), typeText(fieldType)];
    if (shape !== undefined) parts.push(tupleText(shape));
    return `(${parts.join(", ")})`;
  });
  return `[${fields.join(", ")}]`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** Python's repr. */
function stringText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{Cc}\u2028\u2029]/gu, (char) => {
    if (char === "'" || char === '"') return char === quote ? `\\${char}` : char;
    const known = shortEscapes.get(char);
    if (known !== undefined) return known;
    const code = char.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
  return `${quote}${escaped}${quote}`;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
