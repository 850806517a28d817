import type { SourceStatus, ViewerState } from "./viewer-state.ts";

/** One of the images behind the open address. Its number in links is its position in the list. */
export type ListedImage = {
  /** As its metadata or the collection's call it; undefined: nothing does, or nothing is known yet. */
  readonly name: string | undefined;
  /** Path below the source. */
  readonly path: string;
  readonly isLabel: boolean;
  /** "2220 × 2967 px · 3 channels", once its metadata were read. */
  readonly facts: string | undefined;
  /** Why it cannot be shown, one sentence. */
  readonly failure: string | undefined;
};

/** The images among which there is a choice. */
export type ImageList = {
  readonly images: readonly ListedImage[];
  /** false: more are being looked for. */
  readonly isComplete: boolean;
};

/** The name to show: its own, else the last part of its path if that says anything, else its number, 1-based. */
export function listedName({ name, path }: ListedImage, position: number): string {
  if (name !== undefined && name !== "") return name;
  const last = path.slice(path.lastIndexOf("/") + 1);
  return last === "" || /^\d+$/.test(last) ? `Image ${position + 1}` : last;
}

/** Position of the image that is open, opening, or failed to open. */
export function seriesOf(source: SourceStatus): number {
  return source.status === "empty" ? 0 : (source.series ?? 0);
}

/** True where there is something to choose from. */
export function hasChoice({ imageList }: Pick<ViewerState, "imageList">): boolean {
  return imageList !== undefined && imageList.images.length > 1;
}

/** The list with something learnt about one of its images; the same list if that is nothing new. */
export function withImageFacts(
  list: ImageList,
  position: number,
  facts: Partial<Pick<ListedImage, "name" | "facts" | "failure">>,
): ImageList {
  const before = list.images[position];
  if (before === undefined) return list;
  const next = { ...before, ...facts };
  const isSame =
    before.name === next.name && before.facts === next.facts && before.failure === next.failure;
  if (isSame) return list;
  return { ...list, images: list.images.map((image, k) => (k === position ? next : image)) };
}

/** Positions of the images whose name, number or path holds all words of a query, in any order; all of them for an empty one. */
export function matchingImages({ images }: ImageList, query: string): readonly number[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return images.flatMap((image, position) => {
    const text =
      `${listedName(image, position)} image ${position + 1} ${image.path}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word)) ? [position] : [];
  });
}

/** Name of the open image: as the list calls it, else its own, else its number. */
export function openImageName({ source, imageList, plate }: ViewerState): string | undefined {
  if (source.status !== "open") return undefined;
  if (plate) return plate.model.name;
  const { name } = source.image;
  const listed = imageList?.images[seriesOf(source)];
  if (listed === undefined) return name;
  return listed.name || !/^\d*$/.test(name)
    ? listed.name || name
    : listedName(listed, seriesOf(source));
}
