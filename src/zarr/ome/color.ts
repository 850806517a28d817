import type { JsonValue } from "../json.ts";
import { cssColor } from "./css-color-names.ts";

/**
 * A colour as six upper-case hex digits, from whatever writers put there (N4-34): RRGGBB, with "#", lower case, three or eight
 * digits (the alpha is dropped), a CSS name, an integer (0xRRGGBB, or OME-XML's signed RGBA), [r, g, b] of 0–255 or 0–1.
 */
export function parseColor(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return colorFromText(value);
  if (typeof value === "number") return colorFromInteger(value);
  if (Array.isArray(value)) return colorFromComponents(value);
  return undefined;
}

function colorFromText(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const digits = text.trim().replace(/^(#|0x)/i, "");
  if (/^[0-9a-f]{6}([0-9a-f]{2})?$/i.test(digits)) return digits.slice(0, 6).toUpperCase();
  if (/^[0-9a-f]{3}$/i.test(digits)) return digits.replace(/./g, "$&$&").toUpperCase();
  return cssColor(text.trim().toLowerCase());
}

function colorFromInteger(value: number): string | undefined {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) return undefined;
  const rgb = value >= 0 && value <= 0xffffff ? value : value >>> 8;
  return rgb.toString(16).padStart(6, "0").toUpperCase();
}

function colorFromComponents(items: readonly JsonValue[]): string | undefined {
  if (items.length !== 3 && items.length !== 4) return undefined;
  const numbers = items.slice(0, 3).map((item) => (typeof item === "number" ? item : Number.NaN));
  if (!numbers.every((number) => number >= 0 && number <= 255)) return undefined;
  const factor = numbers.every((number) => number <= 1) ? 255 : 1;
  return numbers
    .map((number) =>
      Math.round(number * factor)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")
    .toUpperCase();
}
