import { expect, test } from "vitest";
import type { DrawList } from "./draw-list.ts";
import { sameDrawList } from "./same-draw-list.ts";

/** Stands for what draw lists refer to: a tile, a level, a lookup table. */
const plain = (id: number) => ({ id, own: { rect: [0, id] } });

class Page {
  readonly #id: number;
  constructor(id: number) {
    this.#id = id;
  }
  get id(): number {
    return this.#id;
  }
}

type Part = { readonly page: Page; readonly tile: object; readonly value: number };

const list = (parts: readonly Part[], background = "000000"): DrawList =>
  ({
    layers: [{ kind: "intensity", areas: [], groups: [{ channels: [], batches: parts }] }],
    hatched: [],
    background,
  }) as unknown as DrawList;

const [page, tile] = [new Page(1), plain(1)];
const one: Part = { page, tile, value: 3 };

test("a list made anew of the same tiles on the same pages is the same", () => {
  expect(sameDrawList(list([one]), list([{ page, tile, value: 3 }]))).toBe(true);
  expect(
    sameDrawList(list([{ ...one, value: Number.NaN }]), list([{ ...one, value: Number.NaN }])),
  ).toBe(true);
  expect(sameDrawList(undefined, undefined)).toBe(true);
});

test("an image of which nothing has come, on black, is as black as none", () => {
  expect(sameDrawList(list([]), undefined)).toBe(true);
  expect(sameDrawList(undefined, list([]))).toBe(true);
  expect(sameDrawList(list([], "ffffff"), undefined)).toBe(false);
});

test.each<[string, DrawList | undefined]>([
  ["another page, which looks alike from outside", list([{ ...one, page: new Page(1) }])],
  ["another layer of the page", list([{ ...one, value: 4 }])],
  ["a tile elsewhere", list([{ ...one, tile: plain(2) }])],
  ["one tile more", list([one, one])],
  ["none", list([])],
  ["another background", list([one], "ffffff")],
  ["nothing to draw", undefined],
])("%s is another picture", (_, other) => {
  expect(sameDrawList(list([one]), other)).toBe(false);
  expect(sameDrawList(other, list([one]))).toBe(false);
});
