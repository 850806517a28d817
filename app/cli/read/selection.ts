import type { RegionAxis } from "../../../src/zarr/chunks/read-region.ts";
import { UsageError } from "../exit-code.ts";

/** One term of a selection as it was written: "t=0", "y=0:512:2", "z=:-1". */
export type SelectedAxis =
  | { readonly axis: string; readonly kind: "index"; readonly index: number }
  | {
      readonly axis: string;
      readonly kind: "range";
      readonly start: number | undefined;
      readonly stop: number | undefined;
      readonly step: number;
    };

/** An axis that can be selected from. */
export type NamedAxis = { readonly name: string; readonly size: number };

/** `shape` is that of the result: an axis of which one index was taken is not in it, as in NumPy. */
export type ResolvedSelection = {
  readonly region: readonly RegionAxis[];
  readonly shape: readonly number[];
};

const integer = /^[+-]?\d{1,16}$/;

/**
 * Reads "t=0,c=1,y=0:512": terms `axis=index` or `axis=start:stop[:step]` between commas, blanks around them allowed. Both ends may be
 * missing; nothing selects everything.
 * @throws UsageError
 */
export function parseSelection(text: string): readonly SelectedAxis[] {
  if (text.trim() === "") return [];
  return text.split(",").map((term) => {
    const equals = term.lastIndexOf("=");
    const axis = term.slice(0, equals).trim();
    if (equals < 0 || axis === "") {
      throw new UsageError(
        `"${term.trim()}" is no selection; write axis=index or axis=start:stop.`,
      );
    }
    const parts = term.slice(equals + 1).split(":");
    const numbers = parts.map((part) => numberIn(part.trim(), term));
    const [first, stop, step] = numbers;
    if (numbers.length === 1) {
      if (first === undefined) throw new UsageError(`"${term.trim()}" names no index.`);
      return { axis, kind: "index", index: first };
    }
    if (numbers.length > 3) throw new UsageError(`"${term.trim()}" has more than two colons.`);
    if (step !== undefined && step < 1) {
      throw new UsageError(`"${term.trim()}": a step is 1 or more.`);
    }
    return { axis, kind: "range", start: first, stop, step: step ?? 1 };
  });
}

function numberIn(text: string, term: string): number | undefined {
  if (text === "") return undefined;
  const value = integer.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new UsageError(`"${text}" in "${term.trim()}" is no whole number.`);
}

/**
 * The region that a selection means. Axes go by name, or by place as dim0, dim1, …; those that are not named are taken whole. Negative
 * numbers count from the end, as in Python; other than there, what lies outside is an error, and so is a range that selects nothing.
 * @throws UsageError
 */
export function resolveSelection(
  selected: readonly SelectedAxis[],
  axes: readonly NamedAxis[],
): ResolvedSelection {
  const terms = new Map<number, SelectedAxis>();
  for (const term of selected) {
    const dim = dimensionOf(term.axis, axes);
    if (terms.has(dim)) throw new UsageError(`The axis "${term.axis}" is selected twice.`);
    terms.set(dim, term);
  }
  const shape: number[] = [];
  const region = axes.map(({ size }, dim): RegionAxis => {
    const term = terms.get(dim);
    if (term?.kind === "index") {
      const start = indexIn(term.index, size, term.axis);
      return { start, stop: start + 1 };
    }
    const range = term === undefined ? { start: 0, stop: size, step: 1 } : rangeIn(term, size);
    shape.push(Math.ceil((range.stop - range.start) / range.step));
    return range;
  });
  return { region, shape };
}

function dimensionOf(axis: string, axes: readonly NamedAxis[]): number {
  const named = axes.findIndex(({ name }) => name === axis);
  if (named >= 0) return named;
  const dim = /^dim(\d{1,3})$/.exec(axis)?.[1];
  if (dim !== undefined && Number(dim) < axes.length) return Number(dim);
  const names = axes.map(({ name, size }) => `${name} (${size})`).join(", ");
  throw new UsageError(
    `There is no axis "${axis}"; ${names === "" ? "the array has none" : `there are ${names}`}.`,
  );
}

function indexIn(index: number, size: number, axis: string): number {
  if (index >= -size && index < size) return index < 0 ? index + size : index;
  throw new UsageError(`${axis}=${index} lies outside the axis, which has ${size} indices.`);
}

function rangeIn(
  { axis, start, stop, step }: SelectedAxis & { readonly kind: "range" },
  size: number,
): Required<RegionAxis> {
  const edge = (position: number): number => {
    if (position >= -size && position <= size) return position < 0 ? position + size : position;
    throw new UsageError(
      `${axis}=${start ?? ""}:${stop ?? ""} goes beyond the axis, which has ${size} indices.`,
    );
  };
  const range = { start: edge(start ?? 0), stop: edge(stop ?? size), step };
  const isEmpty = range.start >= range.stop;
  if (isEmpty && size > 0) {
    throw new UsageError(`${axis}=${start ?? ""}:${stop ?? ""} selects nothing.`);
  }
  return range;
}
