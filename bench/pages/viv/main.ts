import { Deck, OrthographicView } from "@deck.gl/core";
import { ColorPaletteExtension, loadOmeZarr, MultiscaleImageLayer } from "@hms-dbmi/viv";
import type { BenchLane, BenchWindow } from "../../lane-result.ts";

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

const stage = document.querySelector<HTMLDivElement>("#stage")!;
stage.style.width = `${width}px`;
stage.style.height = `${height}px`;
let isLoaded = false;
let isWaiting = false;
let finalMs = 0;
let renders = 0;
const deck = new Deck({
  parent: stage,
  width,
  height,
  views: [new OrthographicView({ id: "detail", controller: true })],
  layers: [],
  onAfterRender: () => {
    renders++;
    if (isWaiting && isLoaded && underWay === 0 && finalMs < lastLoadMs)
      finalMs = performance.now();
  },
});

/** Waits for the first picture drawn after the last tile came in; `performance.now()` of it. */
function finalPicture(): Promise<number> {
  lastLoadMs = performance.now();
  finalMs = 0;
  renders = 0;
  isWaiting = true;
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      // Tiles are asked for by what is drawn: twice, since deck takes a new view a frame late.
      if (renders < 2) lastLoadMs = performance.now();
      const isQuiet = isLoaded && underWay === 0 && performance.now() - lastLoadMs > quietMs;
      if (!isQuiet) return;
      clearInterval(watch);
      isWaiting = false;
      resolve(Math.max(finalMs, lastLoadMs));
    }, 20);
  });
}

function lookAt(x: number, y: number, zoom: number): void {
  deck.setProps({ initialViewState: { detail: { target: [x, y, 0], zoom } } });
  requestAnimationFrame(() => requestAnimationFrame(() => deck.redraw("looked")));
}

async function open(source: string): Promise<void> {
  isLoaded = false;
  const { data } = await loadOmeZarr(source, { type: "multiscales" });
  const level0 = data[0]!.shape;
  lookAt(level0.at(-1)! / 2, level0.at(-2)! / 2, Number(params.get("zoom")));
  const channels = level0.length === 5 ? [0, 1, 2] : [0];
  const layer = new MultiscaleImageLayer({
    id: `image ${source}`,
    loader: data,
    selections: channels.map((c) => ({ t: 0, c, z: 0 })),
    contrastLimits: channels.map(() => [0, 65535]),
    colors: channels.map((c) => [0, 1, 2].map((i) => (i === c ? 255 : 0))),
    channelsVisible: channels.map(() => true),
    extensions: [new ColorPaletteExtension()],
    onViewportLoad: () => {
      isLoaded = true;
      lastLoadMs = performance.now();
    },
  } as unknown as ConstructorParameters<typeof MultiscaleImageLayer>[0]);
  deck.setProps({ layers: [layer] });
}

const page = globalThis as BenchWindow;
const lane: BenchLane = {
  async open(source) {
    const startMs = performance.now();
    await open(source);
    return (await finalPicture()) - startMs;
  },
  async look({ x, y, zoom }) {
    const startMs = performance.now();
    lookAt(x, y, zoom);
    return (await finalPicture()) - startMs;
  },
};
page.benchLane = lane;
const source = params.get("source");
if (source !== null) {
  await open(source);
  page.benchFinalMs = await finalPicture();
}
