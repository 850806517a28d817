import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState, DecodedPlane } from "../zarr/chunks/chunk-state.ts";
import type { LabelValue } from "../zarr/ome/image-label.ts";
import type { ComposedFrame } from "./frame-composer.ts";
import { findObject } from "./labels/find-object.ts";
import type { FramePart } from "./member-planner.ts";
import {
  channelsOf,
  intensityLayers,
  isPredicted,
  type LabelReadout,
  type Scene,
  type ValueReadout,
  type ViewState,
} from "./scene.ts";
import type { TileUnderPoint } from "./stage-deps.ts";
import { areaContains } from "./tiles/area.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import type { Rect } from "./tiles/rect.ts";
import { type Looked, tileAtPoint, valueAtPoint } from "./tiles/tile-at-point.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";

/** What can be read from what is on screen: a scene, and the last frame of it. Nothing here fetches. */
export type SceneReading = {
  readonly scene: Scene;
  readonly frame: ComposedFrame | undefined;
  readonly chunks: ChunkClient;
};

/** Exact values of the visible channels of the topmost image at a world point, from what is decoded. */
export function readoutAt(
  { scene, chunks }: SceneReading,
  worldX: number,
  worldY: number,
): ValueReadout | undefined {
  const looked = lookedAt(scene, worldX, worldY);
  if (looked?.isProvisional) return undefined;
  return looked && valueAtPoint(looked, (key) => chunks.state(key), worldX, worldY);
}

/** States of the topmost image's visible channels at a world point, at the level that the zoom asks for; empty outside all images. */
export function tilesAt(
  { scene, frame }: SceneReading,
  stateOf: (tile: PlannedTile) => ChunkState | undefined,
  worldX: number,
  worldY: number,
): TileUnderPoint[] {
  const looked = lookedAt(scene, worldX, worldY);
  const part = frame?.parts.find(({ catalogue }) => catalogue === looked?.catalogue);
  const level = looked?.catalogue.levels.find(({ index }) => index === part?.plan.level);
  if (!looked || !level) return [];
  return looked.channels.flatMap((channel) => {
    const hit = tileAtPoint(looked, level, channel, worldX, worldY);
    return hit ? [{ channel, state: stateOf(hit.tile) ?? { kind: "pending" } }] : [];
  });
}

/**
 * Decoded planes of one visible channel in view, at the level that the zoom asks for, of a layer (the first one if none is named); tiles that
 * failed or are missing are not among them.
 */
export function planesInView(
  { scene, frame, chunks }: SceneReading,
  channel: number,
  layerId = scene.layers[0]?.id,
): DecodedPlane[] {
  const parts =
    frame?.parts.filter(({ layer, isProvisional }) => layer.id === layerId && !isProvisional) ?? [];
  const tiles = parts.flatMap(
    ({ plan }) => plan.draw.find((drawn) => drawn.channel === channel)?.visible ?? [],
  );
  return tiles.flatMap(({ ref }) => {
    const state = chunks.state(ref.key);
    return state?.kind === "data" && !state.plane.unverified ? [state.plane] : [];
  });
}

/** The part in the middle of the view, else the first one. */
export function centralPart(
  parts: readonly FramePart[],
  { target: [x, y] }: ViewState,
): FramePart | undefined {
  const central = parts.find(({ plan }) => plan.area && areaContains(plan.area, x, y));
  return central ?? parts[0];
}

/** All images of a scene. */
function membersOf({ layers }: Scene): TileCatalogue[] {
  return layers.flatMap(({ members }) => members);
}

/** What becomes of what is shown when another scene is: whether it has the same images, or none of them. */
export function sceneChange(
  before: Scene | undefined,
  next: Scene | undefined,
): { readonly isSame: boolean; readonly isOther: boolean } {
  const old = before && membersOf(before);
  const members = next ? membersOf(next) : [];
  const known = new Set(old);
  return {
    isSame: old?.length === members.length && members.every((each) => known.has(each)),
    isOther: !members.some((each) => known.has(each)),
  };
}

/** Where an object of a label layer lies, as far as decoded planes tell. */
export function objectIn(
  { scene, chunks }: SceneReading,
  layerId: string,
  id: LabelValue,
): Rect | undefined {
  const layer = scene.layers.find((each) => each.id === layerId);
  return layer?.kind === "labels" ? findObject(layer, id, (key) => chunks.state(key)) : undefined;
}

/** What label images have at a world point, the lowest first; none where nothing of them is decoded. */
export function labelsAt(
  { scene, chunks }: SceneReading,
  worldX: number,
  worldY: number,
): LabelReadout[] {
  return scene.layers.flatMap((layer): LabelReadout[] => {
    if (layer.kind !== "labels") return [];
    for (const catalogue of layer.members) {
      const looked = { catalogue, selection: layer.selection, channels: [layer.channel] };
      const found = valueAtPoint(looked, (key) => chunks.state(key), worldX, worldY);
      const value = found?.values[0]?.value ?? null;
      if (found && value !== null) return [{ layer: layer.id, level: found.level, value }];
    }
    return [];
  });
}

/** The topmost image at a world point. */
function lookedAt(
  scene: Scene,
  worldX: number,
  worldY: number,
): (Looked & { readonly isProvisional: boolean }) | undefined {
  const isHere = ({ levels: [finest] }: TileCatalogue) =>
    finest !== undefined && areaContains(finest.imageArea, worldX, worldY);
  const layer = intensityLayers(scene).findLast(({ members }) => members.some(isHere));
  const catalogue = layer?.members.find(isHere);
  if (!layer || !catalogue) return undefined;
  const isProvisional = isPredicted(layer, catalogue);
  return { catalogue, selection: layer.selection, channels: channelsOf(layer), isProvisional };
}
