import type { ChunkState, TileCounts } from "../../zarr/chunks/chunk-state.ts";
import type { StageStatus, ViewState } from "../scene.ts";
import { Stage } from "../stage.ts";
import type { StageOptions } from "../stage-deps.ts";
import { FakeChunks } from "./fake-chunks.ts";
import { type ElementPlace, type SyntheticImage, syntheticPlane } from "./synthetic-image.ts";

/** Pixels of a frame: RGBA bytes, rows from the top. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** A stage in a box of the page, with chunks that a test controls. */
export type StageHarness = {
  readonly stage: Stage;
  readonly chunks: FakeChunks;
  readonly statuses: StageStatus[];
  readonly views: ViewState[];
  readonly hovers: ([number, number] | undefined)[];
  readonly box: HTMLElement;
  /** The picture once all is settled. */
  settledPicture(): Promise<Picture & { readonly tiles: TileCounts }>;
  /** The picture of the first frame for which `accept` holds. */
  pictureWhen(accept: (status: StageStatus) => boolean): Promise<Picture>;
  destroy(): void;
};

/** Answers every request with the plane that encodes its own place. */
export function allData(
  synthetic: SyntheticImage,
  encode?: (place: ElementPlace) => number,
): (ref: Parameters<typeof syntheticPlane>[1]) => ChunkState {
  return (ref) => ({ kind: "data", plane: syntheticPlane(synthetic, ref, encode) });
}

export function stageHarness(
  answer: FakeChunks["answer"],
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly stage?: Partial<StageOptions>;
    /** By default a failure ends the test. */
    readonly onFailure?: (error: Error) => void;
    readonly onRecovered?: () => void;
  } = {},
): StageHarness {
  const { width = 300, height = 200 } = options;
  const box = document.createElement("div");
  box.style.cssText = `position: fixed; left: 0; top: 0; width: ${width}px; height: ${height}px`;
  document.body.append(box);
  const chunks = new FakeChunks(answer);
  const statuses: StageStatus[] = [];
  const views: ViewState[] = [];
  const hovers: ([number, number] | undefined)[] = [];
  const watchers = new Set<(status: StageStatus) => void>();
  const stage = new Stage(box, {
    chunks,
    onView: (view) => views.push(view),
    onHover: (world) => hovers.push(world),
    onStatus: (status) => {
      statuses.push(status);
      for (const watch of watchers) watch(status);
    },
    onFailure: (error) => {
      if (!options.onFailure) throw error;
      options.onFailure(error);
    },
    onRecovered: () => options.onRecovered?.(),
    options: options.stage ?? {},
  });
  return {
    stage,
    chunks,
    statuses,
    views,
    hovers,
    box,
    async settledPicture() {
      const tiles = await stage.settled();
      // Still in the task that drew: the drawing buffer is whole until the browser composes the page.
      return { ...readPicture(stage.canvas), tiles };
    },
    pictureWhen(accept) {
      return new Promise((resolve) => {
        const watch = (status: StageStatus) => {
          if (!accept(status)) return;
          watchers.delete(watch);
          resolve(readPicture(stage.canvas));
        };
        watchers.add(watch);
        chunks.change();
      });
    },
    destroy() {
      stage.destroy();
      box.remove();
    },
  };
}

function readPicture(canvas: HTMLCanvasElement): Picture {
  const gl = canvas.getContext("webgl2")!;
  const { width, height } = canvas;
  const upsideDown = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upsideDown);
  const error = gl.getError();
  if (error !== gl.NO_ERROR) throw new Error(`A frame left the GL error ${error}.`);
  const bytes = new Uint8Array(upsideDown.length);
  const stride = width * 4;
  for (let row = 0; row < height; row++) {
    bytes.set(upsideDown.subarray(row * stride, (row + 1) * stride), (height - 1 - row) * stride);
  }
  return { width, height, bytes };
}

/** The largest difference of any colour from the reference, in steps of 1/255, and how many pixels differ by more than 2. */
export function difference(
  picture: Picture,
  reference: Float64Array,
): { readonly largest: number; readonly beyond2: number; readonly where: string } {
  let largest = 0;
  let beyond2 = 0;
  let where = "";
  for (let pixel = 0; pixel < picture.width * picture.height; pixel++) {
    let worst = 0;
    for (let i = 0; i < 3; i++) {
      const off = Math.abs(picture.bytes[pixel * 4 + i]! - reference[pixel * 3 + i]!);
      worst = Math.max(worst, off);
    }
    if (worst > 2) beyond2++;
    if (worst > largest) {
      largest = worst;
      const at = `${pixel % picture.width},${Math.floor(pixel / picture.width)}`;
      where = `${at}: ${picture.bytes.slice(pixel * 4, pixel * 4 + 4)} for ${reference.slice(pixel * 3, pixel * 3 + 3)}`;
    }
  }
  return { largest, beyond2, where };
}
