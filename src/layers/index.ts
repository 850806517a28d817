/**
 * The picture: a `Stage` shows a `Scene` from a `ViewState`.
 *
 * const stage = new Stage(element, { chunks, onView, onStatus, onHover });
 * stage.setScene(scene);
 * stage.setView(fitView(sceneFraming(scene), size));
 * await stage.settled();
 */
export { type HatchKind, type HatchStyle, hatchStyles } from "./gpu/hatch.ts";
export type {
  ChannelRendering,
  Scene,
  StageStatus,
  ValueReadout,
  ViewState,
} from "./scene.ts";
export { Stage } from "./stage.ts";
export type { StageDeps, StageOptions, TileUnderPoint } from "./stage-deps.ts";
