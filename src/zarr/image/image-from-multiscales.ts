import type { NgffAxis } from "../ome/axes.ts";
import type { Multiscale, MultiscaleSystems } from "../ome/multiscale.ts";
import { parseMultiscales } from "../ome/multiscales.ts";
import { type Omero, parseOmero } from "../ome/omero.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import { baseName } from "../store/node-path.ts";
import { axisLayout, impliedAxes } from "./axis-layout.ts";
import { type Placed, withCommonPlane } from "./common-plane.ts";
import { channelModels } from "./default-channels.ts";
import { defaultSelection } from "./default-selection.ts";
import { dimensionNamesOf } from "./dimension-names.ts";
import type { AxisLayout, ImageModel, ImageSystem, PyramidLevel } from "./image-model.ts";
import { type ImageSpace, imageSystems } from "./image-systems.ts";
import { type LevelArray, openLevelArrays } from "./level-arrays.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import { OpenFailureError } from "./open-failure.ts";
import { asStrip } from "./strip.ts";
import { parameterReader, withStoredParameters } from "./transformation-parameters.ts";
import { type StatedLevel, worldFromIndexOfLevels } from "./world-from-index.ts";

/**
 * The image of a group with `multiscales` (OME-NGFF 0.1 to 0.9). `rootName` names an image at the root that has no name.
 * @throws OpenFailureError if there is no image that can be shown
 */
export async function imageFromMultiscales(
  reader: NodeReader,
  group: GroupNode,
  rootName: string,
): Promise<ImageModel> {
  return (await placeableImage(reader, group, rootName)).image;
}

/** An image with what places it: in 0.6 its coordinate systems and its levels' ways into the intrinsic one. */
export type PlaceableImage = {
  readonly image: ImageModel;
  readonly space: ImageSpace | undefined;
};

/** As `imageFromMultiscales`, for scenes. */
export async function placeableImage(
  reader: NodeReader,
  group: GroupNode,
  rootName: string,
): Promise<PlaceableImage> {
  const { ome, namespaced, log } = omeOf(group);
  if (namespaced && group.zarrFormat === 2) {
    log.warn("N5-08", "", "the keys of OME-NGFF at the top of .zattrs in Zarr v2", "below ome");
  } else if (!namespaced && group.zarrFormat === 3) {
    log.warn("N5-08", "", "the keys of OME-NGFF below attributes.ome in Zarr v3", "at the top");
  }
  const stated = readableMultiscale(parseMultiscales(ome, namespaced, log), group);
  const multiscale = await withStoredParameters(stated, parameterReader(reader, group.path), log);
  const omero = parseOmero(ome.omero, "/omero", log, !namespaced);
  const { axes: statedAxes, datasets, dialect } = multiscale;
  // From 0.4 on the axes alone name the dimensions.
  const namesMatter = statedAxes === undefined || dialect === "0.3";
  const opened = await openLevelArrays(reader, group.path, datasets, namesMatter, log);
  const sorted = sortLevels(opened, log);
  const shape = sorted[0]?.metadata.shape ?? [];
  // A single axis leaves no choice of planes.
  const space =
    multiscale.systems && shape.length > 1
      ? spaceOf(multiscale, multiscale.systems, sorted)
      : undefined;
  const systems = space && systemsOf(space, log);
  const layout = systems?.[0]?.axes ?? axisLayout(axesFor(multiscale, sorted, log), shape);
  const placed = systems?.[0]
    ? levelsInSystem(sorted, systems[0])
    : placeLevels(multiscale, sorted, layout, log);
  const { axes, levels } = shownPlane({ axes: layout, levels: placed }, log);
  const dataType = sorted[0]?.metadata.dataType ?? "uint8";
  const { channels, selection } = display(omero, axes, dataType, log);
  const image: ImageModel = {
    name: multiscale.name ?? (baseName(group.path) || rootName),
    format: formatOf(multiscale, namespaced),
    dataType,
    axes,
    levels,
    channels,
    ...(systems && systems.length > 1 ? { systems } : {}),
    ...(systems?.[0] ? { system: systems[0].name } : {}),
    ...(omero?.greyscale ? { greyscale: true } : {}),
    defaultSelection: selection,
    attributes: group.attributes,
    problems: [...group.problems, ...log.problems, ...opened.flatMap((level) => level.problems)],
  };
  return { image, space };
}

function readableMultiscale(read: readonly Multiscale[], group: GroupNode): Multiscale {
  const [first] = read;
  if (first) return first;
  throw new OpenFailureError({
    code: "ZS-METADATA",
    title: "This image's metadata name no array.",
    detail: `multiscales at ${shownPath(group.path)} has no entry with a usable list of datasets.`,
    action: "Whoever wrote these data can repair the metadata.",
  });
}

/** Finest first, by number of pixels; arrays of another dimensionality cannot belong to the pyramid. */
function sortLevels(opened: readonly LevelArray[], log: ProblemLog): readonly LevelArray[] {
  const count = ({ metadata }: LevelArray) => metadata.shape.reduce((a, b) => a * b, 1);
  const sorted = [...opened].sort((a, b) => count(b) - count(a));
  if (sorted.some((level, index) => level !== opened[index])) {
    log.warn("N1-04", "/multiscales/0/datasets", "levels from finest to coarsest", "another order");
  }
  const ndim = sorted[0]?.metadata.shape.length;
  return sorted.filter((level) => {
    if (level.metadata.shape.length === ndim) return true;
    const received = `${level.metadata.shape.length} in "${level.dataset.path}"; it is left out`;
    log.warn("N4-22", "/multiscales/0/datasets", `${ndim} dimensions in every level`, received);
    return false;
  });
}

/** The stated axes, if there is one per dimension; else what the array itself or its number of dimensions says (N4-22, N1-02). */
function axesFor(
  multiscale: Multiscale,
  levels: readonly LevelArray[],
  log: ProblemLog,
): readonly NgffAxis[] {
  const array = levels[0]?.metadata;
  const ndim = array?.shape.length ?? 0;
  const names = array && dimensionNamesOf(array);
  if (multiscale.axes?.length === ndim) {
    checkDimensionNames(multiscale.axes, levels, log);
    return multiscale.axes;
  }
  if (multiscale.axes || ndim !== 5) {
    log.warn(
      "N4-22",
      "/multiscales/0/axes",
      `${ndim} axes, as the array has dimensions`,
      multiscale.axes?.length,
    );
  }
  return impliedAxes(ndim, names);
}

/** In 0.5 every level's `dimension_names` MUST equal the axes (N5-03); the axes win. Zarr v2 has `_ARRAY_DIMENSIONS` (N3-02). */
function checkDimensionNames(
  axes: readonly NgffAxis[],
  levels: readonly LevelArray[],
  log: ProblemLog,
) {
  const expected = axes.map((axis) => axis.name).join(", ");
  for (const { metadata, dataset } of levels) {
    const names = dimensionNamesOf(metadata);
    if (names === undefined && metadata.zarrFormat === 2) continue;
    if (names?.every((name, dim) => name === axes[dim]?.name)) continue;
    log.warn(
      metadata.zarrFormat === 3 ? "N5-03" : "N3-02",
      "/multiscales/0/axes",
      `dimensions named ${expected} in "${dataset.path}"`,
      names ?? "no names",
    );
    return;
  }
}

function spaceOf(
  { axes }: Multiscale,
  stated: MultiscaleSystems,
  sorted: readonly LevelArray[],
): ImageSpace {
  const levels = sorted.map(({ dataset, metadata }) => {
    return { path: dataset.path, shape: metadata.shape, placement: dataset.placement };
  });
  return { levels, stated, intrinsicAxes: axes ?? impliedAxes(levels[0]?.shape.length ?? 0) };
}

/** The systems of 0.6 in which the image can be drawn; all with the same channels. */
function systemsOf(space: ImageSpace, log: ProblemLog): readonly ImageSystem[] {
  const systems = imageSystems(space, log);
  return systems.filter(({ name, axes }) => {
    if (axes.cDim === systems[0]?.axes.cDim) return true;
    const expected = `the channel axis of "${systems[0]?.name}"; the image is not shown in it`;
    log.warn("N6-33", "/multiscales/0/coordinateSystems", expected, `"${name}"`);
    return false;
  });
}

/** The plane as it is shown: with one unit, and for a single axis as a strip. */
function shownPlane(placed: Placed, log: ProblemLog): Placed {
  const { axes, levels, units } = withCommonPlane(asStrip(placed));
  if (units === "index") {
    const received = [placed.axes.yDim, placed.axes.xDim].map((dim) => placed.axes.axes[dim]?.unit);
    const expected = "units of one kind on the two axes that are shown; both are shown by index";
    log.info("N4-08", "/multiscales/0/axes", expected, received);
  }
  return { axes, levels };
}

function levelsInSystem(
  sorted: readonly LevelArray[],
  { worldFromIndex }: ImageSystem,
): readonly PyramidLevel[] {
  return sorted.flatMap(({ dataset, metadata }, k) => {
    const placed = worldFromIndex[k];
    if (!placed) return [];
    return { path: dataset.path, array: metadata, shape: metadata.shape, worldFromIndex: placed };
  });
}

function placeLevels(
  multiscale: Multiscale,
  sorted: readonly LevelArray[],
  { axes }: AxisLayout,
  log: ProblemLog,
): readonly PyramidLevel[] {
  const paths = new Set(sorted.map((level) => level.dataset.path));
  const firstOpened = multiscale.datasets.findIndex((dataset) => paths.has(dataset.path));
  // A missing finest level still tells how large its pixels are, to which the others are aligned.
  const missing = multiscale.datasets
    .slice(0, Math.max(firstOpened, 0))
    .map((dataset): StatedLevel => ({ ...dataset, shape: undefined }));
  const stated: readonly StatedLevel[] = [
    ...missing,
    ...sorted.map(({ dataset, metadata }) => ({ ...dataset, shape: metadata.shape })),
  ];
  const spatial = axes.filter(({ role }) => role === "z" || role === "y" || role === "x");
  const worldFromIndex = worldFromIndexOfLevels(
    stated,
    multiscale.transformations,
    axes.length,
    spatial.map(({ dim }) => dim),
    log,
  );
  return sorted.flatMap(({ dataset, metadata }, k) => {
    const placed = worldFromIndex[k + missing.length];
    if (!placed) return [];
    return { path: dataset.path, array: metadata, shape: metadata.shape, worldFromIndex: placed };
  });
}

function display(
  omero: Omero | undefined,
  axes: AxisLayout,
  dataType: ImageModel["dataType"],
  log: ProblemLog,
) {
  const count = axes.cDim === undefined ? 1 : (axes.axes[axes.cDim]?.size ?? 1);
  return {
    channels: channelModels(omero, dataType, count, log, axes.cDim === axes.axes.length - 1),
    selection: defaultSelection(axes, omero, log),
  };
}

function formatOf({ version, dialect }: Multiscale, namespaced: boolean): string {
  if (version !== undefined) return `OME-NGFF ${version}`;
  return `OME-NGFF ${namespaced ? "0.5" : dialect} (no version stated)`;
}
