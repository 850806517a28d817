import { invert } from "../../layers/tiles/affine.ts";
import { planeWorldFromIndex } from "../../layers/tiles/plane-affine.ts";
import { type Rect, transformRect } from "../../layers/tiles/rect.ts";
import { viewRect } from "../../layers/tiles/view-rect.ts";
import type { PyramidLevel } from "../../zarr/image/image-model.ts";
import { indexAtLevel } from "../../zarr/image/index-at-level.ts";
import { viewToTell } from "../state/plate.ts";
import { selectedIndex } from "../state/selection.ts";
import type { ViewerState } from "../state/viewer-state.ts";

type Range = readonly [from: number, to: number];

/** Indices of a level that lie in the view, as whole pixels. */
function indicesInView(
  state: ViewerState,
  level: PyramidLevel,
  axes: { readonly xDim: number; readonly yDim: number },
): { readonly x: Range; readonly y: Range } {
  const { view, stage } = state;
  const [width, height] = [level.shape[axes.xDim] ?? 1, level.shape[axes.yDim] ?? 1];
  const indexFromWorld = invert(planeWorldFromIndex(level, axes));
  const all: Rect = { x0: -0.5, y0: -0.5, x1: width - 0.5, y1: height - 0.5 };
  const seen =
    view && stage && indexFromWorld
      ? transformRect(
          indexFromWorld,
          viewRect(viewToTell(view, state.plate), { ...stage, devicePixelRatio: 1 }),
        )
      : all;
  return { x: within(seen.x0, seen.x1, width), y: within(seen.y0, seen.y1, height) };
}

/** Pixel k covers k − ½ … k + ½. A range that lies outside is one pixel at the border. */
function within(from: number, to: number, size: number): Range {
  const first = Math.max(0, Math.min(size - 1, Math.round(from)));
  return [first, Math.max(first + 1, Math.min(size, Math.round(to) + 1))];
}

/**
 * Lines of Python that read with zarr-python 3 what is on screen: the level that is shown, its plane, the part in view; `channels[i]` where there are several.
 * undefined without an image. The address and the path are written as literals that cannot end early.
 */
export function planeSnippet(state: ViewerState, source: string): string | undefined {
  if (state.source.status !== "open") return undefined;
  const image = state.plate?.opened?.image ?? state.source.image;
  const levelIndex = Math.min(state.stage?.level ?? 0, image.levels.length - 1);
  const level = image.levels[levelIndex];
  if (!level) return undefined;
  const { axes, xDim, yDim, cDim } = image.axes;
  const { x, y } = indicesInView(state, level, { xDim, yDim });
  const visible = state.channels.filter((channel) => channel.visible).map(({ index }) => index);
  const parts = axes
    .filter((axis) => !axis.isAdded)
    .map((axis) => {
      if (axis.dim === xDim) return `${x[0]}:${x[1]}`;
      if (axis.dim === yDim) return `${y[0]}:${y[1]}`;
      if (axis.dim === cDim) return "channel";
      const index = selectedIndex(state.selection, axis);
      return String(indexAtLevel(image, levelIndex, axis.dim, index));
    });
  const { path } = level.array;
  const opened = `zarr.open(${JSON.stringify(source)}, mode="r")`;
  const array = path === "" ? opened : `${opened}[${JSON.stringify(path)}]`;
  const read = `array[${parts.join(", ")}]`;
  const named = axes.filter((axis) => !axis.isAdded).map(({ name }) => name);
  const lines = [
    '# pip install "zarr>=3" fsspec aiohttp numpy',
    "import numpy as np",
    "import zarr",
    "",
    `array = ${array}`,
    `# axes: ${JSON.stringify(named)}; level ${levelIndex + 1} of ${image.levels.length}, the part on screen`,
    cDim === undefined
      ? `plane = np.asarray(${read})`
      : `channels = [np.asarray(${read}) for channel in ${JSON.stringify(visible)}]`,
  ];
  return `${lines.join("\n")}\n`;
}
