import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import type { ImageModel } from "./image-model.ts";
import { openImage } from "./open-image.ts";
import { partSelection } from "./scene-axes.ts";
import { array, group, readerOf } from "./testing/fake-nodes.ts";

const spatial = (...names: string[]): JsonValue =>
  names.map((name) => ({ name, type: "space", unit: "micrometer" }));

/** An image of one level with the intrinsic system "physical". */
function image(axes: JsonValue, scale: readonly number[], more: JsonObject = {}): JsonObject {
  const input = { path: "0" };
  const output = { name: "physical" };
  return {
    ome: {
      version: "0.6",
      multiscales: [
        {
          coordinateSystems: [{ name: "physical", axes }],
          datasets: [
            {
              path: "0",
              coordinateTransformations: [{ type: "scale", scale: [...scale], input, output }],
            },
          ],
        },
      ],
      ...more,
    },
  };
}

type Parts = {
  readonly systems?: JsonValue;
  readonly edges: JsonValue;
  readonly images: Readonly<Record<string, readonly [JsonObject, readonly number[]]>>;
  readonly isDev?: boolean;
};

async function open({ systems, edges, images, isDev = false }: Parts): Promise<ImageModel> {
  const scene = {
    coordinateTransformations: edges,
    ...(systems === undefined ? {} : { coordinateSystems: systems }),
  };
  const ome = isDev ? { version: "0.6.dev1", ...scene } : { version: "0.6", scene };
  const nodes = Object.entries(images).flatMap(([path, [attributes, shape]]) => [
    [path, group(attributes, 3)] as const,
    [`${path}/0`, array(shape)] as const,
  ]);
  const { reader } = readerOf({ "": group({ ome }, 3), ...Object.fromEntries(nodes) });
  return (await openImage(reader, undefined, { rootName: "slide" })).image;
}

const world = [{ name: "world", axes: spatial("y", "x") }];
const physical = (path: string) => ({ path, name: "physical" });
const to = (path: string, transformation: JsonObject): JsonValue => ({
  ...transformation,
  input: physical(path),
  output: { name: "world" },
});
const tile: readonly [JsonObject, readonly number[]] = [
  image(spatial("y", "x"), [0.5, 0.5]),
  [40, 60],
];
const codes = ({ problems }: ImageModel) =>
  problems.filter(({ severity }) => severity !== "info").map(({ code }) => code);
const placements = ({ parts }: ImageModel) =>
  parts?.map((part) => [part.path, part.image.levels[0]?.worldFromIndex]);

describe("a scene", () => {
  test("N6-09: its images lie in its first system, those named later on top", async () => {
    const scene = await open({
      systems: world,
      edges: [
        to("a", { type: "translation", translation: [0, 0] }),
        to("b", {
          type: "affine",
          affine: [
            [2, 0.5, 10],
            [0, 1, 20],
          ],
        }),
      ],
      images: { a: tile, b: tile },
    });
    expect(codes(scene)).toEqual([]);
    expect(scene).toMatchObject({ name: "slide", system: "world", format: "OME-NGFF 0.6 scene" });
    expect(placements(scene)).toEqual([
      ["a", { scale: [0.5, 0.5], translation: [0, 0] }],
      ["b", { scale: [1, 0.5], translation: [10, 20], shear: { xFromY: 0, yFromX: 0.25 } }],
    ]);
  });

  test("N6-09: without a system of its own it is shown in that of the first transformation's output", async () => {
    const scene = await open({
      edges: [
        { type: "translation", translation: [5, 7], input: physical("b"), output: physical("a") },
        { type: "scale", scale: [2, 2], input: physical("a"), output: physical("c") },
      ],
      images: { a: tile, b: tile, c: tile },
    });
    expect(scene.system).toBe("physical");
    // What the others are laid on lies below; c by the inverse of its edge.
    expect(placements(scene)).toEqual([
      ["a", { scale: [0.5, 0.5], translation: [0, 0] }],
      ["c", { scale: [0.25, 0.25], translation: [0, 0] }],
      ["b", { scale: [0.5, 0.5], translation: [5, 7] }],
    ]);
  });

  test("N6-29: the parts of a scene at the top of a group, ends as names", async () => {
    const scene = await open({
      isDev: true,
      systems: world,
      edges: [{ type: "translation", translation: [1, 2], input: physical("a"), output: "world" }],
      images: { a: tile },
    });
    expect(placements(scene)).toEqual([["a", { scale: [0.5, 0.5], translation: [1, 2] }]]);
  });

  test("N6-33: images that are missing, unconnected, outside of the store, or moved by a field are named; the rest is shown", async () => {
    const scene = await open({
      systems: [...world, { name: "elsewhere", axes: spatial("y", "x") }],
      edges: [
        to("a", { type: "identity" }),
        to("missing", { type: "identity" }),
        to("../outside", { type: "identity" }),
        to("warped", { type: "displacements", path: "field" }),
        { type: "identity", input: physical("lost"), output: { name: "elsewhere" } },
      ],
      images: { a: tile, warped: tile, lost: tile },
    });
    expect(placements(scene)?.map(([path]) => path)).toEqual(["a"]);
    expect(codes(scene)).toEqual(
      expect.arrayContaining(["ZS-NOIMAGE", "ZS-PATH", "N6-26", "N6-09", "N6-08"]),
    );
  });

  test("without any image that can be placed it fails in words", async () => {
    const opening = open({
      systems: world,
      edges: [to("missing", { type: "identity" })],
      images: {},
    });
    await expect(opening).rejects.toMatchObject({ failure: { code: "ZS-NOIMAGE" } });
  });

  test("images whose channels bear one name share them; others keep their own, named after them", async () => {
    const edges = [to("a", { type: "identity" }), to("b", { type: "identity" })];
    const alike = await open({ systems: world, edges, images: { a: tile, b: tile } });
    expect(alike.channels).toHaveLength(1);
    expect(alike.parts?.map(({ firstChannel }) => firstChannel)).toEqual([0, 0]);
    const omero = (label: string) => ({ omero: { channels: [{ label, color: "00FF00" }] } });
    const named = (label: string) =>
      [image(spatial("y", "x"), [1, 1], omero(label)), [40, 60]] as const;
    const unlike = await open({
      systems: world,
      edges,
      images: { a: named("DAPI"), b: named("GFP") },
    });
    expect(unlike.channels.map(({ label, index }) => [label, index])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
    expect(unlike.parts?.map(({ firstChannel }) => firstChannel)).toEqual([0, 1]);
  });

  test("its z is walked in the finest steps over all images; each shows its nearest plane, or nothing beyond", async () => {
    const zyx = spatial("z", "y", "x");
    const scene = await open({
      systems: [{ name: "world", axes: zyx }],
      edges: [
        to("a", { type: "translation", translation: [0, 0, 0] }),
        to("b", { type: "translation", translation: [6, 0, 0] }),
      ],
      images: { a: [image(zyx, [2, 1, 1]), [4, 40, 60]], b: [image(zyx, [1, 1, 1]), [5, 40, 60]] },
    });
    // From 0 to 10 in steps of 1.
    expect(scene.axes.axes.map(({ name, size }) => [name, size])).toEqual([
      ["z", 11],
      ["y", 40],
      ["x", 60],
    ]);
    const shown = (z: number) =>
      scene.parts?.map(({ image: part }) => partSelection(scene, part, { z })?.z);
    expect(shown(0)).toEqual([0, undefined]);
    expect(shown(3)).toEqual([2, undefined]);
    expect(shown(6)).toEqual([3, 0]);
    expect(shown(7)).toEqual([3, 1]);
    expect(shown(10)).toEqual([undefined, 4]);
  });
});
