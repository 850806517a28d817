import { composeMatrices } from "../ome/coordinate-transformations/affine-matrix.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import { parseScene } from "../ome/scene.ts";
import type { Problem } from "../problem.ts";
import { baseName, type NodePath, resolveWithin } from "../store/node-path.ts";
import { type PlaceableImage, placeableImage } from "./image-from-multiscales.ts";
import type { ImageModel, ImagePart } from "./image-model.ts";
import { intrinsicMatrices } from "./image-systems.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import { type OpenFailure, OpenFailureError, openFailureOf } from "./open-failure.ts";
import { type PlanePlacement, placePlanes } from "./plane-placement.ts";
import { sceneAxes } from "./scene-axes.ts";
import { sceneChannels } from "./scene-channels.ts";
import {
  intrinsicKey,
  type SceneImages,
  sceneGraph,
  scenePaths,
  sceneTarget,
} from "./scene-graph.ts";
import { edgesWithParameters, parameterReader } from "./transformation-parameters.ts";

/** More images than this are no picture but a plate. */
const maxImages = 256;

/** An image of a scene in the system of the scene. */
type PlacedImage = { readonly path: string; readonly image: ImageModel };

/**
 * The images of a scene (N6-09) in its first coordinate system. Images that cannot be opened or placed are named in problems and left out.
 * @throws OpenFailureError if none is left
 */
export async function imageFromScene(
  reader: NodeReader,
  group: GroupNode,
  rootName: string,
): Promise<ImageModel> {
  const { ome, namespaced, log } = omeOf(group);
  const stated = parseScene(ome, namespaced, log) ?? { version: undefined, systems: [], edges: [] };
  const edges = await edgesWithParameters(stated.edges, parameterReader(reader, group.path), log);
  const scene = { ...stated, edges };
  const images = await openImages(reader, group.path, scenePaths(scene), log);
  const target = sceneTarget(scene, images);
  const graph = sceneGraph(scene, images, log);
  const placed: PlacedImage[] = [];
  for (const [path, image] of images) {
    const drawn =
      target &&
      placedIn(image, graph.matrixBetween(intrinsicKey(path, image), target.key), target.axes);
    if (drawn?.kind === "image") {
      placed.push({ path, image: drawn.image });
      continue;
    }
    const { code, reason } = drawn ?? nowhere;
    const expected = `a place in "${target?.name ?? "the scene"}"; the image is left out`;
    log.warn(code, "/scene/coordinateTransformations", expected, `"${path}" ${reason}`);
  }
  const whole = sceneAxes(placed.map(({ image }) => image));
  if (!whole || !target) throw new OpenFailureError(nothingPlaced(group.path, images.size));
  const { channels, firstChannels } = sceneChannels(placed.map(({ image }) => image));
  const parts = placed.map(({ path, image }, k): ImagePart => {
    return { path, image, firstChannel: firstChannels[k] ?? 0 };
  });
  const middle = whole.axes.axes.filter(
    ({ dim }) => dim !== whole.axes.xDim && dim !== whole.axes.yDim,
  );
  const [first] = placed;
  return {
    name: baseName(group.path) || rootName,
    format: `OME-NGFF ${scene.version ?? "0.6"} scene`,
    dataType: first?.image.dataType ?? "uint8",
    axes: whole.axes,
    levels: [whole.level],
    channels,
    parts,
    system: target.name,
    defaultSelection: Object.fromEntries(
      middle.map(({ name, role, size }) => [name, role === "z" ? Math.floor(size / 2) : 0]),
    ),
    attributes: group.attributes,
    problems: [...group.problems, ...log.problems, ...problemsOf(images)],
  };
}

type Drawn =
  | { readonly kind: "image"; readonly image: ImageModel }
  | Extract<PlanePlacement, { kind: "none" }>;

const nowhere = { kind: "none", code: "N6-09", reason: "leads to no coordinate system" } as const;

/** The image with its levels in the scene's system. */
function placedIn(
  { image, space }: PlaceableImage,
  sceneFromIntrinsic: ReturnType<ReturnType<typeof sceneGraph>["matrixBetween"]>,
  axes: NonNullable<ReturnType<typeof sceneTarget>>["axes"],
): Drawn {
  if (!space) return { kind: "none", code: "N6-01", reason: "has no coordinate systems" };
  if (sceneFromIntrinsic.kind === "none") return sceneFromIntrinsic;
  // Problems of its own levels were reported when it was opened.
  const silent: ProblemLog = { problems: [], warn: () => undefined, info: () => undefined };
  const own = intrinsicMatrices(space.levels, space.intrinsicAxes, silent);
  const levels = space.levels.flatMap(({ shape }, k) => {
    const matrix = own[k] && composeMatrices(sceneFromIntrinsic.matrix, own[k]);
    return matrix ? [{ shape, matrix }] : [];
  });
  const placed = placePlanes(levels, axes, space.intrinsicAxes);
  if (placed.kind === "none") return placed;
  if (levels.length < space.levels.length) {
    return { kind: "none", code: "N6-05", reason: "has levels of another number of axes" };
  }
  const { systems: _, ...rest } = image;
  const sliders = placed.axes.axes.filter(
    ({ dim }) => ![placed.axes.xDim, placed.axes.yDim, placed.axes.cDim].includes(dim),
  );
  return {
    kind: "image",
    image: {
      ...rest,
      axes: placed.axes,
      levels: image.levels.map((level, k) => {
        return { ...level, worldFromIndex: placed.worldFromIndex[k] ?? level.worldFromIndex };
      }),
      defaultSelection: Object.fromEntries(
        sliders.map(({ name, size }) => [name, Math.floor(size / 2)]),
      ),
    },
  };
}

async function openImages(
  reader: NodeReader,
  base: NodePath,
  paths: readonly string[],
  log: ProblemLog,
): Promise<SceneImages> {
  if (paths.length > maxImages) {
    log.warn("N6-09", "/scene", `at most ${maxImages} images; the first are shown`, paths.length);
  }
  const opened = await Promise.allSettled(
    paths.slice(0, maxImages).map(async (path) => {
      const node = await reader.node(resolveWithin(base, path), { expect: "group" });
      if (node?.kind !== "group") throw new OpenFailureError(noGroup(path));
      return [path, await placeableImage(reader, node, baseName(node.path))] as const;
    }),
  );
  const images = new Map<string, PlaceableImage>();
  for (const [k, outcome] of opened.entries()) {
    if (outcome.status === "fulfilled") {
      images.set(...outcome.value);
      continue;
    }
    const failure = openFailureOf(outcome.reason);
    if (failure.code === "ZS-UNEXPECTED") throw outcome.reason;
    const expected = "an image; it is left out";
    log.warn(
      failure.code,
      "/scene/coordinateTransformations",
      expected,
      `${paths[k]}: ${failure.title}`,
    );
  }
  return images;
}

function problemsOf(images: SceneImages): readonly Problem[] {
  return [...images.values()].flatMap(({ image }) => image.problems);
}

function noGroup(path: string): OpenFailure {
  return {
    code: "ZS-NOIMAGE",
    title: `There is no image at "${path}".`,
    detail: `The scene names "${path}".`,
    action: "Whoever put these data there can add the missing image.",
  };
}

function nothingPlaced(path: NodePath, count: number): OpenFailure {
  return {
    code: "ZS-NOIMAGE",
    title: "No image of this scene can be placed.",
    detail: `The scene at ${shownPath(path)} names ${count} images that can be opened, and places none of them in its coordinate system in a way that can be drawn.`,
    action: "Paste the address of one of its images.",
  };
}
