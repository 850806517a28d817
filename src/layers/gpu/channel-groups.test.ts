import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LutTable } from "../luts/lut-table.ts";
import { rendering } from "../testing/scene-of.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { type ChannelGroup, type ChannelTiles, channelGroups, isJoint } from "./channel-groups.ts";
import type { DrawnChannel } from "./channel-ramp.ts";
import { TileBatches } from "./tile-batches.ts";
import type { TilePage } from "./tile-page.ts";

const worldFromTexel = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
/** Level n has 2ⁿ places to a tile. */
const levels = [0, 1, 2].map((index) => ({ index, worldFromTexel }) as unknown as PlaneLevel);
const page = (kind: string) => ({ kind: { format: { kind } } }) as unknown as TilePage;
const pages = [page("uint"), page("uint"), page("uint")];

function tile(level: number, x: number): PlannedTile {
  return { plane: { level: levels[level] }, x, y: 0 } as unknown as PlannedTile;
}

/** A tile of a step: on a page and layer, of one value (NaN blocks), or not there. */
type Content = { readonly page: number; readonly layer: number } | { readonly value: number };
type Step = { readonly level: number; readonly tiles: readonly (Content | undefined)[] };

function tilesOf(steps: readonly Step[], lut: LutTable | null = null): ChannelTiles {
  const batches = new TileBatches();
  for (const [step, { level, tiles }] of steps.entries()) {
    for (const [x, content] of tiles.entries()) {
      if (!content) continue;
      const resident = (from: Parameters<TileBatches["add"]>[1]["content"]) =>
        batches.add(step, { tile: tile(level, x), unverified: false, content: from });
      if ("layer" in content) {
        resident({ kind: "texels", page: pages[content.page]!, layer: content.layer });
      } else if (Number.isNaN(content.value)) {
        batches.block(step, tile(level, x));
      } else {
        resident({ kind: "constant", value: content.value });
      }
    }
  }
  return { channel: rendering({ lut }) as DrawnChannel, batches };
}

const places = 4;
/** What is seen of a channel at each place: the first tile of its steps that covers it. */
function seenOf(steps: readonly Step[]): (string | undefined)[] {
  return Array.from({ length: places }, (_, place) => {
    for (const { level, tiles } of steps) {
      const content = tiles[place >> level];
      if (content) return nameOf(level, place >> level, content);
    }
    return undefined;
  });
}

function nameOf(level: number, x: number, content: Content): string {
  return "layer" in content
    ? `${level}/${x} ${content.page}/${content.layer}`
    : `${level}/${x} = ${content.value}`;
}

/** What is seen when batches are drawn where the bits of all their channels are 0, and set them. */
function drawnBy({ channels, batches }: ChannelGroup): (string | undefined)[][] {
  const seen = channels.map(() => Array<string | undefined>(places).fill(undefined));
  const draw = (members: readonly number[], drawn: PlannedTile, contents: readonly Content[]) => {
    const { level } = drawn.plane;
    for (let place = 0; place < places; place++) {
      if (place >> level.index !== drawn.x) continue;
      if (members.some((channel) => seen[channel]![place] !== undefined)) continue;
      for (const [i, channel] of members.entries()) {
        seen[channel]![place] = nameOf(level.index, drawn.x, contents[i]!);
      }
    }
  };
  for (const listed of batches) {
    if (listed.kind === "joint") {
      for (const { tile: drawn, layers } of listed.tiles) {
        const contents = layers.map((layer, i) => ({
          page: pages.indexOf(listed.pages[i]!),
          layer,
        }));
        draw(
          channels.map((_, channel) => channel),
          drawn,
          contents,
        );
      }
      continue;
    }
    for (const { tile: drawn, value } of listed.batch.tiles) {
      const { page: own } = listed.batch;
      draw([listed.channel], drawn, [own ? { page: pages.indexOf(own), layer: value } : { value }]);
    }
  }
  return seen;
}

const content: fc.Arbitrary<Content | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ page: fc.nat(2), layer: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ value: fc.constantFrom(5, Number.NaN) }) },
  { weight: 2, arbitrary: fc.constant(undefined) },
);
const channelSteps = fc.tuple(
  ...[0, 1, 2].map((level) =>
    fc.record({
      level: fc.constant(level),
      tiles: fc.array(content, { minLength: places >> level, maxLength: places >> level }),
    }),
  ),
);

const whole = (layer: number): Step[] => [
  { level: 0, tiles: [0, 1, 2, 3].map((x) => ({ page: 0, layer: layer * 4 + x })) },
];

describe("channel groups", () => {
  it("show of every channel what it would show alone, whatever the others have", () => {
    fc.assert(
      fc.property(fc.array(channelSteps, { minLength: 1, maxLength: 4 }), (channels) => {
        const [group, ...more] = channelGroups(channels.map((steps) => tilesOf(steps)));
        expect(more).toEqual([]);
        expect(drawnBy(group!)).toEqual(channels.map(seenOf));
      }),
    );
  });

  it("are joined by no more calls than the channels alone would need", () => {
    fc.assert(
      fc.property(fc.array(channelSteps, { minLength: 2, maxLength: 4 }), (channels) => {
        const alone = channels.flatMap((steps) => tilesOf(steps).batches.list).length;
        const [group] = channelGroups(channels.map((steps) => tilesOf(steps)));
        const joint = group!.batches.filter(({ kind }) => kind === "joint").length;
        expect(joint).toBeLessThanOrEqual(alone);
      }),
    );
  });

  it("draw each place once where all channels have the same tiles", () => {
    const [group] = channelGroups([0, 1, 2].map((c) => tilesOf(whole(c))));
    expect(isJoint(group!)).toBe(true);
    expect(group!.batches).toHaveLength(1);
  });

  it("hold four channels by colour at most; one by lookup table is alone", () => {
    const table = { name: "grays" } as unknown as LutTable;
    const channels = [0, 1, 2, 3, 4].map((c) => tilesOf(whole(c)));
    const groups = channelGroups([tilesOf(whole(5), table), ...channels]);
    expect(groups.map((group) => group.channels.length)).toEqual([1, 4, 1]);
    expect(groups[0]?.channels[0]?.lut).toBe(table);
  });

  it("leave channels alone whose textures are of different kinds", () => {
    const mixed = tilesOf(whole(1));
    const other = new TileBatches();
    const floats = page("float");
    for (const x of [0, 1, 2, 3]) {
      const place = { kind: "texels", page: floats, layer: x } as const;
      other.add(0, { tile: tile(0, x), unverified: false, content: place });
    }
    const [group] = channelGroups([mixed, { ...mixed, batches: other }]);
    expect(group!.batches.map(({ kind }) => kind)).toEqual(["single", "single"]);
  });
});

it("a joint batch names the tiles of all its channels, which are kept together", () => {
  const step = (layer: number): Step => ({ level: 0, tiles: [{ page: 0, layer }] });
  const channels = [tilesOf([step(1)]), tilesOf([step(2)]), tilesOf([step(3)])];
  const own = channels.map(({ batches }) => batches.list[0]!.tiles[0]!.tile);
  const [batch] = channelGroups(channels)[0]!.batches;
  const named = batch?.kind === "joint" && batch.tiles.map(({ tile, others }) => [tile, ...others]);
  expect(named).toHaveLength(1);
  for (const [i, each] of own.entries()) expect((named || [])[0]?.[i]).toBe(each);
});
