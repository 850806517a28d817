import { problemLog } from "../ome/problem-log.ts";
import { baseName } from "../store/node-path.ts";
import { plainAxisLayout } from "./axis-layout.ts";
import { channelModels } from "./default-channels.ts";
import { defaultSelection } from "./default-selection.ts";
import { dimensionNamesOf } from "./dimension-names.ts";
import type { ImageModel } from "./image-model.ts";
import { checkShowable } from "./level-arrays.ts";
import type { ArrayNode } from "./node-reader.ts";
import { asStrip } from "./strip.ts";

/**
 * An array without OME-NGFF metadata as an image of one level in index space: the last two dimensions are shown, the rest are
 * sliders, but for one that is named like a channel axis.
 * @throws OpenFailureError if it cannot be shown (no dimension, no elements, unsupported codec).
 */
export function imageFromArray(node: ArrayNode, rootName: string): ImageModel {
  const { metadata } = node;
  const { shape, path, dataType } = metadata;
  checkShowable(metadata);
  const names = dimensionNamesOf(metadata) ?? [];
  const layout = plainAxisLayout(names, shape);
  const worldFromIndex = { scale: shape.map(() => 1), translation: shape.map(() => 0) };
  const level = { path: baseName(path), array: metadata, shape, worldFromIndex };
  const { axes, levels } = asStrip({ axes: layout, levels: [level] });
  const log = problemLog(path);
  return {
    name: baseName(path) || rootName,
    format: `Zarr v${metadata.zarrFormat} array`,
    dataType,
    axes,
    levels,
    channels: channelModels(undefined, dataType, axes.axes[axes.cDim ?? -1]?.size ?? 1, log),
    defaultSelection: defaultSelection(axes, undefined),
    attributes: metadata.attributes,
    problems: [...node.problems, ...log.problems],
  };
}
