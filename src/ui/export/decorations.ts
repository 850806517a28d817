import type { ScaleBarModel } from "../format/scale-bar.ts";

/** A line of the legend: colours from dark to bright, one or more "#rrggbb". */
export type LegendLine = { readonly label: string; readonly colors: readonly string[] };

/** What is written on a picture; what is undefined or empty is not. */
export type Decorations = {
  readonly title: string | undefined;
  readonly scaleBar: ScaleBarModel | undefined;
  readonly legend: readonly LegendLine[];
  /** What is missing in the picture. */
  readonly note: string | undefined;
};

const marginPx = 12;
const paddingPx = 6;
const linePx = 18;
const swatchPx = 12;
const plate = "rgb(0 0 0 / 72%)";
const ink = "#ffffff";
const noteInk = "#ffb4a8";
const family = "system-ui, sans-serif";

/** Control characters and such that turn the direction of a line would change what stands beside a name. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "");
}

/**
 * Writes on a picture: the title at the top left, the legend at the top right, the scale bar at the bottom left, what is missing at the bottom
 * right, each on a dark plate that is readable on any image. `pixelsPerPx` is the picture's pixels for each pixel of the screen's layout.
 */
export function drawDecorations(
  context: CanvasRenderingContext2D,
  pixelsPerPx: number,
  { title, scaleBar, legend, note }: Decorations,
): void {
  const widthPx = context.canvas.width / pixelsPerPx;
  const heightPx = context.canvas.height / pixelsPerPx;
  context.save();
  context.scale(pixelsPerPx, pixelsPerPx);
  context.textBaseline = "middle";
  const half = widthPx / 2 - 1.5 * marginPx;
  if (title) {
    drawLine(context, { text: title, left: marginPx, top: marginPx, maxWidth: half, weight: 600 });
  }
  if (legend.length > 0) drawLegend(context, legend, widthPx - marginPx, marginPx, half);
  const bottom = heightPx - marginPx;
  if (scaleBar) drawScaleBar(context, scaleBar, marginPx, bottom);
  if (note) {
    const right = widthPx - marginPx;
    const top = bottom - linePx - 2 * paddingPx;
    drawLine(context, { text: note, right, top, maxWidth: half, color: noteInk, weight: 600 });
  }
  context.restore();
}

type Line = {
  readonly text: string;
  readonly top: number;
  readonly left?: number;
  readonly right?: number;
  readonly maxWidth: number;
  readonly weight?: number;
  readonly color?: string;
};

function drawLine(context: CanvasRenderingContext2D, line: Line): void {
  const { top, left, right = 0, maxWidth, weight = 400, color = ink } = line;
  context.font = `${weight} 13px ${family}`;
  const text = fitted(context, plain(line.text), maxWidth - 2 * paddingPx);
  const width = context.measureText(text).width + 2 * paddingPx;
  const x = left ?? right - width;
  drawPlate(context, x, top, width, linePx + 2 * paddingPx);
  context.fillStyle = color;
  context.fillText(text, x + paddingPx, top + paddingPx + linePx / 2);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  legend: readonly LegendLine[],
  right: number,
  top: number,
  maxWidth: number,
): void {
  context.font = `400 13px ${family}`;
  const inner = swatchPx + paddingPx;
  const lines = legend.map(({ label, colors }) => ({
    colors,
    text: fitted(context, plain(label), maxWidth - inner - 2 * paddingPx),
  }));
  const widest = Math.max(...lines.map(({ text }) => context.measureText(text).width));
  const width = widest + inner + 2 * paddingPx;
  const left = right - width;
  drawPlate(context, left, top, width, lines.length * linePx + 2 * paddingPx);
  for (const [i, { text, colors }] of lines.entries()) {
    const middle = top + paddingPx + (i + 0.5) * linePx;
    const x = left + paddingPx;
    const gradient = context.createLinearGradient(x, 0, x + swatchPx, 0);
    const last = Math.max(1, colors.length - 1);
    for (const [k, color] of colors.entries()) gradient.addColorStop(k / last, color);
    context.fillStyle = colors.length === 1 ? (colors[0] ?? ink) : gradient;
    context.fillRect(x, middle - swatchPx / 2, swatchPx, swatchPx);
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, middle - swatchPx / 2 + 0.5, swatchPx - 1, swatchPx - 1);
    context.fillStyle = ink;
    context.fillText(text, x + inner, middle);
  }
}

function drawScaleBar(
  context: CanvasRenderingContext2D,
  { lengthPx, value, unit }: ScaleBarModel,
  left: number,
  bottom: number,
): void {
  context.font = `400 13px ${family}`;
  const text = `${value} ${unit}`;
  const width = Math.max(lengthPx, context.measureText(text).width) + 2 * paddingPx;
  const height = linePx + 3 + 2 * paddingPx;
  drawPlate(context, left, bottom - height, width, height);
  context.fillStyle = ink;
  const middle = left + width / 2;
  context.fillRect(middle - lengthPx / 2, bottom - height + paddingPx, lengthPx, 3);
  context.textAlign = "center";
  context.fillText(text, middle, bottom - paddingPx - linePx / 2 + 1);
  context.textAlign = "start";
}

function drawPlate(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.fillStyle = plate;
  context.beginPath();
  context.roundRect(x, y, width, height, 4);
  context.fill();
}

/** The text, or as much of its beginning as has room, and an ellipsis. */
function fitted(context: CanvasRenderingContext2D, text: string, maxWidth: number): string {
  if (context.measureText(text).width <= maxWidth) return text;
  const characters = [...text].slice(0, 400);
  while (characters.length > 0 && context.measureText(`${characters.join("")}…`).width > maxWidth) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}
