import type { Axis } from "../../zarr/image/image-model.ts";
import { sliderAxes } from "./selection.ts";
import type { ViewerState } from "./viewer-state.ts";

/** The slider's axis of a role, if there is one. */
export function axisOfRole({ source }: ViewerState, role: "z" | "t"): Axis | undefined {
  if (source.status !== "open") return undefined;
  return sliderAxes(source.image).find((axis) => axis.role === role);
}

/** What plays when nothing else is said: time, else depth. */
export function playableAxis(state: ViewerState): Axis | undefined {
  return axisOfRole(state, "t") ?? axisOfRole(state, "z");
}
