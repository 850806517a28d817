import { Deck, OrthographicView } from "@deck.gl/core";
import { ColorPaletteExtension, loadOmeZarr, MultiscaleImageLayer } from "@hms-dbmi/viv";
import type { BenchWindow } from "../../lane-result.ts";

/**
 * Plain Viv with its own loader, as its documentation shows it: `?source=` is an OME-Zarr image of three channels of uint16,
 * `width`, `height` (CSS pixels) and `zoom` (log2 of CSS pixels per pixel of level 0) are those of the lane it is compared with.
 */
const params = new URLSearchParams(location.search);
const [width, height] = [Number(params.get("width")), Number(params.get("height"))];
const quietMs = 300;

// The final picture is the first one drawn after the last tile came in; the background image has no callback of its own,
// so that requests are counted too.
let underWay = 0;
let lastLoadMs = 0;
const plainFetch = globalThis.fetch;
globalThis.fetch = async (...args) => {
  underWay += 1;
  try {
    const response = await plainFetch(...args);
    const body = await response.arrayBuffer();
    const hasNoBody = response.status === 204 || response.status === 304;
    const { status, statusText, headers } = response;
    return new Response(hasNoBody ? null : body, { status, statusText, headers });
  } finally {
    underWay -= 1;
    lastLoadMs = performance.now();
  }
};

const { data } = await loadOmeZarr(params.get("source") ?? "", { type: "multiscales" });
let isLoaded = false;
let finalMs: number | undefined;
const layer = new MultiscaleImageLayer({
  id: "image",
  loader: data,
  selections: [0, 1, 2].map((c) => ({ t: 0, c, z: 0 })),
  contrastLimits: [0, 1, 2].map(() => [0, 65535]),
  colors: [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ],
  channelsVisible: [true, true, true],
  extensions: [new ColorPaletteExtension()],
  onViewportLoad: () => {
    isLoaded = true;
    lastLoadMs = performance.now();
    finalMs = undefined;
  },
} as unknown as ConstructorParameters<typeof MultiscaleImageLayer>[0]);

const stage = document.querySelector<HTMLDivElement>("#stage")!;
stage.style.width = `${width}px`;
stage.style.height = `${height}px`;
const level0 = data[0]!.shape;
new Deck({
  parent: stage,
  width,
  height,
  views: [new OrthographicView({ id: "detail", controller: true })],
  initialViewState: {
    detail: {
      target: [level0.at(-1)! / 2, level0.at(-2)! / 2, 0],
      zoom: Number(params.get("zoom")),
    },
  },
  layers: [layer],
  onAfterRender: () => {
    if (!isLoaded || underWay > 0) return;
    if (finalMs === undefined || finalMs < lastLoadMs) finalMs = performance.now();
  },
});

const watch = setInterval(() => {
  const isQuiet = isLoaded && underWay === 0 && performance.now() - lastLoadMs > quietMs;
  if (!isQuiet) return;
  clearInterval(watch);
  (globalThis as BenchWindow).benchFinalMs = Math.max(finalMs ?? 0, lastLoadMs);
}, 20);
