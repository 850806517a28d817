import type { Axis } from "../../zarr/image/image-model.ts";
import { type PlanInput, planTiles } from "./plan-tiles.ts";
import type { PlannedTile } from "./planned-tile.ts";
import { tileIndexOf } from "./tile-grid.ts";

/** First and last index of a run. */
export type IndexRun = { readonly first: number; readonly last: number };

/** Indices that are looked at, around the selected one. */
const maxIndices = 1024;

/**
 * Which indices of an axis have all the tiles that the view shows of them, at the level it asks for. `isThere` is asked by tile key and must
 * neither fetch nor count as use; the first tile that is missing settles an index.
 */
export function bufferedRuns(
  input: PlanInput,
  axis: Axis,
  isThere: (key: string) => boolean,
): IndexRun[] {
  const { catalogue, selection } = input;
  const shown = planTiles(input).draw.flatMap(({ channel, visible }) =>
    visible.map((tile) => ({ channel, tile })),
  );
  if (shown.length === 0) return [];
  const current = Object.hasOwn(selection, axis.name) ? (selection[axis.name] ?? 0) : 0;
  const first = Math.max(0, Math.min(axis.size - maxIndices, current - maxIndices / 2));
  const end = Math.min(axis.size, first + maxIndices);
  const runs: { first: number; last: number }[] = [];
  for (let index = first; index < end; index++) {
    const other = Object.fromEntries([...Object.entries(selection), [axis.name, index]]);
    const sibling = ({ channel, tile }: { channel: number; tile: PlannedTile }) => {
      const { level } = tile.plane;
      const plane = catalogue.plane(level, other, channel);
      const { row, column } = placeOf(tile);
      return catalogue.tile(plane, row, column).ref.key;
    };
    if (!shown.every((each) => isThere(sibling(each)))) continue;
    const run = runs.at(-1);
    if (run && run.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}

function placeOf({ plane, x, y }: PlannedTile): { row: number; column: number } {
  const { rows, columns } = plane.level;
  return { row: tileIndexOf(rows, y), column: tileIndexOf(columns, x) };
}
