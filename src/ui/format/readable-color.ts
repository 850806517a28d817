type Rgb = readonly [number, number, number];

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast ratio of WCAG 2.2 between two colours of six hex digits, 1…21. */
export function contrastRatio(a: string, b: string): number {
  const [first, second] = [luminance(rgbOf(a)), luminance(rgbOf(b))];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** The colour mixed with as little white, or black on light grounds, as makes it readable as text (4.5:1); both six hex digits. */
export function readableOn(background: string, color: string): string {
  const source = rgbOf(color);
  const end = luminance(rgbOf(background)) < 0.18 ? 255 : 0;
  for (let share = 0; share <= 1; share += 1 / 16) {
    const hex = source
      .map((byte) =>
        Math.round(byte + (end - byte) * share)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")
      .toUpperCase();
    if (contrastRatio(background, hex) >= 4.5) return hex;
  }
  return end === 255 ? "FFFFFF" : "000000";
}
