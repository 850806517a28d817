import type { Axis, ImageModel } from "../../zarr/image/image-model.ts";
import { lengthUnit, unitSymbol } from "../../zarr/image/units.ts";
import { axisPosition } from "./axis-position.ts";
import { parseTypedNumber } from "./typed-number.ts";

/** A 0-based index, or one sentence that says what to type instead. */
export type ParsedPosition = { readonly index: number } | { readonly error: string };

/** Beyond the outermost pixel's centre, half a pixel still belongs to it. */
const halfPixel = 0.5;

/** What is typed for an axis: "12" is the 12th plane, "5.5 µm" the plane nearest to that place. */
export function parsePosition(text: string, image: ImageModel, axis: Axis): ParsedPosition {
  const [, digits = "", unit = ""] = /^([^A-Za-zÅåµμ%]*)(.*)$/.exec(text.trim()) ?? [];
  const value = parseTypedNumber(digits);
  if (value === undefined) return { error: expectation(image, axis) };
  return unit.trim() === ""
    ? indexOfCount(value, image, axis)
    : indexOfPlace(value, unit, image, axis);
}

function indexOfCount(value: number, image: ImageModel, axis: Axis): ParsedPosition {
  if (!Number.isInteger(value)) return { error: expectation(image, axis) };
  if (value >= 1 && value <= axis.size) return { index: value - 1 };
  return { error: `There is no ${value}: ${axis.name} goes from 1 to ${axis.size}.` };
}

function indexOfPlace(value: number, unit: string, image: ImageModel, axis: Axis): ParsedPosition {
  const factor = unitFactor(unit, axis.unit);
  if (factor === undefined) {
    const known =
      axis.unit === undefined ? "has no unit" : `is measured in ${unitSymbol(axis.unit)}`;
    return { error: `“${unit.trim()}” does not fit: ${axis.name} ${known}.` };
  }
  const { scale, translation } = image.levels[0]?.worldFromIndex ?? { scale: [], translation: [] };
  const index = (value * factor - (translation[axis.dim] ?? 0)) / (scale[axis.dim] ?? 1);
  if (index >= -halfPixel - 1e-9 && index <= axis.size - halfPixel + 1e-9) {
    return { index: Math.max(0, Math.min(axis.size - 1, Math.round(index))) };
  }
  const [first, last] = [0, axis.size - 1].map((end) => axisPosition(image, axis, end));
  return { error: `${axis.name} goes from ${first} to ${last}.` };
}

/** Axis units per typed unit; undefined if they measure different things. */
function unitFactor(typed: string, unit: string | undefined): number | undefined {
  if (unit === undefined) return undefined;
  if (unitSymbol(typed.trim()) === unitSymbol(unit)) return 1;
  const [from, to] = [lengthUnit(typed), lengthUnit(unit)];
  return from && to ? from.metres / to.metres : undefined;
}

function expectation(image: ImageModel, axis: Axis): string {
  const place = axisPosition(image, axis, Math.floor(axis.size / 2));
  const or = place === undefined ? "" : `, or a place such as ${place}`;
  return `Type a whole number from 1 to ${axis.size}${or}.`;
}
