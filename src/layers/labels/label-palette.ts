import { type LutTable, lutSize } from "../luts/lut-table.ts";

/** The odd integer nearest to 2^32 divided by the golden ratio: multiplying by it spreads neighbours far apart. */
const goldenWord = 0x9e3779b1;

/**
 * Colours for ids that have none of their own: stable, and the same in every image and every version of the viewer. 256 colours, their
 * hues a golden angle apart, in turn of three lightnesses and two strengths, all of them light enough to be seen on black.
 */
export const labelPalette: LutTable = makePalette();

function makePalette(): LutTable {
  const rgba = new Uint8Array(lutSize * 4);
  const goldenAngle = Math.PI * (3 - Math.sqrt(5));
  const lightnesses = [0.76, 0.63, 0.87];
  for (let i = 0; i < lutSize; i++) {
    const color = srgbOf(lightnesses[i % 3]!, i % 2 === 0 ? 0.16 : 0.11, i * goldenAngle);
    rgba.set([...color, 255], i * 4);
  }
  return { name: "labels", rgba };
}

/** Bytes of a colour in OKLCh (Ottosson 2020), each part cut off where the screen has no such colour. */
function srgbOf(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byteOf(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    byteOf(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    byteOf(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function byteOf(linear: number): number {
  const cut = Math.min(Math.max(linear, 0), 1);
  return Math.round(255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055));
}

/** Entry of the palette for an id, 0 … 255. `paletteIndexGlsl` gives the same. */
export function paletteIndex(low: number, high: number): number {
  let word = (low + Math.imul(high, goldenWord)) >>> 0;
  word = Math.imul(word ^ (word >>> 16), goldenWord) >>> 0;
  word = Math.imul(word ^ (word >>> 15), goldenWord) >>> 0;
  return word >>> 24;
}

export const paletteIndexGlsl = `
int paletteIndex(uvec2 id) {
  uint word = id.x + id.y * ${goldenWord}u;
  word = (word ^ (word >> 16u)) * ${goldenWord}u;
  word = (word ^ (word >> 15u)) * ${goldenWord}u;
  return int(word >> 24u);
}
`;
