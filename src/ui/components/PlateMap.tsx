// biome-ignore-all lint/a11y/useSemanticElements: a table is not walked by keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, its cells are told by aria-activedescendant
import { type KeyboardEvent, type MouseEvent, memo, useId, useMemo, useState } from "react";
import {
  type PlateModel,
  type WellGrid,
  type WellModel,
  wellGrid,
  wellName,
} from "../../zarr/plate/plate-model.ts";
import type { PlateCell, PlateState, WellMark } from "../state/plate.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { mapColumns, mapRows, mapWindow } from "./map-window.ts";
import { nextCell } from "./plate-map-keys.ts";

const noMarks: ReadonlyMap<string, WellMark> = new Map();
const noOwn: PlateState["ownContrast"] = new Map();

/**
 * The plate as a grid to walk by arrow keys: Enter opens a well, Escape goes back to the whole plate, N and P choose the field. One stop of the Tab
 * key; which cell is meant is told by `aria-activedescendant`, for cells of a large plate are too small to be targets of their own.
 */
export function PlateMap() {
  const model = useViewer(({ plate }) => plate?.model);
  const marks = useViewer(({ plate }) => plate?.marks ?? noMarks);
  const own = useViewer(({ plate }) => plate?.ownContrast ?? noOwn);
  const opened = useViewer(({ plate }) => plate?.opened?.well);
  const field = useViewer(({ plate }) => plate?.field ?? 0);
  const fieldCount = useViewer(({ plate }) => plate?.fieldCount ?? 1);
  const actions = useViewerActions();
  const grid = useMemo(() => model && wellGrid(model), [model]);
  const id = useId();
  const [walked, setWalked] = useState<PlateCell>();
  const [follows, setFollows] = useState(opened);
  // Whichever way a well was opened, the map is at it.
  if (follows !== opened) {
    setFollows(opened);
    if (opened) setWalked(opened);
  }
  if (model === undefined || grid === undefined) return null;
  const active = walked ?? opened ?? model.wells[0] ?? { row: 0, column: 0 };
  const rows = mapWindow(active.row, model.rows.length, mapRows);
  const columns = mapWindow(active.column, model.columns.length, mapColumns);
  const isWhole = rows.length === model.rows.length && columns.length === model.columns.length;

  function open(cell: PlateCell) {
    setWalked(cell);
    const well = grid?.at(cell.row, cell.column);
    if (well) actions.goOnPlate({ well: well.id });
  }

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (altKey || metaKey || model === undefined) return;
    const next = nextCell(active, key, ctrlKey, model);
    if (next) setWalked(next);
    else if (ctrlKey) return;
    else if (key === "Enter" || key === " ") open(active);
    else if (key === "Escape" && opened) actions.goOnPlate({ well: null });
    else if (key.toLowerCase() === "n" && field + 1 < fieldCount) {
      actions.goOnPlate({ field: field + 1 });
    } else if (key.toLowerCase() === "p" && field > 0) actions.goOnPlate({ field: field - 1 });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function handleClick(event: MouseEvent<HTMLDivElement>) {
    const target = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
    const [row, column] = (target?.getAttribute("data-cell") ?? "").split(",").map(Number);
    if (row !== undefined && column !== undefined) open({ row, column });
  }

  const map = (
    <div
      className="zs-plate-map"
      role="grid"
      aria-label={`Wells of ${model.name}`}
      aria-rowcount={model.rows.length + 1}
      aria-colcount={model.columns.length + 1}
      aria-activedescendant={cellId(id, active)}
      tabIndex={0}
      onKeyDown={handleKey}
      onClick={handleClick}
    >
      <HeaderRow model={model} first={columns[0] ?? 0} count={columns.length} />
      {rows.map((row) => (
        <MapRow
          key={row}
          id={id}
          model={model}
          grid={grid}
          row={row}
          first={columns[0] ?? 0}
          count={columns.length}
          marks={marks}
          own={own}
          openedColumn={opened?.row === row ? opened.column : undefined}
          activeColumn={active.row === row ? active.column : undefined}
        />
      ))}
    </div>
  );
  if (isWhole) return map;
  return (
    <>
      {map}
      <p className="zs-settings-note">
        {rows.length} of {model.rows.length} rows and {columns.length} of {model.columns.length}{" "}
        columns; the arrow keys lead to the others.
      </p>
    </>
  );
}

type HeaderRowProps = { model: PlateModel; first: number; count: number };

const HeaderRow = memo(function HeaderRow({ model, first, count }: HeaderRowProps) {
  // Every name where there is room, else every sixth.
  const step = count > 12 ? 6 : 1;
  return (
    <div className="zs-plate-map-row" role="row" aria-rowindex={1} style={rowStyle(count)}>
      <span role="columnheader" aria-colindex={1}>
        <span className="zs-visually-hidden">Row</span>
      </span>
      {columnsFrom(first, count).map((column) => (
        <span
          key={column}
          className="zs-plate-map-head"
          role="columnheader"
          aria-colindex={column + 2}
          aria-label={model.columns[column]}
        >
          {(column + 1) % step === 0 ? model.columns[column] : ""}
        </span>
      ))}
    </div>
  );
});

type MapRowProps = {
  id: string;
  model: PlateModel;
  grid: WellGrid;
  row: number;
  /** The columns in the page. */
  first: number;
  count: number;
  marks: ReadonlyMap<string, WellMark>;
  own: PlateState["ownContrast"];
  openedColumn: number | undefined;
  activeColumn: number | undefined;
};

const MapRow = memo(function MapRow(props: MapRowProps) {
  const { id, model, grid, row, first, count, marks, own, openedColumn, activeColumn } = props;
  const name = model.rows[row] ?? "";
  const step = model.rows.length > 16 ? 4 : model.rows.length > 8 ? 2 : 1;
  return (
    <div className="zs-plate-map-row" role="row" aria-rowindex={row + 2} style={rowStyle(count)}>
      <span className="zs-plate-map-head" role="rowheader" aria-colindex={1} aria-label={name}>
        {row % step === 0 ? name : ""}
      </span>
      {columnsFrom(first, count).map((column) => {
        const well = grid.at(row, column);
        const mark = well && marks.get(well.id);
        const isOwn = well !== undefined && own.has(well.id);
        return (
          <span
            key={column}
            id={cellId(id, { row, column })}
            className="zs-plate-map-cell"
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={openedColumn === column}
            aria-label={cellWords(model, { row, column }, well, mark, isOwn)}
            data-cell={`${row},${column}`}
            data-kind={mark?.kind ?? (well ? "well" : "empty")}
            data-own={isOwn || undefined}
            data-active={activeColumn === column || undefined}
          />
        );
      })}
    </div>
  );
});

function columnsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + k);
}

/** A plate of few wells is not blown up: its cells are no larger than those of others. */
function rowStyle(columns: number) {
  return { gridTemplateColumns: `18px repeat(${columns}, minmax(0, 28px))` };
}

function cellId(id: string, { row, column }: PlateCell): string {
  return `${id}-${row}-${column}`;
}

function cellWords(
  model: PlateModel,
  cell: PlateCell,
  well: WellModel | undefined,
  mark: WellMark | undefined,
  isOwn: boolean,
): string {
  const name = `${wellName(model, cell)}${isOwn ? ", contrast of its own" : ""}`;
  if (well === undefined) return `${name}, empty`;
  return mark === undefined ? name : `${name}: ${mark.reason}`;
}
