/**
 * How display limits lie along their slider: positions 0…1, values min…max. Where an integer range is much wider than most images fill,
 * the small values (those near zero) get more room.
 */
export type WindowScale = {
  valueAt(position: number): number;
  positionOf(value: number): number;
};

const linearRange = 1024;
const wideRange = 16_384;

function exponentFor(min: number, max: number, isInteger: boolean): number {
  const range = max - min;
  if (!isInteger || range <= linearRange) return 1;
  return range <= wideRange ? 2 : 3;
}

/** Monotone, with valueAt(0) = min and valueAt(1) = max; integers come out whole. Needs finite min < max. */
export function windowScale(min: number, max: number, isInteger: boolean): WindowScale {
  const exponent = exponentFor(min, max, isInteger);
  const bend = (value: number) => Math.sign(value) * Math.abs(value) ** (1 / exponent);
  const unbend = (bent: number) => Math.sign(bent) * Math.abs(bent) ** exponent;
  const low = bend(min);
  const span = bend(max) - low;
  return {
    valueAt(position) {
      if (position <= 0) return min;
      if (position >= 1) return max;
      const value = unbend(low + span * position);
      // Adding 0 makes 0 of −0.
      return Math.max(min, Math.min(max, isInteger ? Math.round(value) : value)) + 0;
    },
    positionOf(value) {
      return Math.max(0, Math.min(1, (bend(value) - low) / span));
    },
  };
}

/** A round step (1, 2 or 5 × a power of ten) of about 1 % of the limits; at least 1 for integers. */
export function windowStep(start: number, end: number, isInteger: boolean): number {
  const hundredth = Math.abs(end - start) / 100;
  if (!(hundredth > 0) || !Number.isFinite(hundredth)) return 1;
  const power = 10 ** Math.floor(Math.log10(hundredth));
  const step = [5, 2, 1].find((factor) => factor * power <= hundredth) ?? 1;
  return isInteger ? Math.max(1, Math.round(step * power)) : step * power;
}
