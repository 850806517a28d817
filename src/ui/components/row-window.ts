/** What part of a long list to put into the page. */
export type RowWindow = { readonly first: number; readonly end: number };

/**
 * The rows between two heights, and a few more on either side. `heights` are the rows' heights, one after another from 0.
 */
export function rowWindow(
  heights: readonly number[],
  top: number,
  bottom: number,
  extra: number,
): RowWindow {
  let y = 0;
  let first = heights.length;
  let end = 0;
  for (const [row, height] of heights.entries()) {
    if (y + height >= top && y <= bottom) {
      first = Math.min(first, row);
      end = row + 1;
    }
    y += height;
  }
  if (end === 0) {
    // All of the list lies above or below.
    first = y < top ? heights.length : 0;
    end = first;
  }
  return { first: Math.max(0, first - extra), end: Math.min(heights.length, end + extra) };
}

/** A stretch of empty height, or a row, in the order of the page. */
export type RowPart = { readonly row: number } | { readonly gap: number; readonly before: number };

/** The parts of a list of which two windows are in the page: what is in sight, and the rows around the focus. */
export function rowParts(
  heights: readonly number[],
  seen: RowWindow,
  focused: RowWindow,
): readonly RowPart[] {
  const isIn = (row: number, { first, end }: RowWindow) => row >= first && row < end;
  const parts: RowPart[] = [];
  let gap = 0;
  for (const [row, height] of heights.entries()) {
    if (!isIn(row, seen) && !isIn(row, focused)) {
      gap += height;
      continue;
    }
    if (gap > 0) parts.push({ gap, before: row });
    gap = 0;
    parts.push({ row });
  }
  if (gap > 0) parts.push({ gap, before: heights.length });
  return parts;
}
