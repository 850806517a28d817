import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../exit-code.ts";
import { parseSelection, resolveSelection } from "./selection.ts";

const axes = [
  { name: "t", size: 2 },
  { name: "c", size: 3 },
  { name: "y", size: 10 },
];
const resolve = (text: string) => resolveSelection(parseSelection(text), axes);

describe("a selection", () => {
  it.each([
    ["", [":", ":", ":"], [2, 3, 10]],
    ["t=0,c=1,y=0:5", ["0:1", "1:2", "0:5"], [5]],
    [" y = 2 : 9 : 3 , t=-1", ["1:2", ":", "2:9:3"], [3, 3]],
    ["c=1:2", [":", "1:2", ":"], [2, 1, 10]],
    ["dim2=-4:-1", [":", ":", "6:9"], [2, 3, 3]],
    ["y=:,t=::2", ["0:2:2", ":", ":"], [1, 3, 10]],
    ["y=-10:10", [":", ":", ":"], [2, 3, 10]],
  ])("%j", (text, region, shape) => {
    const resolved = resolve(text);
    expect(resolved.shape).toEqual(shape);
    const shown = resolved.region.map(({ start, stop, step = 1 }, dim) => {
      if (start === 0 && stop === axes[dim]!.size && step === 1) return ":";
      return `${start}:${stop}${step === 1 ? "" : `:${step}`}`;
    });
    expect(shown).toEqual(region);
  });

  it.each([
    ["t", "is no selection"],
    ["=1", "is no selection"],
    ["t=", "names no index"],
    ["t=1,", "is no selection"],
    ["t=1.5", "no whole number"],
    ["t=0x1", "no whole number"],
    ["t=99999999999999999999", "no whole number"],
    ["t=0:1:1:1", "more than two colons"],
    ["y=::0", "a step is 1 or more"],
    ["y=::-1", "a step is 1 or more"],
    ["q=0", "there are t (2), c (3), y (10)"],
    ["dim3=0", 'There is no axis "dim3"'],
    ["t=0,dim0=1", "twice"],
    ["t=2", "which has 2 indices"],
    ["t=-3", "which has 2 indices"],
    ["y=0:11", "goes beyond the axis"],
    ["y=-11:", "goes beyond the axis"],
    ["y=5:5", "selects nothing"],
    ["y=6:-6", "selects nothing"],
  ])("%j is a usage error", (text, words) => {
    expect(() => resolve(text)).toThrow(UsageError);
    expect(() => resolve(text)).toThrow(words);
  });

  it("a name wins over a place, and any name can be written by its place", () => {
    const odd = [
      { name: "dim1", size: 4 },
      { name: "a=b,c", size: 5 },
    ];
    expect(resolveSelection(parseSelection("dim1=3"), odd).shape).toEqual([5]);
    expect(resolveSelection(parseSelection("dim0=3"), odd).shape).toEqual([5]);
    expect(() => resolveSelection(parseSelection("dim9=0"), odd)).toThrow(UsageError);
  });

  it("an empty array can be read whole", () => {
    const empty = [{ name: "x", size: 0 }];
    expect(resolveSelection([], empty)).toMatchObject({ shape: [0] });
    expect(resolveSelection(parseSelection("x=:"), empty)).toMatchObject({ shape: [0] });
    expect(() => resolveSelection(parseSelection("x=0"), empty)).toThrow(UsageError);
  });

  it("takes the elements that JavaScript's slice takes, which counts as Python's", () => {
    const size = fc.integer({ min: 1, max: 12 });
    const edge = fc.option(fc.integer({ min: -12, max: 12 }), { nil: undefined });
    const step = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
    fc.assert(
      fc.property(size, edge, edge, step, (size, start, stop, step) => {
        const text = `x=${start ?? ""}:${stop ?? ""}${step === undefined ? "" : `:${step}`}`;
        const all = Array.from({ length: size }, (_, i) => i);
        const wanted = all.slice(start ?? 0, stop).filter((_, i) => i % (step ?? 1) === 0);
        const isInside = [start, stop].every((at = 0) => at >= -size && at <= size);
        const read = () => resolveSelection(parseSelection(text), [{ name: "x", size }]);
        if (!isInside || wanted.length === 0) {
          expect(read).toThrow(UsageError);
          return;
        }
        const { region, shape } = read();
        const [{ start: from, stop: to, step: by = 1 } = { start: 0, stop: 0 }] = region;
        const taken = all.filter((i) => i >= from && i < to && (i - from) % by === 0);
        expect([taken, shape]).toEqual([wanted, [wanted.length]]);
      }),
    );
  });

  it("any text is a selection or a usage error", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[tcy0-9=:,+ -]{0,20}$/));
    fc.assert(
      fc.property(text, (text) => {
        try {
          const { region } = resolve(text);
          for (const [dim, { start, stop }] of region.entries()) {
            expect(start >= 0 && start < stop && stop <= axes[dim]!.size).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
