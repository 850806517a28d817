import { describe, expect, it } from "vitest";
import type { DataType } from "../../zarr/array/data-type.ts";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import {
  encodedValue,
  pyramid,
  type SyntheticImage,
  syntheticImage,
  syntheticPlane,
} from "../testing/synthetic-image.ts";
import { tileAtPoint, valueAtPoint } from "./tile-at-point.ts";
import { tileCatalogue } from "./tile-catalogue.ts";

function looked(synthetic: SyntheticImage, channels = [0, 1], selection = { t: 0, z: 0 }) {
  return { catalogue: tileCatalogue(synthetic.image, synthetic.arrays), selection, channels };
}

/** States of the tiles at a world point: `kinds[level]` says what is known of that level. */
function statesAt(
  synthetic: SyntheticImage,
  x: number,
  y: number,
  kinds: readonly (ChunkState | "data" | undefined)[],
) {
  const view = looked(synthetic);
  const states = new Map<string, ChunkState>();
  for (const level of view.catalogue.levels) {
    for (const channel of view.channels) {
      const tile = tileAtPoint(view, level, channel, x, y)?.tile;
      const kind = kinds[level.index];
      if (!tile || !kind) continue;
      const plane = syntheticPlane(synthetic, tile.ref);
      states.set(tile.ref.key, kind === "data" ? { kind, plane } : kind);
    }
  }
  return (key: string) => states.get(key);
}

describe("values under a point", () => {
  const synthetic = syntheticImage(pyramid({ width: 300, height: 200, levels: 3, channels: 2 }));

  it("come from the pixel whose centre is nearest, at the finest level that is known", () => {
    const stateOf = statesAt(synthetic, 100.4, 70.6, ["data", "data", "data"]);
    expect(valueAtPoint(looked(synthetic), stateOf, 100.4, 70.6)).toEqual({
      level: 0,
      values: [0, 1].map((c) => ({
        channel: c,
        value: encodedValue({ level: 0, t: 0, c, z: 0, y: 71, x: 100 }),
      })),
    });
  });

  it("come from one level for all channels", () => {
    const stateOf = statesAt(synthetic, 100, 70, [undefined, { kind: "pending" }, "data"]);
    const readout = valueAtPoint(looked(synthetic), stateOf, 100, 70);
    expect(readout?.level).toBe(2);
    // Level 2 covers 4 × 4: world 100 is in its column 25, world 70 in row 17.
    const place = { level: 2, t: 0, c: 1, z: 0, y: 17, x: 25 };
    expect(readout?.values[1]?.value).toBe(encodedValue(place));
  });

  it.each(["denied", "error", "corrupt", "unverifiable"] as const)(
    "never come from a tile that is %s",
    (kind) => {
      const failure = { kind, code: "ZS-TEST", reason: "A test." };
      expect(
        valueAtPoint(
          looked(synthetic),
          statesAt(synthetic, 9, 9, [failure, failure, failure]),
          9,
          9,
        ),
      ).toBeUndefined();
    },
  );

  it("are the fill value where nothing was written", () => {
    const fill = { kind: "fill", value: 18446744073709551615n } as const;
    const readout = valueAtPoint(looked(synthetic), statesAt(synthetic, 9, 9, [fill]), 9, 9);
    expect(readout?.values[0]?.value).toBe("18446744073709551615");
  });

  it("are undefined outside the image: half a pixel beyond the outermost centres", () => {
    const all = ["data", "data", "data"] as const;
    const known = (x: number, y: number) =>
      valueAtPoint(looked(synthetic), statesAt(synthetic, x, y, all), x, y) !== undefined;
    expect(known(-0.49, 0)).toBe(true);
    expect(known(-0.51, 0)).toBe(false);
    expect(known(299.49, 199.49)).toBe(true);
    expect(known(299.51, 0)).toBe(false);
  });

  it.each<[DataType, bigint | number, number | string]>([
    ["int64", -9007199254740993n, "-9007199254740993"],
    ["uint64", 9007199254740991n, 9007199254740991],
    ["float64", 0.1, 0.1],
    ["float32", Math.fround(0.1), Math.fround(0.1)],
    ["int16", -3, -3],
  ])("of %s are exact", (dataType, stored, shown) => {
    const image = syntheticImage(
      pyramid({ width: 8, height: 8, levels: 1, channels: 2 }),
      dataType,
    );
    const view = looked(image, [0]);
    const { tile } = tileAtPoint(view, view.catalogue.levels[0]!, 0, 0, 0)!;
    const plane = syntheticPlane(image, tile.ref, () => 0);
    if (plane.elements instanceof BigInt64Array || plane.elements instanceof BigUint64Array) {
      plane.elements[0] = BigInt(stored);
    } else {
      plane.elements[0] = Number(stored);
    }
    const readout = valueAtPoint(view, () => ({ kind: "data", plane }), 0, 0);
    expect(readout?.values[0]?.value).toBe(shown);
  });
});
