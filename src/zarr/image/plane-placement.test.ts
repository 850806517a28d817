import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NgffAxis } from "../ome/axes.ts";
import {
  type AffineMatrix,
  applyMatrix,
  composeMatrices,
  diagonalMatrix,
  fromEntries,
} from "../ome/coordinate-transformations/affine-matrix.ts";
import { placePlanes } from "./plane-placement.ts";

const spatial = (...names: string[]) =>
  names.map((name) => ({ name, type: "space", unit: "micrometer" }));
const zyx: readonly NgffAxis[] = spatial("z", "y", "x");
const cyx: readonly NgffAxis[] = [
  { name: "c", type: "channel", unit: undefined },
  ...spatial("y", "x"),
];

function place(matrix: AffineMatrix, axes = zyx, shape = matrix.rows.map(() => 10)) {
  return placePlanes([{ shape, matrix }], axes, axes);
}

/** World x and y of an index, by the definition of `WorldFromIndex`. */
function worldOf(placement: ReturnType<typeof place>, index: readonly number[]) {
  if (placement.kind === "none") throw new Error(placement.reason);
  const { xDim, yDim } = placement.axes;
  const { scale, translation, shear } = placement.worldFromIndex[0]!;
  const [ix, iy] = [index[xDim]!, index[yDim]!];
  return [
    scale[xDim]! * ix + (shear?.xFromY ?? 0) * iy + translation[xDim]!,
    scale[yDim]! * iy + (shear?.yFromX ?? 0) * ix + translation[yDim]!,
  ];
}

test("N4-12: scale and translation keep every axis, without a shear", () => {
  const placement = place(diagonalMatrix([2, -0.5, 0.25], [5, 3, -1]));
  expect(placement).toMatchObject({
    kind: "drawn",
    axes: { xDim: 2, yDim: 1 },
    worldFromIndex: [{ scale: [2, -0.5, 0.25], translation: [5, 3, -1] }],
  });
  if (placement.kind === "drawn") expect(placement.worldFromIndex[0]?.shear).toBeUndefined();
});

test("N6-21: a permutation shows other dimensions, each under the name of its axis", () => {
  // z from x, y from z, x from y.
  const rows = [
    [0, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ];
  const placement = place({ inputs: 3, rows }, zyx, [4, 5, 6]);
  expect(placement).toMatchObject({ kind: "drawn", axes: { xDim: 1, yDim: 0 } });
  if (placement.kind === "drawn") {
    expect(placement.axes.axes.map(({ name, role, size }) => [name, role, size])).toEqual([
      ["y", "y", 4],
      ["x", "x", 5],
      ["z", "z", 6],
    ]);
  }
});

test("N6-23: a right angle is exact, whatever the cosine of 90° is in doubles", () => {
  const [sin, cos] = [Math.sin(Math.PI / 2), Math.cos(Math.PI / 2)];
  const rows = [
    [1, 0, 0, 0],
    [0, cos, -sin, 7],
    [0, sin, cos, 0],
  ];
  const placement = place({ inputs: 3, rows }, zyx, [3, 100, 200]);
  expect(placement).toMatchObject({
    kind: "drawn",
    axes: { xDim: 1, yDim: 2 },
    worldFromIndex: [{ scale: [1, 1, -1], translation: [0, 0, 7] }],
  });
});

test("N6-23: any turn and shear in the plane places every pixel where the matrix says", () => {
  const entry = fc.double({ min: -5, max: 5, noNaN: true }).filter((x) => Math.abs(x) > 1e-3);
  fc.assert(
    fc.property(fc.tuple(entry, entry, entry, entry, entry, entry), ([a, b, c, d, e, f]) => {
      fc.pre(Math.abs(a * d - b * c) > 1e-6);
      const rows = [
        [1, 0, 0, 0],
        [0, a, b, e],
        [0, c, d, f],
      ];
      const matrix = { inputs: 3, rows };
      const placement = place(matrix, cyx);
      for (const index of [
        [0, 0, 0],
        [2, 9, 0],
        [1, 3, 8],
      ]) {
        const [, y, x] = applyMatrix(matrix, index);
        const [shownX, shownY] = worldOf(placement, index);
        expect(shownX).toBeCloseTo(x!, 9);
        expect(shownY).toBeCloseTo(y!, 9);
      }
    }),
  );
});

test("N6-22, N6-33: axes that are created do not matter; what is dropped is a slider of indices", () => {
  const up = place(
    {
      inputs: 2,
      rows: [
        [0, 0, 0],
        [2, 0, 1],
        [0, 3, 1],
      ],
    },
    zyx,
    [10, 10],
  );
  expect(up).toMatchObject({ kind: "drawn", axes: { xDim: 1, yDim: 0 } });
  const down = placePlanes(
    [
      {
        shape: [7, 10, 10],
        matrix: {
          inputs: 3,
          rows: [
            [0, 2, 0, 1],
            [0, 0, 3, 1],
          ],
        },
      },
    ],
    spatial("y", "x"),
    [{ name: "c", type: "channel", unit: undefined }, ...spatial("y", "x")],
  );
  expect(down).toMatchObject({
    kind: "drawn",
    axes: { xDim: 2, yDim: 1, cDim: 0, axes: [{ name: "c", role: "c", size: 7 }, {}, {}] },
    worldFromIndex: [{ scale: [1, 2, 3] }],
  });
});

describe("what cannot be drawn is named", () => {
  const turned = fromEntries(3, 3, (row, column) => {
    const [sin, cos] = [Math.sin(0.3), Math.cos(0.3)];
    return [
      [cos, -sin, 0, 0],
      [sin, cos, 0, 0],
      [0, 0, 1, 0],
    ][row]![column]!;
  });

  test.each<[string, string, AffineMatrix, readonly NgffAxis[]]>([
    ["a turn of z into y", "ZS-OBLIQUE", turned, zyx],
    [
      "z that depends on x",
      "ZS-OBLIQUE",
      {
        inputs: 3,
        rows: [
          [4, 0, 1, 0],
          [0, 3, 0, 0],
          [0, 0, 2, 0],
        ],
      },
      zyx,
    ],
    [
      "y that depends on z",
      "ZS-OBLIQUE",
      {
        inputs: 3,
        rows: [
          [1, 0, 0, 0],
          [1, 1, 0, 0],
          [0, 0, 1, 0],
        ],
      },
      zyx,
    ],
    [
      "channels in x",
      "ZS-OBLIQUE",
      {
        inputs: 3,
        rows: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [1, 0, 1, 0],
        ],
      },
      cyx,
    ],
    ["a flattened x", "N6-30", diagonalMatrix([1, 1, 0]), zyx],
    [
      "parallel x and y",
      "N6-30",
      {
        inputs: 3,
        rows: [
          [1, 0, 0, 0],
          [0, 1, 2, 0],
          [0, 2, 4, 0],
        ],
      },
      zyx,
    ],
  ])("%s: %s", (_, code, matrix, axes) => {
    expect(place(matrix, axes)).toMatchObject({ kind: "none", code });
  });

  test("N6-33: a mixture of axes that are not displayed", () => {
    const axes = [{ name: "t", type: "time", unit: undefined }, ...zyx];
    const rows = [
      [1, 0.5, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
    ];
    expect(place({ inputs: 4, rows }, axes)).toMatchObject({ kind: "none", code: "N6-33" });
  });

  test("N6-05: levels that lie in different directions", () => {
    const swap: AffineMatrix = {
      inputs: 2,
      rows: [
        [0, 1, 0],
        [1, 0, 0],
      ],
    };
    const levels = [
      { shape: [8, 8], matrix: diagonalMatrix([1, 1]) },
      { shape: [4, 4], matrix: composeMatrices(swap, diagonalMatrix([2, 2]))! },
    ];
    const axes = spatial("y", "x");
    expect(placePlanes(levels, axes, axes)).toMatchObject({ kind: "none", code: "N6-05" });
  });
});
