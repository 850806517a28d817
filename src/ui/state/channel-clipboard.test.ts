import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lutNames } from "../../layers/luts/lut-name.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { channelFromText, channelToText } from "./channel-clipboard.ts";
import { defaultChannels, withChannel } from "./channels.ts";

const [first, second] = defaultChannels(fakeImage());
if (!first || !second) throw new Error("the image has two channels");

describe("channel settings on the clipboard", () => {
  it("read back as they were written, but for name, place and visibility", () => {
    const settings = fc.record({
      color: fc.stringMatching(/^[0-9A-F]{6}$/),
      gamma: fc.integer({ min: 100, max: 5000 }).map((gamma) => gamma / 1000),
      lut: fc.constantFrom(null, ...lutNames),
      inverted: fc.boolean(),
      window: fc
        .tuple(fc.integer(), fc.integer({ min: 1, max: 1e6 }))
        .map(([start, width]) => ({ start, end: start + width, min: start, max: start + width })),
    });
    fc.assert(
      fc.property(settings, (change) => {
        const result = channelFromText(channelToText({ ...first, ...change }));
        if ("problem" in result) throw new Error(result.problem);
        const [, pasted] = withChannel([first, second], 1, result.change);
        expect(pasted).toEqual({ ...second, ...change });
      }),
    );
  });

  it("are refused when they are something else, and never throw or touch a prototype", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(channelFromText(text)).toEqual({
          problem: "The clipboard holds no channel settings.",
        });
      }),
    );
    const hostile = '{"kind":"zarrscope/channel","__proto__":{"polluted":1},"constructor":1}';
    expect(channelFromText(hostile)).toEqual({ change: {} });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([
    ["color", '"red"'],
    ["gamma", '"2"'],
    ["lut", '"nonsense"'],
    ["inverted", "1"],
    ["window", '{"start":5,"end":5}'],
  ])("name the setting that cannot be used: %s", (name, value) => {
    expect(channelFromText(`{"kind":"zarrscope/channel","${name}":${value}}`)).toEqual({
      problem: `The clipboard's channel settings have an unusable ${name}.`,
    });
  });
});
