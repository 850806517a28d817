/** A bar of a round length. */
export type ScaleBarModel = {
  readonly lengthPx: number;
  readonly value: number;
  readonly unit: string;
};

const lengthUnits: readonly (readonly [metres: number, symbol: string])[] = [
  [1e3, "km"],
  [1, "m"],
  [1e-3, "mm"],
  [1e-6, "µm"],
  [1e-9, "nm"],
  [1e-12, "pm"],
];

/** The greatest 1, 2 or 5 × 10ⁿ that is not above `limit`. */
function roundBelow(limit: number): number {
  const exponent = Math.floor(Math.log10(limit));
  // Numbers are read from text because 10 ** -6 is not the double nearest to 1e-6.
  const candidates = [-1, 0, 1].flatMap((shift) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${exponent + shift}`)),
  );
  return Math.max(...candidates.filter((candidate) => candidate <= limit));
}

/**
 * A bar of 80 to 200 CSS pixels whose length is 1, 2 or 5 × 10ⁿ of its unit. `unitPerPx`: length of a CSS pixel in metres (`unit` undefined: nm,
 * µm, mm … by size), or in the given unit, which is shown as it is. undefined if no such bar exists.
 */
export function scaleBar(
  unitPerPx: number,
  unit: string | undefined,
  maxPx = 200,
): ScaleBarModel | undefined {
  const longest = unitPerPx * maxPx;
  if (!(longest > 1e-300) || !(longest < 1e300)) return undefined;
  if (unit !== undefined) {
    const value = roundBelow(longest);
    return { lengthPx: value / unitPerPx, value, unit };
  }
  const [metres, symbol] = lengthUnits.find(([size]) => size <= longest) ?? [1e-12, "pm"];
  const value = roundBelow(longest / metres);
  return { lengthPx: (value * metres) / unitPerPx, value, unit: symbol };
}
