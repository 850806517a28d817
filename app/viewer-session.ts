import type { Scene, StageStatus, ViewState } from "../src/layers/scene.ts";
import type { Stage } from "../src/layers/stage.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import { imageFraming } from "../src/layers/tiles/view-framing.ts";
import { withChannel } from "../src/ui/state/channels.ts";
import { seriesOf } from "../src/ui/state/image-list.ts";
import { emptyLink, type Link } from "../src/ui/state/link.ts";
import { applyLink } from "../src/ui/state/link-state.ts";
import { parsePreferences } from "../src/ui/state/preferences.ts";
import { normaliseSource } from "../src/ui/state/source-url.ts";
import type { SourceStatus, ViewerState } from "../src/ui/state/viewer-state.ts";
import { createViewerStore, type ViewerStore, withoutImage } from "../src/ui/state/viewer-store.ts";
import type { TileCounts } from "../src/zarr/chunks/chunk-state.ts";
import { imageWithDisplayAxes } from "../src/zarr/image/display-axes.ts";
import { imageInSystem } from "../src/zarr/image/image-in-system.ts";
import type { ChannelWindow } from "../src/zarr/image/image-model.ts";
import { openFailureOf } from "../src/zarr/image/open-failure.ts";
import { AutoContrast } from "./auto-contrast.ts";
import { type ChunkMachinery, createChunkMachinery } from "./chunk-machinery.ts";
import { watchContrast } from "./contrast-hint.ts";
import type { StoreCosts } from "./counting-store.ts";
import { cursorReadout } from "./cursor-readout.ts";
import { FittedView } from "./fitted-view.ts";
import { readKept } from "./local-storage.ts";
import { NeededLuts } from "./needed-luts.ts";
import { noTiles } from "./no-tiles.ts";
import type { OpenSource } from "./open-source.ts";
import { OverviewMount } from "./overview-mount.ts";
import { Player } from "./player.ts";
import { sceneOf } from "./scene-of-state.ts";
import { type OpenedImage, SourceImages } from "./source-images.ts";
import { Thumbnails } from "./thumbnails.ts";
import { transferReport } from "./transfer-report.ts";
import { UndoTracker } from "./undo-tracker.ts";
import { ViewHistograms } from "./view-histograms.ts";

/** deck.gl and the tile pool are half of the code and of no use on the start page: loaded beside the first metadata. */
const loadStage = () => import("../src/layers/stage.ts");

/** One viewer: the store, the chunk machinery, the stage once it is mounted, and the image that is open. */
export class ViewerSession {
  readonly store: ViewerStore = createViewerStore({
    preferences: parsePreferences(readKept("preferences")),
  });
  readonly undoTracker = new UndoTracker(this.store);
  readonly machinery: ChunkMachinery = createChunkMachinery();
  /** Requests and bytes for metadata; those for chunks are counted by the scheduler. */
  readonly metadataCosts: StoreCosts = { requests: 0, bytes: 0 };
  /** Histograms of what is on screen. */
  readonly histograms = new ViewHistograms((channel) => this.#stage?.planesInView(channel) ?? []);
  readonly #images = new SourceImages(this.store, this.machinery, this.metadataCosts);
  readonly overview = new OverviewMount(this.machinery.scheduler);
  readonly thumbnails = new Thumbnails(this.machinery.scheduler, (series) =>
    this.#images.preview(series),
  );
  readonly #base: string;
  readonly #contrast: AutoContrast;
  #stage: Stage | undefined;
  #scene: Scene | undefined;
  #source: (OpenSource & { readonly catalogue: TileCatalogue }) | undefined;
  #opening: Promise<void> = Promise.resolve();
  #generation = 0;
  readonly #fitted = new FittedView();
  readonly #luts = new NeededLuts(this.store, () => this.#passScene());
  readonly #stageWaiting: ((stage: Stage) => void)[] = [];
  readonly #reportTransfer: () => void;

  /** @param base address of the page, against which relative sources are resolved */
  constructor(base: string) {
    this.#base = base;
    const { scheduler } = this.machinery;
    this.#contrast = new AutoContrast(scheduler, (channel, window) =>
      this.#setAuto(channel, window),
    );
    this.#reportTransfer = transferReport(this.store, scheduler, this.metadataCosts);
    scheduler.subscribe(this.#reportTransfer);
    new Player({ store: this.store, chunks: scheduler, drawn: () => this.#stage?.drawn });
    this.store.subscribe((state, before) => this.#onState(state, before));
    watchContrast(this.store, (channel) => this.histograms.of(channel));
  }

  get stage(): Stage | undefined {
    return this.#stage;
  }

  /** Opens what a person pasted or a link names. Resolves when it is open or has failed; never rejects. */
  open(input: string, link: Link = emptyLink): Promise<void> {
    this.#opening = this.#open(input, link, (url) => this.#images.open(url, link));
    return this.#opening;
  }

  /** Opens another image of the same source. */
  openSeries(series: number, link: Link = emptyLink): Promise<void> {
    const { source, imageList } = this.store.getState();
    if (source.status === "empty") return Promise.resolve();
    const read = () => this.#images.openSeries(series);
    this.#opening = this.#open(source.url, { ...link, series }, read, imageList);
    return this.#opening;
  }

  close(): void {
    this.#generation++;
    this.#dispose();
    this.#images.close();
    this.thumbnails.clear();
    this.store.setState(withoutImage, true);
  }

  /** Puts the stage into an element, as soon as its code is there; the returned function takes it out again. */
  mountStage(parent: HTMLElement): () => void {
    let stage: Stage | undefined;
    let isWanted = true;
    void loadStage().then((module) => {
      if (!isWanted) return;
      stage = new module.Stage(parent, {
        chunks: this.machinery.scheduler,
        onView: (view) => this.#onView(view),
        onStatus: (status) => this.#onStatus(status),
        onHover: (world) => this.#onHover(world),
      });
      this.#stage = stage;
      if (this.#scene) stage.setScene(this.#scene);
      this.#showView(parent);
      for (const resolve of this.#stageWaiting.splice(0)) resolve(stage);
    });
    return () => {
      isWanted = false;
      stage?.destroy();
      if (this.#stage === stage) this.#stage = undefined;
    };
  }

  /** Fits the image into the stage. */
  fit(): void {
    const { source, stage } = this.store.getState();
    const size = stage ?? this.#stageSize();
    if (source.status !== "open" || !size) return;
    this.store.setState({ view: this.#fitted.fit(source.framing, size) });
  }

  /** The image that is open, shown anew as a link has it. */
  reshow(link: Link): void {
    const { source } = this.store.getState();
    if (!this.#source || source.status !== "open") return;
    const shown = { opened: this.#source, series: seriesOf(source), notices: [] };
    this.#show(source.url, shown, link);
  }

  /** Looks for display limits in a channel's whole plane, at the coarsest level. */
  findContrast(channel: number, saturation: number, found: (window: ChannelWindow) => void): void {
    const { selection } = this.store.getState();
    if (!this.#source) return;
    const options = { saturation, onWindow: found };
    this.#contrast.find(this.#source.catalogue, selection, channel, options);
  }

  async settled(): Promise<TileCounts> {
    let opening: Promise<void>;
    do {
      opening = this.#opening;
      await opening;
    } while (opening !== this.#opening);
    if (!this.#source) return noTiles;
    const stage =
      this.#stage ?? (await new Promise<Stage>((done) => this.#stageWaiting.push(done)));
    await this.#contrast.idle();
    await this.#luts.idle();
    const tiles = await stage.settled();
    // What was asked of a source that another one has replaced meanwhile is answered by that one.
    return opening === this.#opening ? tiles : this.settled();
  }

  async #open(
    input: string,
    link: Link,
    read: (url: string) => Promise<OpenedImage>,
    imageList?: ViewerState["imageList"],
  ): Promise<void> {
    const generation = ++this.#generation;
    void loadStage();
    this.#dispose();
    if (!imageList) this.thumbnails.clear();
    const normalised = normaliseSource(input, this.#base);
    const url = "url" in normalised ? normalised.url : input;
    const place = { url, ...(link.series ? { series: link.series } : {}) };
    const source: SourceStatus =
      "url" in normalised
        ? { status: "opening", ...place }
        : { status: "failed", ...place, failure: normalised.failure };
    // In one step: from source to source there is no moment without one.
    this.store.setState((state) => ({ ...withoutImage(state), source, imageList }), true);
    if (source.status === "failed") return;
    try {
      const image = await read(url);
      if (generation === this.#generation) this.#show(url, image, link);
      else image.opened.dispose();
    } catch (error) {
      if (generation !== this.#generation) return;
      const failure = openFailureOf(error);
      this.store.setState({ source: { status: "failed", ...place, failure } });
    }
    this.#reportTransfer();
  }

  #show(url: string, { opened, series, notices }: OpenedImage, link: Link): void {
    const { arrays } = opened;
    const image = imageWithDisplayAxes(imageInSystem(opened.image, link.system), link.axes);
    this.#source = { ...opened, catalogue: tileCatalogue(image, arrays) };
    const { view, ...initial } = applyLink(image, link);
    const size = this.#stageSize();
    const framing = imageFraming(image);
    this.store.setState({
      source: { status: "open", url, ...(series > 0 ? { series } : {}), image, framing },
      ...initial,
      notices: [...notices, ...initial.notices],
      view: (size && this.#fitted.startAt(view, framing, size)) ?? view,
      problems: image.problems,
    });
  }

  #dispose(): void {
    this.#contrast.clear();
    this.histograms.clear();
    this.#scene = undefined;
    this.#stage?.setScene(undefined);
    this.overview.setScene(undefined);
    this.#source?.dispose();
    this.#source = undefined;
  }

  #onState(state: ViewerState, before: ViewerState): void {
    const source = this.#source;
    if (!source || state.source.status !== "open") return;
    if (state.channels !== before.channels || state.source !== before.source) {
      for (const { index, visible, window } of state.channels) {
        if (visible && !window) this.#contrast.find(source.catalogue, state.selection, index);
      }
    }
    this.#luts.loadFor(state.channels);
    this.#passScene();
    if (state.view && state.view !== before.view) this.#stage?.setView(state.view);
  }

  #passScene(): void {
    if (!this.#source) return;
    const scene = sceneOf(this.store.getState(), this.#source.catalogue, this.#scene);
    if (scene === this.#scene) return;
    this.#scene = scene;
    this.#stage?.setScene(scene);
    this.overview.setScene(scene);
  }

  #setAuto(index: number, window: ChannelWindow): void {
    this.store.setState(({ channels }) => ({ channels: withChannel(channels, index, { window }) }));
  }

  /** A stage that comes after the image: what was asked for before there was a size. */
  #showView(parent: HTMLElement): void {
    const { source, view } = this.store.getState();
    if (source.status !== "open") return;
    const size = { widthPx: parent.clientWidth, heightPx: parent.clientHeight };
    const shown = this.#fitted.startAt(view, source.framing, size);
    this.store.setState({ view: shown });
    this.#stage?.setView(shown);
  }

  #onView(view: ViewState): void {
    if (this.#source) this.store.setState({ view });
  }

  #onStatus(status: StageStatus): void {
    const { view, source } = this.store.getState();
    const refitted = source.status === "open" && this.#fitted.refit(view, source.framing, status);
    this.store.setState({ stage: status, ...(refitted ? { view: refitted } : {}) });
  }

  #onHover(world: readonly [number, number] | undefined): void {
    const { source } = this.store.getState();
    const cursor =
      world && source.status === "open" && this.#stage
        ? cursorReadout(source.image, world, this.#stage.valueAt(world[0], world[1]))
        : undefined;
    this.store.setState({ cursor });
  }

  #stageSize(): { widthPx: number; heightPx: number } | undefined {
    const canvas = this.#stage?.canvas;
    return canvas && { widthPx: canvas.clientWidth, heightPx: canvas.clientHeight };
  }
}
