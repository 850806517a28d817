import type { ComposedFrame } from "../../src/layers/frame-composer.ts";
import type { Stage } from "../../src/layers/stage.ts";
import { areaContains } from "../../src/layers/tiles/area.ts";
import { sameRect } from "../../src/layers/tiles/rect.ts";
import type { TileCatalogue } from "../../src/layers/tiles/tile-catalogue.ts";
import type { CssSize, Framing } from "../../src/layers/tiles/view-framing.ts";
import { viewRect } from "../../src/layers/tiles/view-rect.ts";
import type { Link } from "../../src/ui/state/link.ts";
import { ownWindows } from "../../src/ui/state/own-contrast.ts";
import { imagePoint, type PlateChange, type PlateState } from "../../src/ui/state/plate.ts";
import type { ViewerState } from "../../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../../src/ui/state/viewer-store.ts";
import type { ChunkClient } from "../../src/zarr/chunks/chunk-request.ts";
import type { DecodedPlane } from "../../src/zarr/chunks/chunk-state.ts";
import type { Selection } from "../../src/zarr/image/image-model.ts";
import { cellAt, cellsWithin } from "../../src/zarr/plate/plate-layout.ts";
import type { WellModel } from "../../src/zarr/plate/plate-model.ts";
import type { ContrastPlane } from "../auto-contrast.ts";
import { cursorReadout } from "../cursor-readout.ts";
import { stateOnPlate } from "../opened-state.ts";
import { type ShownImages, sheetLayerId } from "../scene-of-state.ts";
import type { ShownSource } from "../shown-source.ts";
import { sameChoice } from "./field-choice.ts";
import { placementOf } from "./laid-images.ts";
import type { OpenedPlate } from "./open-plate.ts";
import type { PlateImages, PlateMembers } from "./plate-images.ts";
import { PlateMarks } from "./plate-marks.ts";
import {
  changeOfLink,
  choiceAt,
  fieldCount,
  openedWell,
  type PlatePlace,
  placeAfter,
  plateFraming,
} from "./plate-place.ts";
import { plateSheets } from "./plate-sheets.ts";
import { templateFor } from "./plate-template.ts";
import { isFailure } from "./well-mark.ts";
import { WellReader } from "./well-reader.ts";

type Around = {
  readonly store: ViewerStore;
  readonly chunks: ChunkClient;
  /** Of the canvas; undefined until there is one. */
  size(): CssSize | undefined;
  /** The scene is to be made again. */
  changed(): void;
  /** The view is to be fitted to what the state says is to be fitted. */
  fit(): void;
  /** Whether it still is what it was fitted to last. */
  isFitted(): boolean;
};

const none: PlateMembers = { members: [], provisional: new Set(), isPartial: false };

/** A plate on show: which of its images a view needs, what is known of its wells, and where on it one is. */
export class PlateSession implements ShownSource {
  readonly #plate: OpenedPlate;
  readonly #around: Around;
  readonly #reader: WellReader;
  readonly marks: PlateMarks;
  #frameRequest: number | undefined;
  /** Changes of the place on the plate; a later one makes an earlier one void. */
  #steps = 0;
  /** Where the last change leads, until that is shown: the next one starts from there. */
  #asked: PlatePlace | undefined;
  #members = none;
  #drawnView: ViewerState["view"];
  #shown: {
    readonly ownContrast: PlateState["ownContrast"] | undefined;
    readonly images: ShownImages;
  } = { ownContrast: undefined, images: none };

  constructor(plate: OpenedPlate, around: Around) {
    this.#plate = plate;
    this.#around = around;
    this.marks = new PlateMarks(plate, around.chunks);
    this.#reader = new WellReader(plate, () => this.#changed());
  }

  get #images(): PlateImages {
    return this.#plate.images;
  }

  /** An image in which channels without display limits are looked at. */
  contrastPlane(index: number, selection: Selection): ContrastPlane | undefined {
    const shown = this.#images.shownIn(this.#images.template.well)?.catalogue;
    const catalogue = shown ?? this.#members.members[0];
    return catalogue && { catalogue, selection, index };
  }

  /** The state of a plate that was just opened. */
  initialState(opened: WellModel | undefined): PlateState {
    const { model } = this.#plate;
    const { template, choice } = this.#images;
    const chosen = { place: 0, places: 1 };
    return {
      model,
      acquisition: choice.acquisition,
      field: choice.field === "all" ? 0 : choice.field,
      allFields: choice.field === "all",
      fieldCount: fieldCount(this.#images, template.well),
      opened: opened && openedWell(this.#images, opened),
      marks: this.marks.all(),
      ownContrast: new Map(),
      placement: placementOf(template.well, chosen, template.image),
    };
  }

  /** What the plate as a whole is framed by. */
  framing(): Framing {
    return plateFraming(this.#plate.model, this.#images);
  }

  /** The images that the view needs, by layers. */
  images({ view, stage, plate }: ViewerState): ShownImages {
    const size = stage ?? this.#around.size();
    if (view === undefined || size === undefined || size.widthPx === 0 || !plate) return none;
    const rect = viewRect(view, { ...size, devicePixelRatio: 1 });
    const cells = cellsWithin(this.#plate.model, rect);
    const found = this.#images.in(cells, view.target);
    const { ownContrast } = plate;
    if (found !== this.#members || ownContrast !== this.#shown.ownContrast) {
      const { members, provisional } = found;
      const sheets = plateSheets(members, (member) => this.#images.imageOf(member), ownContrast);
      this.#members = found;
      this.#shown = { ownContrast, images: { members, provisional, sheets } };
    }
    if (found.isPartial) this.#askAgain();
    return this.#shown.images;
  }

  /** Decoded planes of a channel in view: of the opened well's own, if it has its own contrast; else of all that share theirs. */
  planesInView(stage: Pick<Stage, "planesInView">, channel: number): readonly DecodedPlane[] {
    const { plate } = this.#around.store.getState();
    const own = ownWindows(plate) && plate?.opened?.well.id;
    const sheets = this.#shown.images.sheets ?? [];
    const windows = own === undefined ? undefined : plate?.ownContrast.get(own);
    return sheets
      .filter((sheet) => sheet.windows === windows)
      .flatMap(({ id }) => stage.planesInView(channel, sheetLayerId(id)));
  }

  /** To be called after each frame that shows the newest scene. */
  afterFrame(frame: ComposedFrame | undefined): void {
    if (frame === undefined) return;
    this.#images.release();
    this.#reader.readNow(this.#images.unreadWells(frame.doubtful));
    if (this.marks.note(frame)) this.#changed();
    // Who moves about is not idle.
    const { view } = this.#around.store.getState();
    if (view !== this.#drawnView) this.#reader.readWhenIdle([]);
    this.#drawnView = view;
    const drawn = frame.parts.map(({ catalogue }) => catalogue);
    this.#reader.readWhenIdle(frame.complete ? this.#images.unreadWells(drawn) : []);
  }

  /** Goes where a link leads; returns what of it is not there. */
  async follow(link: Link): Promise<readonly string[]> {
    const { store, fit } = this.#around;
    const { change, notices } = changeOfLink(this.#plate.model, link);
    await this.go(change);
    const state = stateOnPlate(store.getState(), link);
    if (state) store.setState(state);
    if (!state?.view) fit();
    return notices;
  }

  /** Goes to another place on the plate. */
  async go(change: PlateChange): Promise<void> {
    const step = ++this.#steps;
    const shown = this.#around.store.getState().plate;
    if (shown === undefined) return;
    const before = this.#asked ?? { ...shown, well: shown.opened?.well };
    const { well, ...fields } = placeAfter(change, before, this.#plate.model);
    this.#asked = { well, ...fields };
    const choice = choiceAt(this.#asked);
    if (!sameChoice(choice, this.#images.choice)) {
      const { model, reader } = this.#plate;
      const template = await templateFor(model, reader, choice, this.#images.template);
      if (step !== this.#steps) return;
      this.#images.choose(choice, template);
    }
    this.#asked = undefined;
    const moved = well !== shown.opened?.well;
    this.#set({
      ...fields,
      fieldCount: fieldCount(this.#images, well ?? this.#images.template.well),
      opened: well && openedWell(this.#images, well),
      marks: this.marks.all(),
    });
    if (moved) this.#around.fit();
    this.#around.changed();
    if (well) void this.#reader.read(well);
  }

  /** What lies under the cursor, in the own world of the image there. */
  hover(
    world: readonly [number, number],
    stage: Pick<Stage, "valueAt">,
  ): Pick<ViewerState, "cursor" | "hoveredCell"> {
    const cell = cellAt(this.#plate.model, ...world);
    const { hoveredCell: before } = this.#around.store.getState();
    const isSame = before?.row === cell?.row && before?.column === cell?.column;
    const member = this.#memberAt(...world);
    const laid = member && this.#images.imageOf(member);
    const readout = stage.valueAt(...world);
    return {
      hoveredCell: isSame ? before : cell,
      cursor: laid && cursorReadout(laid.image, imagePoint(world, laid.placement), readout),
    };
  }

  /** Reads the metadata of the well around a point, if they are still to be read, and shows what they say. */
  async readAt(x: number, y: number): Promise<void> {
    const member = this.#memberAt(x, y);
    if (!member || !this.#members.provisional.has(member)) return;
    const wells = this.#images.unreadWells([member]);
    await Promise.all(wells.map((well) => this.#reader.read(well)));
    // Read a moment ago in idle time, and not shown yet.
    if (wells.length === 0) this.#changed();
  }

  /** Tries again to read a well that could not be read; all of them if none is named. */
  retry(id?: string): void {
    const { model, hierarchy } = this.#plate;
    const failed = model.wells.filter((well) => {
      const mark = this.#images.marks.get(well.id);
      return isFailure(mark) && (id === undefined || well.id === id);
    });
    for (const well of failed) {
      hierarchy.forget(well.path);
      this.#images.forgetWell(well);
    }
    this.#reader.readNow(failed);
    this.#changed();
  }

  /** Whether more images are to come than the scene has now. */
  get isPartial(): boolean {
    return this.#members.isPartial;
  }

  dispose(): void {
    this.#steps++;
    if (this.#frameRequest !== undefined) cancelAnimationFrame(this.#frameRequest);
    this.#reader.dispose();
    this.#plate.dispose();
  }

  #memberAt(x: number, y: number): TileCatalogue | undefined {
    return this.#members.members.find(
      ({ levels: [finest] }) => finest && areaContains(finest.imageArea, x, y),
    );
  }

  /** What is known of wells changed. */
  #changed(): void {
    const { plate } = this.#around.store.getState();
    if (plate === undefined) return;
    const opened = plate.opened && openedWell(this.#images, plate.opened.well);
    const isElsewhere =
      opened !== undefined && !sameRect(opened.framing.bounds, plate.opened?.framing.bounds);
    const wasFitted = isElsewhere && this.#around.isFitted();
    const well = opened?.well ?? this.#images.template.well;
    this.#set({
      marks: this.marks.all(plate.marks),
      fieldCount: fieldCount(this.#images, well),
      ...(opened && (isElsewhere || opened.image !== plate.opened?.image) ? { opened } : {}),
    });
    if (wasFitted) this.#around.fit();
    this.#around.changed();
  }

  #set(change: Partial<PlateState>): void {
    const { store } = this.#around;
    const { plate: before, source } = store.getState();
    if (before === undefined || source.status !== "open") return;
    const isSame = Object.entries(change).every(
      ([key, value]) => Reflect.get(before, key) === value,
    );
    if (isSame) return;
    const plate = { ...before, ...change };
    const problems =
      plate.marks === before.marks ? {} : { problems: this.marks.problems(plate.marks) };
    store.setState({ plate, ...problems });
  }

  #askAgain(): void {
    this.#frameRequest ??= requestAnimationFrame(() => {
      this.#frameRequest = undefined;
      this.#around.changed();
    });
  }
}
