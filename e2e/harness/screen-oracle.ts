import {
  levelShape,
  levelsOf,
  levelWorldFromIndex,
  type VirtualImage,
  virtualValue,
} from "../store/virtual-image.ts";
import type { OpenChannel, OpenState } from "./automation.ts";

/** How the picture was made; sizes of the canvas in CSS pixels. */
export type ScreenGeometry = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly devicePixelRatio: number;
};

export type Rgb = readonly [number, number, number];

/**
 * What may stand at one pixel: any of the colours of `oneOf` (several where the specification leaves a choice, as at the
 * border of two tiles), "outside" all data, or "ambiguous" (on the border of two source pixels: not to be tested).
 */
export type ExpectedPixel = { readonly oneOf: readonly Rgb[] } | "outside" | "ambiguous";

/** World position of the centre of a device pixel. y points down. */
export function worldFromDevicePixel(
  state: Pick<OpenState, "view">,
  { widthPx, heightPx, devicePixelRatio }: ScreenGeometry,
  [px, py]: readonly [number, number],
): [number, number] {
  const { target, zoom } = state.view;
  const worldPerCssPx = 2 ** -zoom;
  return [
    target[0] + ((px + 0.5) / devicePixelRatio - widthPx / 2) * worldPerCssPx,
    target[1] + ((py + 0.5) / devicePixelRatio - heightPx / 2) * worldPerCssPx,
  ];
}

/** The axes on screen, by name; y down and x across unless others were chosen. */
type Shown = { readonly axes?: OpenState["axes"] };

/** Dimensions of the axes on screen. */
export function shownDims(image: VirtualImage, { axes }: Shown): { xDim: number; yDim: number } {
  const [down, across] = axes ?? ["y", "x"];
  return { xDim: image.axes.indexOf(across), yDim: image.axes.indexOf(down) };
}

/** Array index of a selection at a level; the axes on screen and c are left at 0. Indices are of level 0, nearest by world position. */
export function indexOfSelection(
  image: VirtualImage,
  level: number,
  selection: Readonly<Record<string, number>>,
  shown: Shown = {},
): number[] {
  const { xDim, yDim } = shownDims(image, shown);
  const fine = levelWorldFromIndex(image, 0);
  const coarse = levelWorldFromIndex(image, level);
  const shape = levelShape(image, level);
  return [...image.axes].map((name, d) => {
    if (d === xDim || d === yDim || name === "c") return 0;
    const world = fine.scale[d]! * (selection[name] ?? 0) + fine.translation[d]!;
    const index = Math.round((world - coarse.translation[d]!) / coarse.scale[d]!);
    return Math.min(shape[d]! - 1, Math.max(0, index));
  });
}

/** The level that must be drawn: the coarsest whose pixel is no larger than a device pixel, along each axis as far as any level can do that. */
export function expectedLevel(
  image: VirtualImage,
  state: Pick<OpenState, "view"> & Shown,
  { devicePixelRatio }: Pick<ScreenGeometry, "devicePixelRatio">,
): number {
  const worldPerDevicePx = 2 ** -state.view.zoom / devicePixelRatio;
  const { xDim, yDim } = shownDims(image, state);
  const sizes = levelsOf(image).map((_, level) => {
    const { scale } = levelWorldFromIndex(image, level);
    return [scale[xDim]!, scale[yDim]!] as const;
  });
  const wanted = [0, 1].map((axis) =>
    Math.max(worldPerDevicePx, Math.min(...sizes.map((size) => size[axis]!))),
  );
  return sizes.findLastIndex((size) =>
    size.every((part, axis) => part <= wanted[axis]! * 1.000001),
  );
}

function colorBytes(hex: string): Rgb {
  const n = Number.parseInt(hex, 16);
  return [n >> 16, (n >> 8) & 0xff, n & 0xff];
}

/** Position along one display axis: a continuous index, and the bounds of the array and of its read chunk. */
type Along = { readonly at: number; readonly size: number; readonly chunk: number };

/** Two neighbours and the weight of the second, clamped to the array or to the read chunk that holds the position. */
function neighbours({ at, size, chunk }: Along, isClampedToChunk: boolean) {
  const held = Math.min(size - 1, Math.max(0, Math.round(at)));
  const first = isClampedToChunk ? Math.floor(held / chunk) * chunk : 0;
  const last = isClampedToChunk ? Math.min(size, first + chunk) - 1 : size - 1;
  const clamp = (i: number) => Math.min(last, Math.max(first, i));
  const low = Math.floor(at);
  return { low: clamp(low), high: clamp(low + 1), weight: at - low };
}

/**
 * The picture of a coordinate image by its definition: nearest where a source pixel is larger than a device pixel,
 * bilinear where it is not, channels added up.
 */
export function screenOracle(
  image: VirtualImage,
  state: OpenState,
  geometry: ScreenGeometry,
  level: number,
): (devicePixel: readonly [number, number]) => ExpectedPixel {
  const { xDim, yDim } = shownDims(image, state);
  const cDim = image.axes.indexOf("c");
  const { scale, translation } = levelWorldFromIndex(image, level);
  const shape = levelShape(image, level);
  const fine = levelWorldFromIndex(image, 0);
  const fineShape = levelShape(image, 0);
  const index = indexOfSelection(image, level, state.selection, state);
  const devicePxPerWorld = 2 ** state.view.zoom * geometry.devicePixelRatio;
  const magnification = [scale[xDim]! * devicePxPerWorld, scale[yDim]! * devicePxPerWorld];
  // At 1:1, and where the axes disagree, both filters are accepted.
  const mayBeNearest = magnification.some((m) => m > 0.999);
  const mayBeLinear = magnification.some((m) => m < 1.001);
  const active = state.channels.filter((channel) => channel.visible);
  const visible = state.greyscale ? active.slice(0, 1) : active;

  const sample = (channel: OpenChannel, y: number, x: number): number => {
    index[xDim] = x;
    index[yDim] = y;
    if (cDim >= 0) index[cDim] = channel.index;
    return Number(virtualValue(image, level, index));
  };
  const bilinear = (channel: OpenChannel, ay: Along, ax: Along, byChunk: boolean): number => {
    const [y, x] = [neighbours(ay, byChunk), neighbours(ax, byChunk)];
    const row = (at: number) =>
      sample(channel, at, x.low) * (1 - x.weight) + sample(channel, at, x.high) * x.weight;
    return row(y.low) * (1 - y.weight) + row(y.high) * y.weight;
  };
  const compose = (read: (channel: OpenChannel) => number): Rgb => {
    const sum: [number, number, number] = [0, 0, 0];
    for (const channel of visible) {
      const { start, end } = channel.window;
      const ramp = Math.min(1, Math.max(0, (read(channel) - start) / (end - start)));
      const bent = ramp ** channel.gamma;
      const intensity = channel.inverted ? 1 - bent : bent;
      const color = colorBytes(state.greyscale ? "FFFFFF" : channel.color);
      for (let i = 0; i < 3; i++) sum[i]! += color[i]! * intensity;
    }
    return sum.map((part) => Math.min(255, part)) as unknown as Rgb;
  };
  const isInside = (at: number, size: number) => at >= -0.5 && at <= size - 0.5;
  const isInsideAnyLevel = (x: number, y: number) =>
    levelsOf(image).some((_, k) => {
      const at = levelWorldFromIndex(image, k);
      const size = levelShape(image, k);
      return (
        isInside((x - at.translation[xDim]!) / at.scale[xDim]!, size[xDim]!) &&
        isInside((y - at.translation[yDim]!) / at.scale[yDim]!, size[yDim]!)
      );
    });

  return (devicePixel) => {
    const [worldX, worldY] = worldFromDevicePixel(state, geometry, devicePixel);
    const x: Along = {
      at: (worldX - translation[xDim]!) / scale[xDim]!,
      size: shape[xDim]!,
      chunk: image.chunks[xDim]!,
    };
    const y: Along = {
      at: (worldY - translation[yDim]!) / scale[yDim]!,
      size: shape[yDim]!,
      chunk: image.chunks[yDim]!,
    };
    const isInFinest =
      isInside((worldX - fine.translation[xDim]!) / fine.scale[xDim]!, fineShape[xDim]!) &&
      isInside((worldY - fine.translation[yDim]!) / fine.scale[yDim]!, fineShape[yDim]!);
    if (!isInFinest || !isInside(x.at, x.size) || !isInside(y.at, y.size)) {
      // A coarser level may stick out beyond the finest one, or end before it.
      return isInsideAnyLevel(worldX, worldY) ? "ambiguous" : "outside";
    }
    const edgeDistance = (at: number) => Math.abs(at + 0.5 - Math.round(at + 0.5));
    const isOnEdge = edgeDistance(x.at) < 0.02 || edgeDistance(y.at) < 0.02;
    if (mayBeNearest && isOnEdge) return "ambiguous";
    const oneOf: Rgb[] = [];
    if (mayBeNearest) {
      oneOf.push(compose((channel) => sample(channel, Math.round(y.at), Math.round(x.at))));
    }
    if (mayBeLinear) {
      oneOf.push(compose((channel) => bilinear(channel, y, x, false)));
      oneOf.push(compose((channel) => bilinear(channel, y, x, true)));
    }
    return { oneOf };
  };
}
