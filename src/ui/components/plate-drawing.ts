import type { ViewState } from "../../layers/scene.ts";
import type { CssSize } from "../../layers/tiles/view-framing.ts";
import {
  type CellRange,
  cellRect,
  cellsWithin,
  plateBounds,
} from "../../zarr/plate/plate-layout.ts";
import { type WellGrid, wellName } from "../../zarr/plate/plate-model.ts";
import type { PlateCell, PlateState, WellMark } from "../state/plate.ts";

/** What is drawn over the wells: lines and names, in colours that stand out from the image's background. */
export type PlateDrawing = {
  readonly plate: PlateState;
  readonly grid: WellGrid;
  readonly view: ViewState;
  readonly size: CssSize;
  readonly hovered: PlateCell | undefined;
  readonly colors: {
    readonly text: string;
    readonly behind: string;
    readonly line: string;
    readonly accent: string;
    readonly danger: string;
    readonly warning: string;
  };
};

const font = "12px system-ui, sans-serif";
/** Room for a name beside the plate. */
export const headerPx = 18;
/** Cells smaller than this have no name in them, and no reason. */
const namedPx = 46;
const explainedPx = 150;

type Frame = {
  readonly scale: number;
  x(world: number): number;
  y(world: number): number;
};

/** Draws in CSS pixels on a context that was cleared and scaled to them. */
export function drawPlate(context: CanvasRenderingContext2D, drawing: PlateDrawing): void {
  const { plate, view, size } = drawing;
  const scale = 2 ** view.zoom;
  const frame: Frame = {
    scale,
    x: (world) => (world - view.target[0]) * scale + size.widthPx / 2,
    y: (world) => (world - view.target[1]) * scale + size.heightPx / 2,
  };
  const half = [size.widthPx / 2 / scale, size.heightPx / 2 / scale] as const;
  const cells = cellsWithin(plate.model, {
    x0: view.target[0] - half[0],
    x1: view.target[0] + half[0],
    y0: view.target[1] - half[1],
    y1: view.target[1] + half[1],
  });
  context.font = font;
  context.textBaseline = "middle";
  drawCells(context, drawing, frame, cells);
  drawHeaders(context, drawing, frame, cells);
}

function drawCells(
  context: CanvasRenderingContext2D,
  drawing: PlateDrawing,
  frame: Frame,
  { firstRow, endRow, firstColumn, endColumn }: CellRange,
): void {
  const { plate, grid, colors, hovered } = drawing;
  const isNamed = frame.scale >= namedPx;
  const empty = new Path2D();
  for (let row = firstRow; row < endRow; row++) {
    for (let column = firstColumn; column < endColumn; column++) {
      const cell = { row, column };
      const rect = pixelRect(cell, frame);
      const well = grid.at(row, column);
      const mark = well && plate.marks.get(well.id);
      if (well === undefined) empty.rect(...rect);
      else if (mark) drawMark(context, drawing, rect, mark);
      if (isNamed && well !== undefined) {
        const name = wellName(plate.model, cell);
        const isExplained = mark !== undefined && frame.scale >= explainedPx;
        const parts = [
          name,
          ...(plate.ownContrast.has(well.id) ? ["◐ own contrast"] : []),
          ...(isExplained ? [mark.reason] : []),
        ];
        const words = parts.join(" · ");
        drawLabel(context, colors, words, rect[0] + 4, rect[1] + 11, rect[2] - 8);
      }
    }
  }
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.stroke(empty);
  const opened = plate.opened?.well;
  if (opened && frame.scale < 600) outline(context, opened, frame, colors.accent);
  if (hovered && frame.scale < 600) outline(context, hovered, frame, colors.text);
}

function drawMark(
  context: CanvasRenderingContext2D,
  { colors }: PlateDrawing,
  rect: readonly [number, number, number, number],
  mark: WellMark,
): void {
  const [x, y, width, height] = rect;
  const isFailed = mark.kind === "missing" || mark.kind === "denied" || mark.kind === "failed";
  context.strokeStyle = isFailed ? colors.danger : colors.warning;
  context.lineWidth = 1.5;
  if (!isFailed) {
    // Shown, or rightly empty: a corner is enough.
    const corner = Math.min(8, width / 4);
    context.beginPath();
    context.moveTo(x + width - corner, y);
    context.lineTo(x + width, y);
    context.lineTo(x + width, y + corner);
    context.stroke();
    return;
  }
  context.strokeRect(x, y, width, height);
  context.beginPath();
  const inset = Math.min(width, height) * 0.3;
  context.moveTo(x + inset, y + inset);
  context.lineTo(x + width - inset, y + height - inset);
  if (mark.kind !== "missing") {
    context.moveTo(x + width - inset, y + inset);
    context.lineTo(x + inset, y + height - inset);
  }
  context.stroke();
}

/** Names of rows and columns beside the plate, or at the edge of the canvas where the plate goes on. */
function drawHeaders(
  context: CanvasRenderingContext2D,
  { plate: { model }, size, colors }: PlateDrawing,
  frame: Frame,
  { firstRow, endRow, firstColumn, endColumn }: CellRange,
): void {
  const bounds = plateBounds(model);
  const left = Math.min(
    Math.max(frame.x(bounds.x0) - headerPx / 2, headerPx / 2 + 2),
    size.widthPx,
  );
  const top = Math.min(
    Math.max(frame.y(bounds.y0) - headerPx / 2, headerPx / 2 + 2),
    size.heightPx,
  );
  const widest = Math.max(1, ...model.columns.slice(firstColumn, endColumn).map((n) => n.length));
  const columnStep = Math.max(1, Math.ceil((widest * 8 + 6) / frame.scale));
  const rowStep = Math.max(1, Math.ceil(14 / frame.scale));
  context.textAlign = "center";
  for (let column = firstColumn; column < endColumn; column++) {
    if (column % columnStep !== 0) continue;
    const x = stickyCentre(frame.x(column - 0.5), frame.x(column + 0.5), size.widthPx);
    drawCentred(context, colors, model.columns[column] ?? "", x, top);
  }
  for (let row = firstRow; row < endRow; row++) {
    if (row % rowStep !== 0) continue;
    const y = stickyCentre(frame.y(row - 0.5), frame.y(row + 0.5), size.heightPx);
    drawCentred(context, colors, model.rows[row] ?? "", left, y);
  }
  context.textAlign = "start";
}

/** The middle of what is on screen of an interval. */
function stickyCentre(from: number, to: number, length: number): number {
  return (Math.max(from, 0) + Math.min(to, length)) / 2;
}

function drawCentred(
  context: CanvasRenderingContext2D,
  colors: PlateDrawing["colors"],
  text: string,
  x: number,
  y: number,
): void {
  const width = widthOf(context, text);
  context.fillStyle = colors.behind;
  context.fillRect(x - width / 2 - 3, y - 8, width + 6, 16);
  context.fillStyle = colors.text;
  context.fillText(text, x, y + 1);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  colors: PlateDrawing["colors"],
  text: string,
  x: number,
  y: number,
  maxWidth: number,
): void {
  const fitted = fittedText(context, text, maxWidth);
  const width = widthOf(context, fitted);
  context.fillStyle = colors.behind;
  context.fillRect(x - 2, y - 8, width + 6, 16);
  context.fillStyle = colors.text;
  context.fillText(fitted, x + 1, y + 1);
}

function fittedText(context: CanvasRenderingContext2D, text: string, maxWidth: number): string {
  if (widthOf(context, text) <= maxWidth) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= maxWidth) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : `${text.slice(0, low)}…`;
}

const widths = new Map<string, number>();

/** The width of a text, which is measured once: names come again in every frame. */
function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size > 8192) widths.clear();
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
}

function outline(
  context: CanvasRenderingContext2D,
  cell: PlateCell,
  frame: Frame,
  color: string,
): void {
  const [x, y, width, height] = pixelRect(cell, frame);
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.strokeRect(x - 1, y - 1, width + 2, height + 2);
}

function pixelRect(cell: PlateCell, frame: Frame): [number, number, number, number] {
  const { x0, y0, x1, y1 } = cellRect(cell);
  const [left, top] = [Math.round(frame.x(x0)) + 0.5, Math.round(frame.y(y0)) + 0.5];
  return [left, top, Math.round((x1 - x0) * frame.scale), Math.round((y1 - y0) * frame.scale)];
}
