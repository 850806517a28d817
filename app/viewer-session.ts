import type { Scene, StageStatus, ViewState } from "../src/layers/scene.ts";
import type { Stage } from "../src/layers/stage.ts";
import { type CanvasSize, canvasSize } from "../src/layers/tiles/view-rect.ts";
import { withChannel } from "../src/ui/state/channels.ts";
import { seriesOf } from "../src/ui/state/image-list.ts";
import { emptyLink, type Link } from "../src/ui/state/link.ts";
import { plateRoom } from "../src/ui/state/plate.ts";
import { parsePreferences } from "../src/ui/state/preferences.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import { createViewerStore, type ViewerStore, withoutImage } from "../src/ui/state/viewer-store.ts";
import { emptyCounts, type TileCounts } from "../src/zarr/chunks/chunk-state.ts";
import { imageWithDisplayAxes } from "../src/zarr/image/display-axes.ts";
import { imageInSystem } from "../src/zarr/image/image-in-system.ts";
import type { ChannelWindow } from "../src/zarr/image/image-model.ts";
import { openFailureOf } from "../src/zarr/image/open-failure.ts";
import { AccessVault } from "./access-vault.ts";
import { askedPlace } from "./asked-source.ts";
import { AutoContrast } from "./auto-contrast.ts";
import { CalmMoments } from "./calm-moments.ts";
import { type ChunkMachinery, createChunkMachinery } from "./chunk-machinery.ts";
import { watchContrast } from "./contrast-hint.ts";
import type { StoreCosts } from "./counting-store.ts";
import { FetchAhead, savesData } from "./fetch-ahead.ts";
import { FittedView } from "./fitted-view.ts";
import { graphicsReport } from "./graphics-failure.ts";
import { withImageOfLabel } from "./image-of-label.ts";
import { LabelSet } from "./label-set.ts";
import { readKept } from "./local-storage.ts";
import { NeededLuts } from "./needed-luts.ts";
import type { OpenSource } from "./open-source.ts";
import { stateOfImage, stateOfPlate } from "./opened-state.ts";
import { OverviewMount } from "./overview-mount.ts";
import { PlanePace } from "./plane-pace.ts";
import { loadPlates } from "./plate/load-plates.ts";
import type { OpenedPlate } from "./plate/open-plate.ts";
import type { PlateSession } from "./plate/plate-session.ts";
import { Player } from "./player.ts";
import { sceneOf } from "./scene-of-state.ts";
import { shownPlanes } from "./shown-planes.ts";
import { planesInView, type ShownSource, shownImage } from "./shown-source.ts";
import { type OpenedImage, SourceImages } from "./source-images.ts";
import { noTrust, type SourceTrust } from "./source-trust.ts";
import { loadStage, StageMount } from "./stage-mount.ts";
import { Thumbnails } from "./thumbnails.ts";
import { transferReport } from "./transfer-report.ts";
import { UndoTracker } from "./undo-tracker.ts";
import { ViewHistograms } from "./view-histograms.ts";

/** One viewer: the store, the chunk machinery, the stage once it is mounted, and the image that is open. */
export class ViewerSession {
  readonly store: ViewerStore = createViewerStore({
    preferences: parsePreferences(readKept("preferences")),
  });
  readonly undoTracker = new UndoTracker(this.store);
  readonly machinery: ChunkMachinery = createChunkMachinery();
  readonly calm = new CalmMoments(this.store);
  /** Requests and bytes for metadata; those for chunks are counted by the scheduler. */
  readonly metadataCosts: StoreCosts = { requests: 0, bytes: 0 };
  readonly histograms = new ViewHistograms((of) => planesInView(this.#source, this.stage, of));
  readonly access = new AccessVault();
  readonly #images = new SourceImages(this);
  readonly overview = new OverviewMount(this.machinery.scheduler);
  readonly thumbnails = new Thumbnails(this.machinery.scheduler, (k) => this.#images.preview(k));
  readonly #base: string;
  readonly #contrast: AutoContrast;
  readonly #mount = new StageMount();
  readonly #pace: PlanePace;
  #scene: Scene | undefined;
  #source: ShownSource | undefined;
  #opened: OpenSource | undefined;
  #labels: LabelSet | undefined;
  plate: PlateSession | undefined;
  plateRoom = plateRoom;
  #opening: Promise<void> = Promise.resolve();
  #generation = 0;
  readonly #fitted = new FittedView();
  readonly #luts = new NeededLuts(this.store, () => this.#passScene());
  readonly #reportTransfer: () => void;

  /** @param base address of the page, against which relative sources are resolved */
  constructor(base: string) {
    this.#base = base;
    const { store, calm } = this;
    const { scheduler } = this.machinery;
    this.#contrast = new AutoContrast(scheduler, (index, window) => {
      store.setState(({ channels }) => ({ channels: withChannel(channels, index, { window }) }));
    });
    this.#reportTransfer = transferReport(store, scheduler, this.metadataCosts, calm);
    const shown = { store, calm, chunks: scheduler, drawn: () => this.stage?.drawn };
    this.#pace = new PlanePace({ ...shownPlanes(shown), changed: () => this.#passScene() });
    const player = new Player(shown);
    new FetchAhead({ ...shown, upcoming: () => player.upcoming(), savesData: savesData() });
    store.subscribe((state, before) => this.#onState(state, before));
    watchContrast(store, calm, (channel) => this.histograms.of(channel));
  }

  get stage(): Stage | undefined {
    return this.#mount.stage;
  }

  /** Opens what a person pasted or a link names. Resolves when it is open or has failed; never rejects. */
  open(input: string, link: Link = emptyLink, trust: SourceTrust = noTrust): Promise<void> {
    this.#opening = this.#open(input, link, (url) => this.#images.open(url, link, trust));
    return this.#opening;
  }

  /** Opens another image of the same source. */
  openSeries(series: number, link: Link = emptyLink): Promise<void> {
    const { source, sources, imageList } = this.store.getState();
    if (source.status === "empty") return Promise.resolve();
    const read = () => this.#images.openSeries(series);
    this.#opening = this.#open(source.url, { ...link, series, sources }, read, imageList);
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
    const deps = {
      chunks: this.machinery.scheduler,
      onView: (view: ViewState) => this.#source && this.store.setState({ view }),
      onResize: (size: CanvasSize) => {
        const view = this.#fitted.refit(this.store.getState(), size);
        if (view) this.store.setState({ view });
      },
      onStatus: (stage: StageStatus) => {
        this.#source?.afterFrame(this.stage?.drawn);
        this.#pace.drawn();
        this.store.setState({ stage });
      },
      onHover: (world?: readonly [number, number]) => this.#onHover(world),
      ...graphicsReport(this.store),
    };
    return this.#mount.mount(parent, deps, (stage) => {
      if (this.#scene) stage.setScene(this.#scene);
      this.#showView(parent);
    });
  }

  /** Size of the picture in CSS pixels; undefined before there is a place for it. */
  stageSize(): CanvasSize | undefined {
    return this.stage && canvasSize(this.stage.canvas);
  }

  /** Fits the image, or the well that was opened, into the stage. */
  fit(): void {
    const state = this.store.getState();
    const view = this.#fitted.fit(state, state.stage ?? this.stageSize());
    if (view) this.store.setState({ view });
  }

  /** The image that is open, shown anew as a link has it. */
  reshow(link: Link): void {
    const { source } = this.store.getState();
    if (!this.#opened || !this.#labels || source.status !== "open") return;
    const shown = { opened: this.#opened, series: seriesOf(source), notices: [] };
    this.#showImage(source.url, shown, link, this.#labels);
  }

  /** Looks for display limits in a channel's whole plane, at the coarsest level. */
  findContrast(channel: number, saturation: number, found: (window: ChannelWindow) => void): void {
    const plane = this.#source?.contrastPlane(channel, this.store.getState().selection);
    this.#contrast.find(plane, channel, { saturation, onWindow: found });
  }

  async settled(): Promise<TileCounts> {
    const opening = this.#opening;
    await opening;
    if (opening !== this.#opening) return this.settled();
    if (!this.#source) return emptyCounts();
    const stage = await this.#mount.there();
    await this.#labels?.idle();
    await this.#contrast.idle();
    await this.#luts.idle();
    await this.#pace.idle();
    const tiles = await stage.settled();
    if (this.#source?.isPartial) return this.settled();
    // What was asked of a source that another one has replaced meanwhile is answered by that one.
    return opening === this.#opening ? tiles : this.settled();
  }

  async #open(
    input: string,
    link: Link,
    read: (url: string) => Promise<OpenedImage | OpenedPlate>,
    imageList?: ViewerState["imageList"],
  ): Promise<void> {
    const generation = ++this.#generation;
    void loadStage();
    this.#dispose(true);
    if (!imageList) this.thumbnails.clear();
    const asked = askedPlace(input, link, this.#base, this.access);
    const { source } = asked;
    // In one step: from source to source there is no moment without one.
    this.store.setState((state) => ({ ...withoutImage(state), ...asked, imageList }), true);
    if (source.status === "failed") return this.stage?.setScene(undefined);
    try {
      const beside = (address: string) => this.#images.openBeside(address, link.part);
      const found = await withImageOfLabel(source.url, await read(source.url), beside);
      const { PlateSession: Plate } = "opened" in found ? {} : await loadPlates();
      if (generation !== this.#generation) ("opened" in found ? found.opened : found).dispose();
      else if ("opened" in found) this.#showImage(source.url, found, link);
      else if (Plate) this.#showPlate(found, link, Plate);
    } catch (error) {
      if (generation !== this.#generation) return;
      const failure = openFailureOf(error);
      this.store.setState({ source: { ...source, status: "failed", failure } });
      this.stage?.setScene(undefined);
    }
    this.#reportTransfer();
  }

  #showImage(url: string, found: OpenedImage, link: Link, known?: LabelSet): void {
    const labels = known ?? new LabelSet(found.opened, this.store, found.own);
    this.#opened = found.opened;
    this.#labels = labels;
    const inSystem = imageInSystem(found.opened.image, link.system);
    const opened = { ...found.opened, image: imageWithDisplayAxes(inSystem, link.axes) };
    this.#source = shownImage(opened, labels);
    this.#start(stateOfImage(url, { ...found, opened }, labels, this.store.getState(), link));
    void labels.findAfter(this.settled());
  }

  #showPlate(opened: OpenedPlate, link: Link, Plate: typeof PlateSession): void {
    this.plate = new Plate(opened, {
      store: this.store,
      chunks: this.machinery.scheduler,
      size: () => this.stageSize(),
      changed: () => this.#passScene(),
      fit: () => this.fit(),
      isFitted: () => this.#fitted.isFitted(this.store.getState().view),
    });
    this.#source = this.plate;
    this.#start(stateOfPlate(opened, this.plate, link, this.plateRoom));
  }

  #start(state: ReturnType<typeof stateOfImage>): void {
    this.#pace.clear();
    this.store.setState({ ...state, view: this.#fitted.start(state, this.stageSize()) });
  }

  #dispose(isOneComing = false): void {
    this.#contrast.clear();
    this.#pace.clear();
    this.histograms.clear();
    this.#scene = undefined;
    this.stage?.setScene(undefined, isOneComing);
    this.overview.setScene(undefined);
    this.#source?.dispose();
    this.#source = undefined;
    this.#opened = undefined;
    this.#labels?.dispose();
    this.#labels = undefined;
    this.plate = undefined;
  }

  #onState(state: ViewerState, before: ViewerState): void {
    const source = this.#source;
    if (!source || state.source.status !== "open") return;
    if (state.channels !== before.channels || state.source !== before.source) {
      this.#contrast.findMissing((...of) => source.contrastPlane(...of), state);
    }
    if (state.labels !== before.labels) this.#labels?.openShown(state.labels);
    this.#luts.loadFor(state.channels);
    this.#passScene();
    if (state.view && state.view !== before.view) this.stage?.setView(state.view);
    this.stage?.planNow();
  }

  #passScene(): void {
    if (!this.#source) return;
    const state = this.#pace.paced(this.store.getState());
    const scene = sceneOf(state, this.#source.images(state), this.#scene);
    if (scene === this.#scene) return;
    this.#scene = scene;
    this.stage?.setScene(scene);
    this.overview.setScene(scene);
  }

  /** A stage that comes after the image: what was asked for before there was a size. */
  #showView({ clientWidth: widthPx, clientHeight: heightPx }: HTMLElement): void {
    const view = this.#fitted.start(this.store.getState(), { widthPx, heightPx });
    if (!this.#source || !view) return;
    this.store.setState({ view });
    this.stage?.setView(view);
  }

  #onHover(world: readonly [number, number] | undefined): void {
    const hovered = world && this.stage && this.#source?.hover(world, this.stage);
    this.store.setState({ cursor: undefined, hoveredCell: undefined, ...hovered });
  }
}
