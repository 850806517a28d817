import { colorsOfLabel } from "../src/layers/labels/label-colors.ts";
import type { LabelLayer } from "../src/layers/scene.ts";
import { scaleAndShift } from "../src/layers/tiles/affine.ts";
import { type TileCatalogue, tileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import { parseLabelId } from "../src/ui/format/label-words.ts";
import { type LabelSettings, withFoundNames } from "../src/ui/state/labels.ts";
import type { LabelReport, ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import { findLabels, type LabelEntry } from "../src/zarr/image/find-labels.ts";
import type { ImageModel, Selection } from "../src/zarr/image/image-model.ts";
import { type LabelImage, openLabelImage } from "../src/zarr/image/label-image.ts";
import {
  labelAlong,
  labelPlacement,
  pairedChannel,
  pairedSelection,
  pairingProblems,
} from "../src/zarr/image/label-pairing.ts";
import { openFailureOf } from "../src/zarr/image/open-failure.ts";
import type { Problem } from "../src/zarr/problem.ts";
import { joinPath } from "../src/zarr/store/node-path.ts";
import type { ImageSource, OpenArrays } from "./open-source.ts";

/** Milliseconds after which a picture that is still coming no longer counts. */
const longestWaitMs = 3000;

/** A label image that was opened by its own address: where it comes from may be another place than its image. */
export type OwnLabel = {
  readonly name: string;
  readonly source: ImageSource;
  readonly label: LabelImage;
};

type OpenLabel = {
  readonly label: LabelImage;
  readonly arrays: OpenArrays;
  /** Over the image as it is shown, by system and axes; undefined where it cannot lie over it. */
  readonly placed: WeakMap<ImageModel, PlacedLabel | undefined>;
};

/** The label image seen along the image's axes. */
type PlacedLabel = { readonly shown: ImageModel; readonly catalogue: TileCatalogue };

/**
 * The label images of one open image: found once, opened when they are first shown, until `dispose`. What goes wrong with one of them
 * stays with it.
 */
export class LabelSet {
  readonly #source: ImageSource;
  readonly #store: ViewerStore;
  readonly #own: OwnLabel | undefined;
  readonly #entries = new Map<string, LabelEntry>();
  readonly #open = new Map<string, OpenLabel>();
  readonly #opening = new Map<string, Promise<void>>();
  #finding: Promise<void> | undefined;
  #isFound = false;
  #problems: readonly Problem[] = [];
  #isDisposed = false;
  #last: { readonly key: readonly unknown[]; readonly layers: readonly LabelLayer[] } | undefined;

  constructor(source: ImageSource, store: ViewerStore, own: OwnLabel | undefined) {
    this.#source = source;
    this.#store = store;
    this.#own = own;
  }

  /** The label images were looked for, and are listed. */
  get isFound(): boolean {
    return this.#isFound;
  }

  /** What is wrong with the labels, as far as they were read. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Looks for the label images, once, and lists them. Never rejects. */
  find(): Promise<void> {
    this.#finding ??= this.#find();
    return this.#finding;
  }

  /** Labels never keep the picture waiting: they are looked for when it is there, or takes long. */
  async findAfter(settled: Promise<unknown>): Promise<void> {
    const tooLong = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    await Promise.race([settled, tooLong]);
    if (!this.#isDisposed) await this.find();
  }

  /** Opens what is shown and not open yet. To be called when the settings change. */
  openShown(labels: readonly LabelSettings[]): void {
    for (const { name, visible } of labels) {
      if (!visible || this.#opening.has(name)) continue;
      this.#opening.set(name, this.#openOne(name));
    }
  }

  /** Resolves when nothing that is shown is still to be opened. */
  async idle(): Promise<void> {
    if (this.#store.getState().labels.some(({ visible }) => visible)) await this.#finding;
    await Promise.all(this.#opening.values());
  }

  /** Layers of what is shown, open and has a plane here; the same ones, by identity, as long as nothing of them changes. */
  layers(state: ViewerState): readonly LabelLayer[] {
    const { labels, selection, channels, pinnedLabel, source } = state;
    if (source.status !== "open") return [];
    const { image } = source;
    const channel = channels.find(({ visible }) => visible)?.index ?? 0;
    const key = [image, labels, selection, channel, pinnedLabel, this.#open.size];
    if (this.#last?.key.every((part, i) => part === key[i])) return this.#last.layers;
    const layers = labels.flatMap((settings) => {
      const open = this.#open.get(settings.name);
      if (!settings.visible || !open) return [];
      const pinned = pinnedLabel?.name === settings.name ? pinnedLabel.id : undefined;
      return layerOf(settings, open, { image, selection, channel }, pinned) ?? [];
    });
    this.#last = { key, layers };
    return layers;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const { arrays } of this.#open.values()) arrays.dispose();
    this.#open.clear();
  }

  async #find(): Promise<void> {
    const { reader, path } = this.#source;
    const { entries, problems } = await findLabels(reader, path);
    if (this.#isDisposed) return;
    this.#isFound = true;
    for (const entry of entries) this.#entries.set(entry.name, entry);
    const names = entries.map(({ name }) => name);
    if (this.#own && !names.includes(this.#own.name)) names.push(this.#own.name);
    this.#store.setState((state) => ({
      labels: withFoundNames(state.labels, names),
      labelsFound: true,
    }));
    this.#addProblems(problems);
  }

  async #openOne(name: string): Promise<void> {
    this.#report(name, { status: "opening" });
    try {
      const [source, label] = await this.#read(name);
      if (this.#isDisposed) return;
      const arrays = source.register(label.image);
      this.#open.set(name, { label, arrays, placed: new WeakMap() });
      const pairing = pairingProblems(this.#source.image, label, `labels/${name}#`);
      this.#addProblems([...label.problems, ...pairing]);
      this.#report(name, { status: "open", label });
    } catch (error) {
      if (this.#isDisposed) return;
      const failure = openFailureOf(error);
      this.#addProblems([
        {
          code: failure.code === "ZS-NOTFOUND" ? "N4-50" : failure.code,
          severity: "warning",
          path: `labels/${name}#`,
          expected: "labels that can be shown",
          received: failure.title,
        },
      ]);
      this.#report(name, { status: "failed", failure });
    }
  }

  async #read(name: string): Promise<[ImageSource, LabelImage]> {
    if (this.#own?.name === name) return [this.#own.source, this.#own.label];
    await this.find();
    const source = this.#source;
    // Not listed, but a link names it: it may be there all the same.
    const path = joinPath(joinPath(source.path, "labels"), name);
    const entry = this.#entries.get(name) ?? { name, path };
    return [source, await openLabelImage(source.reader, entry)];
  }

  #addProblems(problems: readonly Problem[]): void {
    this.#problems = [...this.#problems, ...problems];
    this.#store.setState((state) => ({ problems: [...state.problems, ...problems] }));
  }

  #report(name: string, report: LabelReport): void {
    this.#store.setState(({ labelReports }) => ({
      labelReports: new Map([...labelReports, [name, report]]),
    }));
  }
}

/** What is on screen of the image. */
type ShownPlane = {
  readonly image: ImageModel;
  readonly selection: Selection;
  readonly channel: number;
};

function layerOf(
  { name, opacity, style }: LabelSettings,
  open: OpenLabel,
  { image, selection, channel }: ShownPlane,
  pinned: string | undefined,
): LabelLayer | undefined {
  if (!open.placed.has(image)) open.placed.set(image, placedOver(image, open));
  const placed = open.placed.get(image);
  const own = placed && pairedSelection(image, placed.shown, selection);
  if (!placed || !own) return undefined;
  return {
    kind: "labels",
    id: name,
    selection: own,
    channel: pairedChannel(image, placed.shown, channel),
    members: [placed.catalogue],
    opacity,
    style,
    colors: colorsOfLabel(open.label),
    highlighted: pinned === undefined ? undefined : parseLabelId(pinned),
  };
}

function placedOver(image: ImageModel, { label, arrays }: OpenLabel): PlacedLabel | undefined {
  const shown = labelAlong(image, label.image);
  if (!shown) return undefined;
  const { scaleX, shiftX, scaleY, shiftY } = labelPlacement(image, { ...label, image: shown });
  const placement = scaleAndShift(scaleX, shiftX, scaleY, shiftY);
  return { shown, catalogue: tileCatalogue(shown, arrays.arrays, placement) };
}
