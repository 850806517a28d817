import type { ZarrscopeStateChange } from "../harness/automation.ts";
import type { Viewer } from "../harness/viewer.ts";
import { levelShape, levelWorldFromIndex, type VirtualImage } from "../store/virtual-image.ts";

/** What can be opened, and what its pixels must be. */
export type SoakSource = {
  readonly url: string;
  readonly image: VirtualImage;
  /** It is a well of a plate. */
  readonly isOneOfMany: boolean;
};

/** About as wide as the canvas is. */
const canvasPx = 900;

/** Walks about as a restless person does: a step at a time, by hand and by script, each chosen by a seeded generator. */
export class RandomWalk {
  steps = 0;
  opened = 0;
  current: SoakSource;
  readonly #viewer: Viewer;
  readonly #sources: readonly SoakSource[];
  readonly #random: () => number;

  constructor(viewer: Viewer, sources: readonly SoakSource[], random: () => number) {
    this.#viewer = viewer;
    this.#sources = sources;
    this.#random = random;
    this.current = sources[0]!;
  }

  /** Opens the first source. */
  async start(): Promise<void> {
    await this.#viewer.open(this.current.url);
    this.opened++;
  }

  /** One change, which need not have settled when this resolves. */
  async step(): Promise<void> {
    this.steps++;
    const dice = this.#random();
    if (dice < 0.12) await this.#open();
    else if (dice < 0.3) await this.#set({ view: { target: this.#point() } });
    else if (dice < 0.42) await this.#set({ view: { target: this.#point(), zoom: this.#zoom() } });
    else if (dice < 0.52) await this.#drag();
    else if (dice < 0.62) await this.#wheel();
    else if (dice < 0.82) await this.#set({ selection: this.#plane() });
    else await this.#set({ channels: [this.#channel()] });
    await this.#viewer.page.waitForTimeout(this.#random() * 120);
  }

  /** Loses the graphics context and gives it back, as a driver that was reset does. */
  async loseContext(): Promise<void> {
    await this.#viewer.canvas.evaluate(async (canvas: HTMLCanvasElement) => {
      const lose = canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      if (!lose) throw new Error("There is no context to lose.");
      const lost = new Promise((done) => canvas.addEventListener("webglcontextlost", done));
      lose.loseContext();
      await lost;
      // The browser may only be asked for it in a later task.
      await new Promise((done) => setTimeout(done, 50));
      lose.restoreContext();
    });
  }

  async #open(): Promise<void> {
    this.current = this.#sources[Math.floor(this.#random() * this.#sources.length)]!;
    this.opened++;
    await this.#set({ source: this.current.url });
  }

  /** Tries again what could not be opened. */
  async reopen(): Promise<void> {
    await this.#set({ source: this.current.url });
  }

  async #set(change: ZarrscopeStateChange): Promise<void> {
    await this.#viewer.page.evaluate((part) => window.zarrscope?.setState(part), change);
  }

  async #drag(): Promise<void> {
    const { mouse } = this.#viewer.page;
    const box = await this.#viewer.canvas.boundingBox();
    if (!box) return;
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
    await mouse.move(...middle);
    await mouse.down();
    for (let k = 1; k <= 3; k++) {
      await mouse.move(
        middle[0] + k * 60 * (this.#random() - 0.5),
        middle[1] + k * 40 * (this.#random() - 0.5),
      );
    }
    await mouse.up();
  }

  async #wheel(): Promise<void> {
    const { mouse } = this.#viewer.page;
    const box = await this.#viewer.canvas.boundingBox();
    if (!box) return;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    for (let k = 0; k < 3; k++) await mouse.wheel(0, this.#random() < 0.5 ? -120 : 120);
  }

  /** Somewhere in the image. */
  #point(): [number, number] {
    const { image } = this.current;
    const { scale, translation } = levelWorldFromIndex(image, 0);
    const shape = levelShape(image, 0);
    const along = (d: number) => translation[d]! + this.#random() * shape[d]! * scale[d]!;
    return [along(image.axes.indexOf("x")), along(image.axes.indexOf("y"))];
  }

  /** From the whole image in view to pixels as large as a finger. */
  #zoom(): number {
    const { image } = this.current;
    const { scale } = levelWorldFromIndex(image, 0);
    const xDim = image.axes.indexOf("x");
    const oneToOne = -Math.log2(scale[xDim]!);
    const whole = Math.min(-2, Math.log2(canvasPx / levelShape(image, 0)[xDim]!));
    return oneToOne + whole + this.#random() * (4 - whole);
  }

  #plane(): Record<string, number> {
    const { image } = this.current;
    const walked = [...image.axes].flatMap((name, d) =>
      name === "z" || name === "t" ? [[name, image.shape[d]!] as const] : [],
    );
    const chosen = walked[Math.floor(this.#random() * walked.length)];
    return chosen ? { [chosen[0]]: Math.floor(this.#random() * chosen[1]) } : {};
  }

  #channel(): NonNullable<ZarrscopeStateChange["channels"]>[number] {
    const { image } = this.current;
    const cDim = image.axes.indexOf("c");
    const index = Math.floor(this.#random() * (cDim < 0 ? 1 : image.shape[cDim]!));
    const dice = this.#random();
    if (dice < 0.4) return { index, visible: this.#random() < 0.8 };
    if (dice < 0.6) return { index, inverted: this.#random() < 0.3 };
    const start = Math.floor(this.#random() * 1000);
    return { index, window: { start, end: start + 500 + Math.floor(this.#random() * 3000) } };
  }
}
