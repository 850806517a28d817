import { coarsestTiles } from "../src/layers/overview/coarsest-tiles.ts";
import { overviewPicture } from "../src/layers/overview/overview-picture.ts";
import type { ChannelRendering } from "../src/layers/scene.ts";
import type { PlannedTile } from "../src/layers/tiles/planned-tile.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import { defaultChannels } from "../src/ui/state/channels.ts";
import type { ChunkClient } from "../src/zarr/chunks/chunk-request.ts";
import { isThere } from "../src/zarr/chunks/chunk-state.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";
import { autoWindow, fullWindow } from "./auto-window.ts";
import type { OpenSource } from "./open-source.ts";

/** Pictures that are kept, so that scrolling back asks for nothing. */
const keptPictures = 300;
/** Images whose metadata are read, or whose tiles are waited for, at once. */
const openAtOnce = 3;
/** Longest side, in device pixels. */
const longestSide = 144;

type Job = {
  readonly canvas: HTMLCanvasElement;
  readonly series: number;
  /** Ends the job; undefined while it waits for its turn. */
  stop: (() => void) | undefined;
};

/**
 * Small pictures of the images of a source, each of the coarsest level as the metadata ask for it. Only those on screen are fetched, after
 * everything that the view wants; what scrolls away is dropped.
 */
export class Thumbnails {
  readonly #chunks: ChunkClient;
  readonly #open: (series: number) => Promise<OpenSource>;
  readonly #pictures = new Map<number, ImageData>();
  readonly #jobs = new Map<HTMLCanvasElement, Job>();
  readonly #series = new WeakMap<Element, number>();
  readonly #observer: IntersectionObserver;

  /** @param open reads an image's metadata and registers its arrays; may reject */
  constructor(chunks: ChunkClient, open: (series: number) => Promise<OpenSource>) {
    this.#chunks = chunks;
    this.#open = open;
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (target instanceof HTMLCanvasElement) this.#onSight(target, isIntersecting);
      }
    });
  }

  /** Paints an image on a canvas once that is on screen; the returned function ends it. */
  mount(canvas: HTMLCanvasElement, series: number): () => void {
    this.#series.set(canvas, series);
    const picture = this.#pictures.get(series);
    if (picture) paint(canvas, picture);
    else this.#observer.observe(canvas);
    return () => {
      this.#observer.unobserve(canvas);
      this.#drop(canvas);
    };
  }

  /** Forgets all pictures: another source is open. */
  clear(): void {
    for (const canvas of [...this.#jobs.keys()]) this.#drop(canvas);
    this.#pictures.clear();
  }

  #onSight(canvas: HTMLCanvasElement, isSeen: boolean): void {
    const series = this.#series.get(canvas);
    if (!isSeen || series === undefined) {
      this.#drop(canvas);
    } else if (!this.#jobs.has(canvas)) {
      this.#jobs.set(canvas, { canvas, series, stop: undefined });
      this.#next();
    }
  }

  #drop(canvas: HTMLCanvasElement): void {
    const job = this.#jobs.get(canvas);
    if (!job) return;
    this.#jobs.delete(canvas);
    job.stop?.();
    this.#next();
  }

  #next(): void {
    const jobs = [...this.#jobs.values()];
    const free = openAtOnce - jobs.filter(({ stop }) => stop).length;
    for (const job of jobs.filter(({ stop }) => !stop).slice(0, Math.max(0, free))) {
      void this.#run(job);
    }
  }

  async #run(job: Job): Promise<void> {
    const { canvas, series } = job;
    const stop = new AbortController();
    job.stop = () => stop.abort();
    try {
      const source = await this.#open(series);
      try {
        const picture = await this.#picture(series, source, stop.signal);
        if (picture && !stop.signal.aborted) this.#keep(canvas, series, picture);
      } finally {
        source.dispose();
      }
    } catch {
      // The list says why an image cannot be opened; here its place stays empty.
    }
    this.#observer.unobserve(canvas);
    if (this.#jobs.get(canvas) === job) this.#jobs.delete(canvas);
    this.#next();
  }

  #keep(canvas: HTMLCanvasElement, series: number, picture: ImageData): void {
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size >= keptPictures && oldest !== undefined) this.#pictures.delete(oldest);
    this.#pictures.set(series, picture);
    paint(canvas, picture);
  }

  /** undefined: given up, or there is nothing that could be shown. */
  async #picture(
    series: number,
    { image: whole, arrays, parts }: OpenSource,
    signal: AbortSignal,
  ): Promise<ImageData | undefined> {
    // Of a scene the lowest image stands for all.
    const image = whole.parts?.[0]?.image ?? whole;
    const catalogue = tileCatalogue(image, parts[0]?.arrays ?? arrays);
    const tiles = coarsestTiles(catalogue, image.defaultSelection, image.channels);
    if (tiles.length === 0 || signal.aborted) return undefined;
    const client = `thumbnail ${series}`;
    this.#chunks.setWanted(
      client,
      tiles.map(({ ref }, rank) => ({ ref, priority: { tier: "prefetch", rank } })),
    );
    try {
      await this.#settled(tiles, signal);
      return signal.aborted ? undefined : this.#compose(image, catalogue, tiles);
    } finally {
      this.#chunks.setWanted(client, []);
    }
  }

  /** Resolves when no tile is on its way any more, or it is given up. */
  #settled(tiles: readonly PlannedTile[], signal: AbortSignal): Promise<void> {
    const isSettled = () =>
      tiles.every(({ ref }) => {
        const state = this.#chunks.state(ref.key);
        return state !== undefined && state.kind !== "pending";
      });
    return new Promise((resolve) => {
      const check = () => {
        if (!isSettled() && !signal.aborted) return;
        unsubscribe();
        signal.removeEventListener("abort", check);
        resolve();
      };
      const unsubscribe = this.#chunks.subscribe(check);
      signal.addEventListener("abort", check);
      check();
    });
  }

  #compose(
    image: ImageModel,
    catalogue: TileCatalogue,
    tiles: readonly PlannedTile[],
  ): ImageData | undefined {
    const bounds = catalogue.levels[0]?.bounds;
    const isKnown = tiles.some(({ ref }) => isThere(this.#chunks.state(ref.key)));
    if (!bounds || !isKnown) return undefined;
    const [across, down] = [bounds.x1 - bounds.x0, bounds.y1 - bounds.y0];
    const scale = longestSide / Math.max(across, down);
    const width = Math.max(1, Math.round(across * scale));
    const height = Math.max(1, Math.round(down * scale));
    const layer = {
      kind: "intensity",
      id: "image",
      selection: image.defaultSelection,
      channels: this.#renderings(image, tiles),
      members: [catalogue],
    } as const;
    const stateOf = ({ ref }: PlannedTile) => this.#chunks.state(ref.key);
    const bytes = overviewPicture({ layers: [layer], bounds, width, height, stateOf });
    return new ImageData(bytes, width, height);
  }

  #renderings(image: ImageModel, tiles: readonly PlannedTile[]): readonly ChannelRendering[] {
    const first = image.channels.find(({ visible }) => visible)?.index;
    return defaultChannels(image).map((channel) => {
      const { index, inverted, gamma } = channel;
      const isGrey = image.greyscale === true;
      return {
        index,
        visible: channel.visible && (!isGrey || index === first),
        color: isGrey ? "FFFFFF" : channel.color,
        window: channel.window ?? this.#foundWindow(image, tiles, index),
        gamma,
        inverted,
        lut: null,
      };
    });
  }

  #foundWindow(image: ImageModel, tiles: readonly PlannedTile[], channel: number) {
    const planes = tiles.flatMap(({ ref, plane }) => {
      const state = plane.channel === channel ? this.#chunks.state(ref.key) : undefined;
      return state?.kind === "data" ? [state.plane] : [];
    });
    return autoWindow(planes, { dataType: image.dataType }) ?? fullWindow(image.dataType);
  }
}

function paint(canvas: HTMLCanvasElement, picture: ImageData): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d", { willReadFrequently: true })?.putImageData(picture, 0, 0);
}
