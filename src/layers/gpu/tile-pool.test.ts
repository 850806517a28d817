import { expect, test } from "vitest";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { textureFormat } from "./texture-format.ts";
import { TilePool } from "./tile-pool.ts";

const mebibyte = 2 ** 20;
const side = 512;
/** Of so many bytes each, sixteen of them on a page. */
const tileBytes = side * side * 2;
const texels = new Uint16Array(side * side);
const format = textureFormat("uint16");

function tile(plane: number, at: number): PlannedTile {
  const key = `${plane}/${at}`;
  return { ref: { key }, plane: { id: String(plane) }, width: side, height: side } as PlannedTile;
}

/** A driver that takes everything. */
function poolOf(budgetBytes: number): TilePool {
  const gl = new Proxy({}, { get: () => () => 0 });
  return new TilePool(gl as unknown as WebGL2RenderingContext, budgetBytes);
}

/** A frame that shows twelve tiles of a plane. */
function show(pool: TilePool, plane: number): void {
  pool.beginFrame();
  for (let at = 0; at < 12; at++) {
    if (!pool.use(`${plane}/${at}`)) pool.upload(tile(plane, at), format, texels);
  }
}

function shown(pool: TilePool, plane: number): number {
  return pool.residentsOf(String(plane))?.size ?? 0;
}

test("where there is ample room, planes that are long out of sight give theirs; what was shown last does not", () => {
  const pool = poolOf(384 * mebibyte);
  for (let plane = 0; plane < 40; plane++) {
    show(pool, plane);
    expect([shown(pool, plane), shown(pool, Math.max(0, plane - 1))]).toEqual([12, 12]);
  }
  expect(pool.byteLength).toBe(64 * mebibyte);
  expect(shown(pool, 0)).toBe(0);
  expect(pool.size * tileBytes).toBeLessThanOrEqual(pool.byteLength);
});

test("one picture that needs more than that gets it, up to the budget", () => {
  const pool = poolOf(128 * mebibyte);
  pool.beginFrame();
  for (let at = 0; at < 200; at++) pool.upload(tile(0, at), format, texels);
  expect(pool.size).toBe(200);
  expect(pool.byteLength).toBe(104 * mebibyte);
});
