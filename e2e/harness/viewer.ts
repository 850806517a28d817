import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Rect } from "../../src/layers/tiles/rect.ts";
import { asReadout } from "../store/coordinate-value.ts";
import {
  levelShape,
  levelWorldFromIndex,
  type VirtualImage,
  virtualValue,
} from "../store/virtual-image.ts";
import {
  type AutomationWindow,
  type OpenState,
  requireOpen,
  type TileCounts,
  type ValueReadout,
  type ZarrscopeState,
  type ZarrscopeStateChange,
  type ZarrscopeStats,
} from "./automation.ts";
import { compareScreen, type ScreenComparison } from "./compare-screen.ts";
import { decodePng, type RgbaImage } from "./png.ts";
import {
  expectedLevel,
  indexOfSelection,
  type Rgb,
  type ScreenGeometry,
  screenOracle,
  shownDims,
} from "./screen-oracle.ts";

/** One page with the app in it, driven through `window.zarrscope` and looked at as a user sees it. */
export class Viewer {
  readonly page: Page;
  readonly canvas: Locator;
  /** Uncaught errors, CSP violations and console errors, without the browser's own lines about failed requests. */
  readonly errors: string[] = [];
  readonly #appUrl: string;

  constructor(page: Page, appUrl: string) {
    this.page = page;
    this.#appUrl = appUrl;
    this.canvas = page.locator("main canvas").first();
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      const isRequest = /Failed to load resource|blocked by CORS policy|net::ERR/.test(text);
      if (message.type() === "error" && !isRequest) this.errors.push(text);
    });
  }

  /** The app's address for a source; `hash` with or without its "#". */
  url(source?: string, hash = ""): string {
    const url = new URL(this.#appUrl);
    if (source !== undefined) url.searchParams.set("source", source);
    url.hash = hash;
    return url.href;
  }

  /** Opens the app, with a source if there is one, and waits until it has settled. */
  async open(source?: string, hash?: string): Promise<TileCounts> {
    await this.goto(source, hash);
    return this.loaded();
  }

  /** Waits until the page that is being loaded (opened, reloaded, gone back to) has settled and knows its labels. */
  async loaded(): Promise<TileCounts> {
    await this.page.waitForFunction(() => "zarrscope" in globalThis);
    const tiles = await this.settled();
    // Labels are looked for when the picture is there; tests that count requests or compare states want them done.
    await this.page.waitForFunction(() => {
      const { labels, view } = (globalThis as AutomationWindow).zarrscope.getState();
      return labels !== null || view === null;
    });
    return tiles;
  }

  /** As `open`, but returns as soon as the automation API is there. */
  async goto(source?: string, hash?: string): Promise<void> {
    const url = this.url(source, hash);
    // Only the fragment differs: navigate away first, so that the page really loads.
    if (this.page.url().split("#")[0] === url.split("#")[0]) await this.page.goto("about:blank");
    await this.page.goto(url);
    await this.page.waitForFunction(() => "zarrscope" in globalThis);
  }

  /** Waits until the picture is there, and the interface, which follows after the next frame. */
  async settled(): Promise<TileCounts> {
    const { tiles } = await this.page.evaluate(async () => {
      const settled = await (globalThis as AutomationWindow).zarrscope.settled();
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      return settled;
    });
    return tiles;
  }

  getState(): Promise<ZarrscopeState> {
    return this.page.evaluate(() => (globalThis as AutomationWindow).zarrscope.getState());
  }

  /** The state, with an error if no image is open. */
  async openState(): Promise<OpenState> {
    return requireOpen(await this.getState());
  }

  /** The view of an open image. */
  async view(): Promise<NonNullable<ZarrscopeState["view"]>> {
    const { view } = await this.getState();
    if (view === null) throw new Error("There is no image.");
    return view;
  }

  /** Applies a change and waits until the view has settled. */
  async setState(change: ZarrscopeStateChange): Promise<TileCounts> {
    await this.page.evaluate(
      (part) => (globalThis as AutomationWindow).zarrscope.setState(part),
      change,
    );
    return this.settled();
  }

  valueAt(x: number, y: number): Promise<ValueReadout | undefined> {
    return this.page.evaluate((at) => (globalThis as AutomationWindow).zarrscope.valueAt(at), {
      x,
      y,
    });
  }

  stats(): Promise<ZarrscopeStats> {
    return this.page.evaluate(() => (globalThis as AutomationWindow).zarrscope.stats());
  }

  /** What was copied; a test polls it, as copying takes its time. The context needs the right to read the clipboard. */
  copied(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async geometry(): Promise<ScreenGeometry> {
    return this.canvas.evaluate((canvas) => ({
      widthPx: canvas.clientWidth,
      heightPx: canvas.clientHeight,
      devicePixelRatio: window.devicePixelRatio,
    }));
  }

  /** What is on the canvas, in device pixels, without the interface above it. */
  async screenPixels(): Promise<RgbaImage> {
    const setAlone = (isAlone: boolean) =>
      this.canvas.evaluate((canvas, alone) => {
        document.documentElement.style.visibility = alone ? "hidden" : "";
        canvas.style.visibility = alone ? "visible" : "";
      }, isAlone);
    await setAlone(true);
    try {
      return decodePng(await this.canvas.screenshot({ scale: "device", animations: "disabled" }));
    } finally {
      await setAlone(false);
    }
  }

  /** Compares the picture with what the image's definition says it must be; fails if a pixel is off by more than 2/255. */
  async expectScreen(
    image: VirtualImage,
    options: {
      level?: number;
      /** In the image's own world; default: the state's, which is in it unless the image is one of a plate's. */
      view?: OpenState["view"];
      /** Compare what lies outside the data too. */
      background?: Rgb;
      tolerance?: number;
      /** Of what is compared: a part of the canvas in device pixels, and the side of the squares of which one pixel each is. */
      within?: Rect;
      cellPx?: number;
      /** At least this many pixels must have been compared. */
      atLeast?: number;
    } = {},
  ): Promise<ScreenComparison> {
    const { background, tolerance, within, cellPx, atLeast = 150 } = options;
    const [opened, geometry] = [await this.openState(), await this.geometry()];
    const state = { ...opened, view: options.view ?? opened.view };
    const level = options.level ?? expectedLevel(image, state, geometry);
    const picture = await this.screenPixels();
    const comparison = compareScreen(picture, screenOracle(image, state, geometry, level), {
      ...(background === undefined ? {} : { background }),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(within === undefined ? {} : { within }),
      ...(cellPx === undefined ? {} : { cellPx }),
    });
    const { wrong, compared, worst, examples } = comparison;
    expect(compared, "pixels compared").toBeGreaterThanOrEqual(atLeast);
    const words = `level ${level}: ${wrong} of ${compared} pixels wrong, worst ${worst.toFixed(1)}: ${examples.join("; ")}`;
    expect(wrong, words).toBe(0);
    return comparison;
  }

  /**
   * Reads the values under a grid of points of the view and compares every visible channel exactly. Returns the number of
   * values compared, per level.
   */
  async expectValues(
    image: VirtualImage,
    { columns = 9, rows = 7, level }: { columns?: number; rows?: number; level?: number } = {},
  ): Promise<Map<number, number>> {
    const [state, { widthPx, heightPx }] = [await this.openState(), await this.geometry()];
    const { xDim, yDim } = shownDims(image, state);
    const cDim = image.axes.indexOf("c");
    const visible = state.channels.filter((channel) => channel.visible);
    const worldPerPx = 2 ** -state.view.zoom;
    const fineShape = levelShape(image, 0);
    const fine = levelWorldFromIndex(image, 0);
    const counts = new Map<number, number>();
    for (let i = 0; i < columns * rows; i++) {
      const column = ((i % columns) + 0.413) / columns - 0.5;
      const row = (Math.floor(i / columns) + 0.587) / rows - 0.5;
      const x = state.view.target[0] + column * widthPx * worldPerPx;
      const y = state.view.target[1] + row * heightPx * worldPerPx;
      const isInFinest =
        isWithin((x - fine.translation[xDim]!) / fine.scale[xDim]!, fineShape[xDim]!) &&
        isWithin((y - fine.translation[yDim]!) / fine.scale[yDim]!, fineShape[yDim]!);
      if (!isInFinest) continue;
      const readout = await this.valueAt(x, y);
      expect(readout, `a value at ${x}, ${y}`).toBeDefined();
      if (readout === undefined) continue;
      if (level !== undefined) expect(readout.level, `level at ${x}, ${y}`).toBe(level);
      const at = levelWorldFromIndex(image, readout.level);
      const index = indexOfSelection(image, readout.level, state.selection, state);
      index[xDim] = Math.round((x - at.translation[xDim]!) / at.scale[xDim]!);
      index[yDim] = Math.round((y - at.translation[yDim]!) / at.scale[yDim]!);
      const expected = visible.map((channel) => {
        if (cDim >= 0) index[cDim] = channel.index;
        const value = virtualValue(image, readout.level, index);
        return { channel: channel.index, value: value === undefined ? null : asReadout(value) };
      });
      expect(readout.values, `level ${readout.level} at ${x}, ${y}`).toEqual(expected);
      counts.set(readout.level, (counts.get(readout.level) ?? 0) + expected.length);
    }
    expect(counts.size, "levels that were read").toBeGreaterThan(0);
    return counts;
  }

  /** Violations of WCAG 2.0–2.2, A and AA, in one line each. */
  async axe(): Promise<string[]> {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(tags).analyze();
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(" | ")})`,
    );
  }
}

function isWithin(index: number, size: number): boolean {
  return index > -0.45 && index < size - 0.55;
}
