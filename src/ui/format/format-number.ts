const significantDigits = 7;

/** A data value for people: integers in full, others to 7 digits, exponents for the very large and very small. */
export function formatValue(value: number | string): string {
  if (typeof value === "string" || Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  return String(Number(value.toPrecision(significantDigits)));
}

/** A world coordinate with the digits that a step of `resolution` makes meaningful: 59.0 for steps of 0.5. */
export function formatCoordinate(value: number, resolution: number): string {
  const step = Math.abs(resolution);
  if (!Number.isFinite(value)) return "—";
  if (!Number.isFinite(step) || step === 0) return formatValue(value);
  const magnitude = Math.max(Math.abs(value), step);
  if (magnitude >= 1e9 || step < 1e-9) return value.toPrecision(6);
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return value.toFixed(Math.min(digits, 9));
}

const bytesSteps = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in decimal units with two or three digits: "6.1 MB". */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 999.5 && step < bytesSteps.length - 1) {
    value /= 1000;
    step++;
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${bytesSteps[step]}`;
}
