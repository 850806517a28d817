import { Deck, type Layer, OrthographicView } from "@deck.gl/core";
import type { ViewState } from "./scene.ts";

export type DeckCanvasEvents = {
  /** There is a context; layers may be set. */
  onLoad(gl: WebGL2RenderingContext): void;
  /** The canvas has another size, and what was drawn is gone or stretched. */
  onResize(): void;
  /** deck would draw; it is left to whoever knows what is to be drawn. */
  onRedrawWanted(): void;
  /** The view was changed by hand. */
  onView(view: ViewState): void;
  /** Pointer position in CSS pixels from the canvas' corner; undefined when it leaves. */
  onPointer(at: readonly [number, number] | undefined): void;
  onContextLost(): void;
  /** The browser offers a context again; this canvas is of no more use. */
  onContextRestored(): void;
  onError(error: Error): void;
};

/** Limits of the zoom by hand. */
export type ZoomLimits = { readonly min: number; readonly max: number };

/** The reason by which a redraw of ours is told from one of deck's. */
const ownRedraw = "stage";

const noWebgl2 = "This browser offers no WebGL2.";

const contextSettings = {
  // Antialiasing blends tiles at their edges and costs half a frame (measured: gpu-tile-pool.md).
  antialias: false,
  depth: false,
  stencil: true,
  // Blended with the page behind it each frame of the page costs four times as much in software (52 ms for 13, measured).
  alpha: false,
  // As deck would ask for it.
  preserveDrawingBuffer: true,
  powerPreference: "high-performance",
} as const satisfies WebGLContextAttributes;

const view = new OrthographicView({
  id: "stage",
  flipY: true,
  controller: {
    dragPan: true,
    dragRotate: false,
    scrollZoom: { speed: 0.01, smooth: false },
    // In a controlled view deck would animate it to nowhere; the interface zooms.
    doubleClickZoom: false,
    touchZoom: true,
    touchRotate: false,
    // Keys belong to the interface.
    keyboard: false,
    inertia: false,
  },
});

/** A canvas with deck.gl on it, for the life of one WebGL context. */
export class DeckCanvas {
  readonly canvas: HTMLCanvasElement;
  readonly #deck: Deck<OrthographicView> | undefined;
  readonly #events: DeckCanvasEvents;
  #ended = false;

  constructor(parent: HTMLElement, viewState: ViewState, events: DeckCanvasEvents) {
    this.#events = events;
    this.canvas = document.createElement("canvas");
    this.canvas.style.cssText =
      "position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none; opacity: 0";
    this.#listen();
    parent.append(this.canvas);
    // A canvas has one context: deck gets this one. Without any it would fail where nobody can catch it.
    const context = this.canvas.getContext("webgl2", contextSettings);
    if (context) this.#deck = this.#makeDeck(viewState);
    else queueMicrotask(() => this.#ended || events.onError(new Error(noWebgl2)));
  }

  setView(viewState: ViewState, limits: ZoomLimits | undefined): void {
    this.#deck?.setProps({ viewState: deckViewState(viewState, limits) });
  }

  setLayers(layers: Layer[]): void {
    this.#deck?.setProps({ layers });
  }

  /** Draws at once. */
  redraw(): void {
    this.#deck?.redraw(ownRedraw);
  }

  /** Until something was drawn it would be black; what lies behind it is seen. */
  reveal(): void {
    this.canvas.style.opacity = "";
  }

  /** Takes over the attributes, the place and the focus of another canvas. */
  replace({ canvas: old }: DeckCanvas): void {
    const hadFocus = document.activeElement === old;
    for (const { name, value } of old.attributes) {
      if (!["width", "height", "style"].includes(name)) this.canvas.setAttribute(name, value);
    }
    // deck sizes it in a later frame; until then it would be planned for one of 300 × 150 pixels, stretched, and coarser data be fetched.
    this.canvas.width = old.width;
    this.canvas.height = old.height;
    old.replaceWith(this.canvas);
    if (hadFocus) this.canvas.focus();
  }

  destroy(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deck?.finalize();
    this.canvas.remove();
  }

  #listen(): void {
    const { canvas } = this;
    const events = this.#events;
    canvas.addEventListener("webglcontextlost", (event) => {
      // Without this the browser never gives the context back.
      event.preventDefault();
      if (!this.#ended) events.onContextLost();
    });
    canvas.addEventListener("webglcontextrestored", () => {
      if (!this.#ended) events.onContextRestored();
    });
    // A finger comes without having moved.
    for (const type of ["pointerdown", "pointermove"] as const) {
      canvas.addEventListener(type, ({ offsetX, offsetY }) => events.onPointer([offsetX, offsetY]));
    }
    canvas.addEventListener("pointerleave", () => events.onPointer(undefined));
  }

  #makeDeck(viewState: ViewState): Deck<OrthographicView> {
    return new Deck<OrthographicView>({
      canvas: this.canvas,
      views: view,
      viewState: deckViewState(viewState, undefined),
      layers: [],
      useDevicePixels: true,
      pickingRadius: 0,
      deviceProps: {
        type: "webgl",
        webgl: contextSettings,
        onResize: () => {
          if (this.#ended) return;
          this.#useEmulatedPixels();
          // A resized canvas is empty until it is drawn again; not waiting for the next frame spares a flash.
          this.redraw();
          this.#events.onResize();
        },
      },
      // deck's own loop would draw each new view once more, with what belonged to the last one.
      _customRender: (reason) => {
        if (reason === ownRedraw) this.#deck?._drawLayers(reason);
        else this.#events.onRedrawWanted();
      },
      getCursor: ({ isDragging }) => (isDragging ? "grabbing" : "crosshair"),
      onLoad: () => this.#loaded(),
      onResize: () => this.#events.onResize(),
      onViewStateChange: ({ viewState: next }) => {
        const [x = 0, y = 0] = next.target ?? [];
        const zoom = Array.isArray(next.zoom) ? next.zoom[0] : next.zoom;
        this.#events.onView({ target: [x, y], zoom: zoom ?? 0 });
      },
      onError: (error) => this.#events.onError(error),
    });
  }

  /**
   * An emulated pixel ratio (developer tools, test drivers) does not reach the observed size in device pixels, and the picture would
   * have half the pixels that the page was promised: then the ratio itself is taken.
   */
  #useEmulatedPixels(): void {
    const { width, clientWidth } = this.canvas;
    const isEmulated = devicePixelRatio > 1.01 && Math.abs(width - clientWidth) <= 1;
    if (isEmulated) this.#deck?.setProps({ useDevicePixels: devicePixelRatio });
  }

  #loaded(): void {
    if (this.#ended) return;
    // deck's event manager hides the focus ring; whether there is one is the interface's matter.
    this.canvas.style.outline = "";
    const gl = this.canvas.getContext("webgl2");
    if (gl) this.#events.onLoad(gl);
    else this.#events.onError(new Error(noWebgl2));
  }
}

function deckViewState({ target: [x, y], zoom }: ViewState, limits: ZoomLimits | undefined) {
  return {
    target: [x, y, 0] satisfies [number, number, number],
    zoom,
    // A view set from outside may lie beyond the limits of the hand; it must not jump at the first touch.
    minZoom: Math.min(limits?.min ?? -40, zoom),
    maxZoom: Math.max(limits?.max ?? 40, zoom),
  };
}
