import { parseLabelsList } from "../ome/labels-list.ts";
import { parsePlate } from "../ome/plate.ts";
import { parseSeries } from "../ome/series.ts";
import { parseWell } from "../ome/well.ts";
import { joinPath, type NodePath } from "../store/node-path.ts";
import { type GroupNode, type NodeReader, omeOf, shownPath } from "./node-reader.ts";
import type { OpenFailure } from "./open-failure.ts";

/** Nothing is there; or, where every key gives a web page, something else is. */
export function notFound(path: NodePath, attempts: NodeReader["attempts"] = []): OpenFailure {
  if (attempts.some(({ outcome }) => outcome === "html")) {
    return {
      code: "ZS-HTML",
      title: "The server sent a web page where data were expected.",
      detail: `Asked for ${tried(attempts)}; ${webPage(attempts)} Often this is a login page, or the page of a file browser.`,
      action: "Paste the address of the data themselves, or log in to that server first.",
    };
  }
  return {
    code: "ZS-NOTFOUND",
    title: `No Zarr found at ${shownPath(path)}.`,
    detail: `Looked for ${tried(attempts)}; none of them is there.`,
    action:
      "Check the address: it should end at the folder that holds one of these files, often a folder above or below, and often named ….zarr.",
  };
}

function webPage(attempts: NonNullable<NodeReader["attempts"]>): string {
  const words = attempts.find(({ pageWords }) => pageWords !== undefined)?.pageWords;
  return words === undefined ? "a web page came." : `a web page came: “${words}”`;
}

function tried(attempts: NonNullable<NodeReader["attempts"]>): string {
  const keys = [...new Set(attempts.map((attempt) => attempt.path))].slice(0, 8);
  return keys.length > 0 ? keys.join(", ") : "zarr.json, .zattrs, .zgroup and .zarray";
}

/** A group without any key of OME-NGFF. `array`: one that lies in it. */
export function noImage(path: NodePath, array?: string): OpenFailure {
  return {
    code: "ZS-NOIMAGE",
    title: "This is a Zarr group, but there is no image in it.",
    detail: `The group ${shownPath(path)} has no OME-NGFF metadata (multiscales), and no image "0" below it.`,
    action:
      array === undefined
        ? "Paste the address of an image or of an array inside this group."
        : `It holds the array "${array}": add /${array} to the address to see it as a plain array.`,
  };
}

/** N8-04: a document, but none of a collection. */
export function noCollection(path: NodePath): OpenFailure {
  return {
    code: "ZS-NOIMAGE",
    title: "This document holds no images.",
    detail: `${shownPath(path)} is missing, or is no RFC-8 collection (an object "ome" with type and nodes).`,
    action: "Paste the address of a Zarr, or of a collection's document.",
  };
}

/** N4-64: a well must list a field. */
export function emptyWell(path: NodePath): OpenFailure {
  return {
    code: "ZS-NOIMAGE",
    title: "This well lists no field.",
    detail: `The well ${shownPath(path)} has no usable path in well.images.`,
    action: "Paste the address of another well.",
  };
}

/** Who asks for one image gets the way to the plate's first. */
export async function plateFailure(reader: NodeReader, group: GroupNode): Promise<OpenFailure> {
  const { path } = group;
  const { ome, namespaced, log } = omeOf(group);
  const wells = parsePlate(ome, namespaced, log)?.wells ?? [];
  const [first] = wells;
  const image = first === undefined ? undefined : await firstFieldPath(reader, path, first.path);
  return {
    code: "ZS-PLATE",
    title: "This is a plate, not one image.",
    detail: `The plate ${shownPath(path)} lists ${wells.length} ${wells.length === 1 ? "well" : "wells"}.`,
    action:
      image === undefined
        ? "Paste the address of one image of a well."
        : `Add /${image} to the address to see its first image.`,
  };
}

/** Path, below the plate, of the first field of a well. */
async function firstFieldPath(reader: NodeReader, plate: NodePath, wellPath: string) {
  try {
    const path = joinPath(plate, wellPath);
    const node = await reader.node(path);
    const well = node?.kind === "group" ? wellOf(node) : undefined;
    const field = joinPath(path, well?.images[0]?.path ?? "0");
    return field.slice(plate === "" ? 0 : plate.length + 1);
  } catch {
    // This path only helps; that the well cannot be read is not what went wrong.
    return undefined;
  }
}

function wellOf(group: GroupNode) {
  const { ome, namespaced, log } = omeOf(group);
  return parseWell(ome, namespaced, log);
}

/** A group that only lists others: `labels`, or the group `OME` of bioformats2raw. */
export function listOfImages(group: GroupNode, kind: "labels" | "series"): OpenFailure {
  const { path } = group;
  const { ome, namespaced, log } = omeOf(group);
  const parse = kind === "labels" ? parseLabelsList : parseSeries;
  const paths = parse(ome, namespaced, log) ?? [];
  const [first] = paths;
  const what = kind === "labels" ? "a list of label images" : "a list of images";
  return {
    code: "ZS-NOIMAGE",
    title: `This is ${what}, not an image.`,
    detail: `The group ${shownPath(path)} lists ${paths.length}: ${paths.slice(0, 5).join(", ")}.`,
    action:
      kind === "series"
        ? "Paste the address of the folder above it."
        : first === undefined
          ? "Paste the address of the image it belongs to."
          : `Add /${first} to the address to see the first, or paste the address of the image they belong to.`,
  };
}
