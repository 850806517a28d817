import { useEffect, useState } from "react";

/** Rows that are looked at before the page gets its turn. */
const sliceRows = 5_000;

export type Filtered<Row> = { readonly rows: readonly Row[]; readonly isDone: boolean };

/**
 * The rows that `accept` takes, found slice by slice, so that a search among 10^5 never holds the page up. `accept` must be stable;
 * undefined takes all.
 */
export function useSlicedFilter<Row>(
  rows: readonly Row[],
  accept: ((row: Row) => boolean) | undefined,
): Filtered<Row> {
  const [found, setFound] = useState<Filtered<Row>>({ rows: [], isDone: false });

  useEffect(() => {
    if (accept === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const taken: Row[] = [];
    const look = (from: number) => {
      const end = Math.min(rows.length, from + sliceRows);
      for (const row of rows.slice(from, end)) if (accept(row)) taken.push(row);
      const isDone = end === rows.length;
      if (isDone || taken.length > 0) setFound({ rows: [...taken], isDone });
      if (!isDone) timer = setTimeout(() => look(end), 0);
    };
    look(0);
    return () => clearTimeout(timer);
  }, [rows, accept]);

  return accept === undefined ? { rows, isDone: true } : found;
}
