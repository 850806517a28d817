import type { NgffAxis } from "../ome/axes.ts";
import {
  type CoordinateGraph,
  coordinateGraph,
  type GraphEdge,
  type SystemNode,
} from "../ome/coordinate-transformations/coordinate-graph.ts";
import type {
  SystemReference,
  TransformationEdge,
} from "../ome/coordinate-transformations/coordinate-transformation.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { Scene } from "../ome/scene.ts";
import type { PlaceableImage } from "./image-from-multiscales.ts";

/** The images of a scene by their path as stated. */
export type SceneImages = ReadonlyMap<string, PlaceableImage>;

/** The graph of a scene: its own systems and those of its images (N6-09). Own systems have the path "". */
export function sceneGraph(scene: Scene, images: SceneImages, log: ProblemLog): CoordinateGraph {
  const systems: SystemNode[] = scene.systems.map(({ name, axes }) => ({
    key: keyOf("", name),
    axes,
  }));
  const edges: GraphEdge[] = [];
  for (const [path, { space }] of images) {
    for (const { name, axes } of space?.stated.all ?? [])
      systems.push({ key: keyOf(path, name), axes });
    for (const edge of space?.stated.edges ?? []) {
      if (edge.input.path === undefined && edge.output.path === undefined) {
        edges.push({
          from: keyOf(path, edge.input.name ?? ""),
          to: keyOf(path, edge.output.name ?? ""),
          transformation: edge.transformation,
          pointer: edge.pointer,
        });
      }
    }
  }
  const keys = new Set(systems.map(({ key }) => key));
  for (const { input, output, transformation, pointer } of scene.edges) {
    const [from, to] = [input, output].map((end) => endKey(end, scene, images));
    for (const [side, key] of [
      ["input", from],
      ["output", to],
    ] as const) {
      if (key !== undefined && keys.has(key)) continue;
      const stated = side === "input" ? input : output;
      log.warn(
        "N6-08",
        `${pointer}/${side}`,
        "a coordinate system that is there",
        shownEnd(stated),
      );
    }
    if (from !== undefined && to !== undefined) edges.push({ from, to, transformation, pointer });
  }
  const usable = edges.filter(({ from, to }) => keys.has(from) && keys.has(to));
  return coordinateGraph(systems, usable, "/scene/coordinateTransformations", log);
}

/** The system to show a scene in: its own first one, else the one that its first transformation leads to. */
export function sceneTarget(
  scene: Scene,
  images: SceneImages,
): { readonly key: string; readonly name: string; readonly axes: readonly NgffAxis[] } | undefined {
  const [own] = scene.systems;
  if (own) return { key: keyOf("", own.name), name: own.name, axes: own.axes };
  for (const { output } of scene.edges) {
    const key = endKey(output, scene, images);
    for (const [path, { space }] of images) {
      const system = space?.stated.all.find(({ name }) => keyOf(path, name) === key);
      if (key !== undefined && system) return { key, name: system.name, axes: system.axes };
    }
  }
  return undefined;
}

/** Key of an image's intrinsic system. */
export function intrinsicKey(path: string, { space }: PlaceableImage): string {
  return keyOf(path, space?.stated.intrinsic ?? "");
}

/** Paths of images that a scene names, in order; what leads to its own systems comes on top of what they are laid on. */
export function scenePaths({ systems, edges }: Scene): readonly string[] {
  const own = new Set(systems.map(({ name }) => name));
  const sources = new Set<string>();
  const targets = new Set<string>();
  for (const { input, output } of edges as readonly TransformationEdge[]) {
    const [from, to] = [input, output].map((end) => pathOf(end, own));
    if (from !== undefined) sources.add(from);
    if (to !== undefined) targets.add(to);
  }
  return [...targets, ...[...sources].filter((path) => !targets.has(path))];
}

/** A path; in dialects before 0.6 a text that is no system's name may be one (N6-29). */
function pathOf({ path, name }: SystemReference, own: ReadonlySet<string>): string | undefined {
  if (path !== undefined) return path;
  return name === undefined || own.has(name) ? undefined : name;
}

function endKey(end: SystemReference, scene: Scene, images: SceneImages): string | undefined {
  const path = pathOf(end, new Set(scene.systems.map(({ name }) => name)));
  if (path === undefined) return keyOf("", end.name ?? "");
  const image = images.get(path);
  if (!image) return undefined;
  return end.path === undefined || end.name === undefined
    ? intrinsicKey(path, image)
    : keyOf(path, end.name);
}

function shownEnd({ path, name }: SystemReference): string {
  return path === undefined ? (name ?? "") : `${name ?? ""} of ${path}`;
}

function keyOf(path: string, name: string): string {
  return JSON.stringify([path, name]);
}
