const number = "-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
const wholeNumber = new RegExp(`^${number}$`);
const numberRange = new RegExp(`^(${number})-(${number})$`);

/** A finite decimal number as `formatNumber` writes it; undefined for anything else ("", "0x1", "Infinity"). */
export function parseNumber(text: string): number | undefined {
  if (!wholeNumber.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Shortest decimal text that parses to the same number, the sign of −0 included. */
export function formatNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** "120-3500", "-5--1", "1e-5-2": two numbers and the dash between them. */
export function parseRange(text: string): { start: number; end: number } | undefined {
  const match = numberRange.exec(text);
  const start = parseNumber(match?.[1] ?? "");
  const end = parseNumber(match?.[2] ?? "");
  return start === undefined || end === undefined ? undefined : { start, end };
}
