import { useEffect, useRef } from "react";
import { type WellGrid, wellGrid } from "../../zarr/plate/plate-model.ts";
import type { PlateState } from "../state/plate.ts";
import { useShownStore, useViewer } from "../state/viewer-context.ts";
import type { ViewerState } from "../state/viewer-state.ts";
import { type Overlaid, overlayShift } from "./overlay-shift.ts";
import { drawPlate, type PlateDrawing } from "./plate-drawing.ts";

/** Names of rows, columns and wells over the image, and what is wrong with wells. The map in the panel says the same to those who do not see it. */
export function PlateOverlay() {
  const isPlate = useViewer(({ plate }) => plate !== undefined);
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useShownStore();

  // Not by rendering: the view changes with every frame of a pan.
  useEffect(() => {
    const element = canvas.current;
    if (!isPlate || element === null) return undefined;
    let request: number | undefined;
    let painted: Painted | undefined;
    let known: { readonly model: PlateState["model"]; readonly grid: WellGrid } | undefined;
    const draw = () => {
      request = undefined;
      const state = store.getState();
      const { plate } = state;
      if (plate === undefined) return;
      if (known?.model !== plate.model) known = { model: plate.model, grid: wellGrid(plate.model) };
      painted = paint(element, state, plate, known.grid, painted);
    };
    const ask = () => {
      request ??= requestAnimationFrame(draw);
    };
    ask();
    const unsubscribe = store.subscribe((state, before) => {
      const isSame =
        state.view === before.view &&
        state.plate === before.plate &&
        state.hoveredCell === before.hoveredCell &&
        state.imageBackground === before.imageBackground &&
        state.stage?.widthPx === before.stage?.widthPx &&
        state.stage?.heightPx === before.stage?.heightPx;
      if (!isSame) ask();
    });
    return () => {
      unsubscribe();
      if (request !== undefined) cancelAnimationFrame(request);
    };
  }, [isPlate, store]);

  if (!isPlate) return null;
  return (
    <div className="zs-plate-overlay" aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

type Painted = Overlaid & Pick<ViewerState, "plate" | "hoveredCell" | "imageBackground">;

/** Draws, or moves what was drawn; returns what is on the canvas. */
function paint(
  canvas: HTMLCanvasElement,
  { view, stage, hoveredCell, imageBackground }: ViewerState,
  plate: PlateState,
  grid: WellGrid,
  painted: Painted | undefined,
): Painted | undefined {
  const context = canvas.getContext("2d");
  if (context === null || view === undefined || stage === undefined) return painted;
  const { widthPx, heightPx } = stage;
  const now = { view, size: { widthPx, heightPx }, plate, hoveredCell, imageBackground };
  const isAlike =
    painted?.plate === plate &&
    painted.hoveredCell === hoveredCell &&
    painted.imageBackground === imageBackground;
  const shift = isAlike ? overlayShift(plate.model, painted, now, devicePixelRatio) : undefined;
  canvas.style.transform = shift ? `translate(${shift[0]}px, ${shift[1]}px)` : "";
  if (shift) return painted;
  const width = Math.round(widthPx * devicePixelRatio);
  const height = Math.round(heightPx * devicePixelRatio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  const colors = imageBackground === "FFFFFF" ? onWhite : onBlack;
  drawPlate(context, { plate, grid, view, size: now.size, hovered: hoveredCell, colors });
  return now;
}

const onBlack: PlateDrawing["colors"] = {
  text: "#e8e8ea",
  behind: "rgb(15 16 18 / 0.72)",
  line: "#3a3e45",
  accent: "#62b0ee",
  danger: "#f08a80",
  warning: "#e9b44c",
};

const onWhite: PlateDrawing["colors"] = {
  text: "#16181c",
  behind: "rgb(255 255 255 / 0.78)",
  line: "#c4c8ce",
  accent: "#0b66ad",
  danger: "#b3261e",
  warning: "#855600",
};
