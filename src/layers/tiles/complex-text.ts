/**
 * A complex number whole, whatever part of it is shown: "1.5 − 2i". Both parts in as few digits as tell them from all others of their type.
 * @param parts the real and the imaginary one
 */
export function complexText(parts: ArrayLike<number | bigint>, isFloat32: boolean): string {
  const real = shortest(Number(parts[0]), isFloat32);
  const imaginary = shortest(Number(parts[1]), isFloat32);
  return imaginary.startsWith("-") ? `${real} − ${imaginary.slice(1)}i` : `${real} + ${imaginary}i`;
}

function shortest(value: number, isFloat32: boolean): string {
  if (!isFloat32 || !Number.isFinite(value)) return String(value);
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}
