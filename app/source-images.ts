import { smallFacts } from "../src/ui/format/image-words.ts";
import type { ImageList, ListedImage } from "../src/ui/state/image-list.ts";
import { withImageFacts } from "../src/ui/state/image-list.ts";
import type { Link } from "../src/ui/state/link.ts";
import type { ViewerStore } from "../src/ui/state/viewer-store.ts";
import type { CollectionMember, ImageCollection } from "../src/zarr/image/image-collection.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";
import { findNumberedImages, withNumbers } from "../src/zarr/image/numbered-images.ts";
import { openFailureOf } from "../src/zarr/image/open-failure.ts";
import { maxOmeXmlBytes, omeXmlImageNames } from "../src/zarr/ome/ome-xml-names.ts";
import { joinPath } from "../src/zarr/store/node-path.ts";
import type { AccessVault } from "./access-vault.ts";
import type { ChunkMachinery } from "./chunk-machinery.ts";
import type { StoreCosts } from "./counting-store.ts";
import type { OwnLabel } from "./label-set.ts";
import {
  findSource,
  type OpenSource,
  openImageOf,
  type Source,
  type SourceAccess,
  sourceAt,
} from "./open-source.ts";
import { findPlate } from "./plate/find-plate.ts";
import { loadPlates } from "./plate/load-plates.ts";
import type { OpenedPlate } from "./plate/open-plate.ts";
import { noTrust, type SourceTrust } from "./source-trust.ts";

/** An image that was opened, and which one it turned out to be. */
export type OpenedImage = {
  readonly opened: OpenSource;
  readonly series: number;
  /** The labels that the address named, if it named labels; `opened` is then their image. */
  readonly own?: OwnLabel;
  /** Sentences about what was asked for and is not there. */
  readonly notices: readonly string[];
};

/** The source whose images are listed. `collection` grows while its images are being looked for. */
type Current = {
  readonly source: Source;
  collection: ImageCollection | undefined;
  readonly signal: AbortSignal;
  readonly trust: SourceTrust;
};

type SourceImagesDeps = {
  readonly store: ViewerStore;
  readonly machinery: ChunkMachinery;
  readonly metadataCosts: StoreCosts;
  readonly access: AccessVault;
};

/** The images behind the open address: opens them one by one and keeps the list of them in the viewer's state. */
export class SourceImages {
  readonly #viewer: ViewerStore;
  readonly #machinery: ChunkMachinery;
  readonly #costs: StoreCosts;
  readonly #access: AccessVault;
  #current: Current | undefined;
  #reading = new AbortController();

  constructor({ store, machinery, metadataCosts, access }: SourceImagesDeps) {
    this.#viewer = store;
    this.#machinery = machinery;
    this.#costs = metadataCosts;
    this.#access = access;
  }

  /** Reads what is at an address and opens one of its images, or its plate. @throws whatever `openFailureOf` has words for */
  async open(
    url: string,
    link: Link,
    trust: SourceTrust = noTrust,
  ): Promise<OpenedImage | OpenedPlate> {
    this.close();
    this.#machinery.scheduler.forgetSources();
    const { signal } = this.#reading;
    const { series = 0, part } = link;
    const access = this.#reach(signal, part, trust.unknownExtensions);
    // A few kilobytes beside the first metadata: a plate has no time to lose. Whether they came is asked when they are needed.
    loadPlates().catch(() => {});
    const source = await findSource(url, access);
    const plate = await findPlate(url, source, (other, format) => sourceAt(other, access, format));
    signal.throwIfAborted();
    if (plate) return (await loadPlates()).openPlate(plate, link, this.#machinery.scheduler);
    const collection = source.collection && withNumbers(source.collection, series);
    this.#current = { source, collection, signal, trust };
    return this.#openIn(this.#current, series);
  }

  /** Opens another image of the same address, whose metadata need not be read again. */
  async openSeries(series: number): Promise<OpenedImage> {
    if (!this.#current) throw new Error("No source is open.");
    return this.#openIn(this.#current, series);
  }

  /** Opens the image, or the first one, at another address, beside the source that is open. */
  async openBeside(url: string, part: string | undefined): Promise<OpenSource> {
    const { signal } = this.#reading;
    const source = await findSource(url, this.#reach(signal, part, false));
    return openImageOf(source, source.collection, 0, this.#machinery.scheduler, noTrust);
  }

  #reach(signal: AbortSignal, part: string | undefined, passOverUnknown: boolean): SourceAccess {
    const vault = this.#access;
    const [machinery, costs] = [this.#machinery, this.#costs];
    return { machinery, costs, signal, part, passOverUnknown, vault };
  }

  /** Opens an image for a small picture; what is learnt of it goes into the list. */
  async preview(series: number): Promise<OpenSource> {
    if (!this.#current) throw new Error("No source is open.");
    return this.#read(this.#current, series);
  }

  /** Ends all reading of metadata, and looking for further images. */
  close(): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#current = undefined;
  }

  async #openIn(current: Current, asked: number): Promise<OpenedImage> {
    const { collection } = current;
    const count = collection?.members.length ?? 1;
    const series = asked < count ? asked : 0;
    const notices = series === asked ? [] : [noSuchImage(asked, count)];
    if (collection?.kind === "rfc8") {
      notices.push("This is an RFC-8 collection, a draft of OME-NGFF that may still change.");
    }
    if (collection && !this.#viewer.getState().imageList) {
      this.#viewer.setState({ imageList: listOf(collection) });
      // The image comes first; the rest of the list may take its time.
      void this.#completeList(current, collection);
    }
    return { opened: await this.#read(current, series), series, notices };
  }

  async #read(current: Current, series: number): Promise<OpenSource> {
    const { source, collection, trust } = current;
    const { scheduler } = this.#machinery;
    try {
      const opened = await openImageOf(source, collection, series, scheduler, trust);
      this.#learn(current, series, opened.image);
      return opened;
    } catch (error) {
      if (current === this.#current) this.#note(series, { failure: openFailureOf(error).title });
      throw error;
    }
  }

  #learn(current: Current, series: number, image: ImageModel): void {
    if (current !== this.#current) return;
    const known = this.#viewer.getState().imageList?.images[series]?.name;
    const name = known || (/^\d*$/.test(image.name) ? undefined : image.name);
    this.#note(series, { name, facts: smallFacts(image), failure: undefined });
  }

  #note(series: number, facts: Partial<Pick<ListedImage, "name" | "facts" | "failure">>): void {
    this.#viewer.setState(({ imageList }) =>
      imageList ? { imageList: withImageFacts(imageList, series, facts) } : {},
    );
  }

  async #completeList(current: Current, collection: ImageCollection): Promise<void> {
    const { source, signal } = current;
    try {
      await this.#nameImages(collection, source, signal);
      if (!collection.isOpenEnded) return;
      const add = (found: readonly CollectionMember[]) => {
        const members = [...(current.collection ?? collection).members, ...found];
        current.collection = { ...collection, members };
        this.#change((list) => ({ ...list, images: [...list.images, ...found.map(listed)] }));
      };
      const { path, members } = collection;
      await findNumberedImages(source.nodes, path, members.length, add, signal);
    } catch {
      // What went wrong while looking for more says nothing about the images that are there.
    }
    if (!signal.aborted) this.#change((list) => ({ ...list, isComplete: true }));
  }

  /** Names from OME-XML are only a help (N4-74): without them nothing is wrong. */
  async #nameImages(collection: ImageCollection, { store }: Source, signal: AbortSignal) {
    if (collection.kind !== "bioformats2raw") return;
    const key = joinPath(collection.path, "OME/METADATA.ome.xml");
    const document = await store
      .get(key, { maxBytes: maxOmeXmlBytes, signal })
      .catch(() => undefined);
    if (!document || signal.aborted) return;
    const names = await omeXmlImageNames(document.bytes, signal);
    this.#change((list) =>
      names.reduce(
        (next, name, k) => (name === "" ? next : withImageFacts(next, k, { name })),
        list,
      ),
    );
  }

  #change(change: (list: ImageList) => ImageList): void {
    this.#viewer.setState(({ imageList }) => (imageList ? { imageList: change(imageList) } : {}));
  }
}

function listOf({ members, isOpenEnded }: ImageCollection): ImageList {
  return { images: members.map(listed), isComplete: !isOpenEnded };
}

function listed({ place, name, isLabel }: CollectionMember): ListedImage {
  const path = place.kind === "node" ? place.path : place.kind === "refused" ? place.named : "";
  return { name, path, isLabel, facts: undefined, failure: undefined };
}

function noSuchImage(asked: number, count: number): string {
  const words = count === 1 ? "there is only one" : `there are ${count}, so the first is shown`;
  return `The link asks for image ${asked + 1}; ${words}.`;
}
