import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { TexelArray, TextureFormat } from "./texture-format.ts";
import { GpuMemoryError, type PageKind, pageKind, TilePage } from "./tile-page.ts";

/** A tile that can be drawn now: texels in a layer of a page, or one value for all of it (no texture memory). */
export type Resident = {
  readonly tile: PlannedTile;
  /** Drawn with a mark: its chunk contradicts its checksum. */
  readonly unverified: boolean;
  readonly content:
    | { readonly kind: "texels"; readonly page: TilePage; readonly layer: number }
    | { readonly kind: "constant"; readonly value: number };
};

type Entry = { readonly resident: Resident; usedInFrame: number };

/** Bytes of one page: small enough that the driver's zero-fill at its first write is not felt. */
const pageBytes = 8 * 2 ** 20;
const smallPageBytes = 4 * 2 ** 20;
const constantsKept = 16_384;

/**
 * From here on a layer that was not used of late is used again rather than a page made: what is long out of sight is in main memory still, and costs
 * an upload, while the driver fills a new page for longer than a frame takes (in software), and has to be asked whether there was memory for it.
 */
const ampleBytes = 64 * 2 ** 20;

/** So many tiles can be taken up without a new page, which would be drawn a frame later. */
const spareTiles = 8;

/**
 * The textures of all tiles. Nothing used in the current frame is ever evicted: if even those need more than the budget, the
 * budget is exceeded until the next frame that needs less.
 */
export class TilePool {
  readonly #gl: WebGL2RenderingContext;
  readonly #wholeBudgetBytes: number;
  #budgetBytes: number;
  readonly #maxLayers: number;
  readonly #maxSide: number;
  readonly #pages = new Map<string, TilePage[]>();
  readonly #entries = new Map<string, Entry>();
  readonly #planes = new Map<string, Map<string, Resident>>();
  /** Pages of which the driver has not said yet whether there was memory for them; what is on them is not drawn. */
  readonly #unconfirmed = new Set<TilePage>();
  /** Tiles of this frame wait for one of these. */
  #isWaiting = false;
  #byteLength = 0;
  #constants = 0;
  #frame = 0;

  constructor(gl: WebGL2RenderingContext, budgetBytes: number) {
    this.#gl = gl;
    this.#wholeBudgetBytes = budgetBytes;
    this.#budgetBytes = budgetBytes;
    this.#maxLayers = Number(gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS)) || 256;
    this.#maxSide = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)) || 2048;
  }

  /** Bytes of texture memory that are allocated. */
  get byteLength(): number {
    return this.#byteLength;
  }

  get pageCount(): number {
    let count = 0;
    for (const pages of this.#pages.values()) count += pages.length;
    return count;
  }

  /** Number of tiles that can be drawn. */
  get size(): number {
    return this.#entries.size;
  }

  /** Starts a frame: from here on, what is used is safe until the next one starts. */
  beginFrame(): void {
    this.#frame++;
    if (this.#isWaiting) this.confirm();
    this.#isWaiting = false;
    if (this.#byteLength > this.#budgetBytes) this.#dropPages(0);
  }

  /** The resident tile of this key, which is marked as used in this frame. */
  use(key: string): Resident | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    entry.usedInFrame = this.#frame;
    const { resident } = entry;
    const isDrawable =
      resident.content.kind !== "texels" || this.#isConfirmed(resident.content.page);
    return isDrawable ? resident : undefined;
  }

  /** Tiles were uploaded that can be drawn in the next frame only. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Resident tiles of one plane by key; marks nothing. */
  residentsOf(planeId: string): ReadonlyMap<string, Resident> | undefined {
    return this.#planes.get(planeId);
  }

  /** Uploads a tile's texels, evicting what was used least recently. Throws `GpuMemoryError` where the driver has no memory. */
  upload(tile: PlannedTile, format: TextureFormat, texels: TexelArray, unverified = false): void {
    const known = this.#entries.get(tile.ref.key);
    if (known?.resident.content.kind === "texels") this.#isConfirmed(known.resident.content.page);
    if (known) return;
    const kind = pageKind(format, tile.width, tile.height);
    if (Math.max(kind.width, kind.height) > this.#maxSide) {
      throw new GpuMemoryError(`Tiles of ${tile.width} × ${tile.height} are beyond this GPU.`);
    }
    const page = this.#pageWithRoom(kind);
    const layer = page.write(tile.width, tile.height, texels);
    this.#isConfirmed(page);
    this.#add({ tile, content: { kind: "texels", page, layer }, unverified });
  }

  /** Keeps a tile that has one value all over. */
  addConstant(tile: PlannedTile, value: number): void {
    if (this.#entries.has(tile.ref.key)) return;
    if (this.#constants >= constantsKept) {
      const oldest = this.#leastRecent((resident) => resident.content.kind === "constant");
      if (oldest) this.#remove(oldest);
    }
    this.#constants++;
    this.#add({ tile, content: { kind: "constant", value }, unverified: false });
  }

  /** Makes a page for tiles of this size, where few could be taken up, while nothing else is to do. Returns one of that kind, if there is any. */
  reserve(format: TextureFormat, width: number, height: number): TilePage | undefined {
    const kind = pageKind(format, width, height);
    const pages = this.#pages.get(kind.key) ?? [];
    const free = pages.reduce((sum, { freeCount }) => sum + freeCount, 0);
    const isAmple = pages.length > 0 && this.#byteLength >= ampleBytes;
    if (free < spareTiles && !isAmple && this.#fits(kind)) this.#addPage(kind).warm();
    return this.#pages.get(kind.key)?.[0];
  }

  /** Drops everything. */
  clear(): void {
    for (const pages of this.#pages.values()) for (const page of pages) page.destroy();
    this.#pages.clear();
    this.#unconfirmed.clear();
    this.#budgetBytes = this.#wholeBudgetBytes;
    this.#entries.clear();
    this.#planes.clear();
    this.#byteLength = 0;
    this.#constants = 0;
  }

  #pageWithRoom(kind: PageKind): TilePage {
    const open = this.#pages.get(kind.key)?.find((page) => !page.isFull);
    if (open) return open;
    const fits = this.#fits(kind);
    if (fits && this.#byteLength < ampleBytes) return this.#addPage(kind);
    const oldest = this.#leastRecent(
      ({ content }) => content.kind === "texels" && content.page.kind.key === kind.key,
    );
    // What the last frame showed fills the holes of this one.
    const isLongUnused = oldest !== undefined && oldest.usedInFrame < this.#frame - 1;
    if (fits && !isLongUnused) return this.#addPage(kind);
    if (oldest && oldest.resident.content.kind === "texels") {
      const { page } = oldest.resident.content;
      this.#remove(oldest);
      return page;
    }
    this.#dropPages(kind.layerBytes * this.#layersOf(kind));
    const isShort = this.#budgetBytes < this.#wholeBudgetBytes;
    if (isShort && !this.#fits(kind)) throw new GpuMemoryError("The driver has no memory left.");
    return this.#addPage(kind);
  }

  #isConfirmed(page: TilePage): boolean {
    const isConfirmed = !this.#unconfirmed.has(page);
    if (!isConfirmed) this.#isWaiting = true;
    return isConfirmed;
  }

  /**
   * Asks whether there was memory for the pages that were made before this frame, once they are needed. Asking at once would block until the GPU
   * has done all that was given to it before; now it has. If there was none, the driver has less than the budget: from here on we live
   * with what there is.
   */
  confirm(): void {
    if (this.#unconfirmed.size === 0) return;
    if (isOutOfMemory(this.#gl)) {
      for (const page of this.#unconfirmed) this.#dropPage(page, this.#entriesOn(page));
      this.#budgetBytes = Math.min(this.#budgetBytes, this.#byteLength);
    }
    this.#unconfirmed.clear();
  }

  #entriesOn(page: TilePage): Entry[] {
    return [...this.#entries.values()].filter(
      ({ resident: { content } }) => content.kind === "texels" && content.page === page,
    );
  }

  #layersOf({ layerBytes }: PageKind): number {
    const standard = Math.min(32, Math.floor(pageBytes / layerBytes));
    // Small layers may be many: what is slow is the number of bytes, and fewer pages are fewer draws.
    const small = Math.min(256, Math.floor(smallPageBytes / layerBytes));
    const share = Math.floor(this.#budgetBytes / 8 / layerBytes);
    return Math.max(1, Math.min(Math.max(standard, small), share, this.#maxLayers));
  }

  #fits(kind: PageKind): boolean {
    return this.#byteLength + kind.layerBytes * this.#layersOf(kind) <= this.#budgetBytes;
  }

  #addPage(kind: PageKind): TilePage {
    const page = new TilePage(this.#gl, kind, this.#layersOf(kind));
    this.#unconfirmed.add(page);
    this.#byteLength += page.byteLength;
    const pages = this.#pages.get(kind.key);
    if (pages) pages.push(page);
    else this.#pages.set(kind.key, [page]);
    return page;
  }

  #add(resident: Resident): void {
    const { key } = resident.tile.ref;
    this.#entries.set(key, { resident, usedInFrame: this.#frame });
    const { id } = resident.tile.plane;
    const plane = this.#planes.get(id);
    if (plane) plane.set(key, resident);
    else this.#planes.set(id, new Map([[key, resident]]));
  }

  #remove({ resident }: Entry): void {
    const { key } = resident.tile.ref;
    this.#entries.delete(key);
    const plane = this.#planes.get(resident.tile.plane.id);
    plane?.delete(key);
    if (plane?.size === 0) this.#planes.delete(resident.tile.plane.id);
    if (resident.content.kind === "constant") this.#constants--;
    else resident.content.page.free(resident.content.layer);
  }

  #leastRecent(accept: (resident: Resident) => boolean): Entry | undefined {
    let oldest: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.usedInFrame >= (oldest?.usedInFrame ?? this.#frame)) continue;
      if (accept(entry.resident)) oldest = entry;
    }
    return oldest;
  }

  /** Deletes pages, least recently used first, that hold nothing of this frame, until `bytes` more fit the budget. */
  #dropPages(bytes: number): void {
    const used = new Map<TilePage, { lastFrame: number; entries: Entry[] }>();
    for (const pages of this.#pages.values()) {
      for (const page of pages) used.set(page, { lastFrame: -1, entries: [] });
    }
    for (const entry of this.#entries.values()) {
      if (entry.resident.content.kind !== "texels") continue;
      const use = used.get(entry.resident.content.page);
      if (!use) continue;
      use.lastFrame = Math.max(use.lastFrame, entry.usedInFrame);
      use.entries.push(entry);
    }
    // At the start of a frame what the last one drew is still wanted, most likely.
    const droppable = [...used]
      .filter(([, use]) => use.lastFrame < this.#frame - (bytes === 0 ? 1 : 0))
      .sort(([, a], [, b]) => a.lastFrame - b.lastFrame);
    for (const [page, use] of droppable) {
      if (this.#byteLength + bytes <= this.#budgetBytes) return;
      this.#dropPage(page, use.entries);
    }
  }

  #dropPage(page: TilePage, entries: readonly Entry[]): void {
    for (const entry of entries) this.#remove(entry);
    this.#unconfirmed.delete(page);
    page.destroy();
    this.#byteLength -= page.byteLength;
    const left = this.#pages.get(page.kind.key)?.filter((other) => other !== page) ?? [];
    if (left.length > 0) this.#pages.set(page.kind.key, left);
    else this.#pages.delete(page.kind.key);
  }
}

/** Takes the errors that the driver keeps. */
function isOutOfMemory(gl: WebGL2RenderingContext): boolean {
  let isOut = false;
  // A lost context reports its loss forever.
  for (let tries = 0; tries < 8; tries++) {
    const error = gl.getError();
    if (error === gl.NO_ERROR) break;
    if (error === gl.OUT_OF_MEMORY) isOut = true;
  }
  return isOut;
}
