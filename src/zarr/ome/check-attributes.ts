import type { JsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import { parseCollectionNode } from "./collection-node.ts";
import { parseImageLabel } from "./image-label.ts";
import { parseLabelsList } from "./labels-list.ts";
import { parseMultiscales } from "./multiscales.ts";
import { groupKind } from "./node-kind.ts";
import { omeAttributes } from "./ome-attributes.ts";
import { parseOmero } from "./omero.ts";
import { parsePlate } from "./plate.ts";
import { problemLog } from "./problem-log.ts";
import { parseScene } from "./scene.ts";
import { checkBioformats2rawLayout, parseSeries } from "./series.ts";
import { parseWell } from "./well.ts";

/**
 * Every broken rule of OME-NGFF in the attributes of one group, as far as they can be judged without its arrays and other groups:
 * all that stands there is read, whichever of it an image would be made of. `block` names the place of the attributes, e.g.
 * "0/.zattrs#".
 */
export function checkAttributes(attributes: JsonObject, block: string): readonly Problem[] {
  const { ome, namespaced } = omeAttributes(attributes);
  const log = problemLog(namespaced ? `${block}/ome` : block);
  if (groupKind(attributes).kind === "collection") {
    parseCollectionNode(ome, "", log);
    return log.problems;
  }
  if (ome.multiscales !== undefined) parseMultiscales(ome, namespaced, log);
  parseOmero(ome.omero, "/omero", log, !namespaced);
  parseImageLabel(ome, namespaced, log);
  parsePlate(ome, namespaced, log);
  parseWell(ome, namespaced, log);
  parseLabelsList(ome, namespaced, log);
  parseSeries(ome, namespaced, log);
  if (ome["bioformats2raw.layout"] !== undefined) checkBioformats2rawLayout(ome, namespaced, log);
  if (ome.multiscales === undefined) parseScene(ome, namespaced, log);
  return log.problems;
}
