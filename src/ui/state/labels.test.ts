import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLabels, withLabel, withLabelsToggled } from "./labels.ts";
import { formatLabels, parseLabels } from "./link-labels.ts";

describe("settings of labels", () => {
  const labels = defaultLabels(["nuclei", "cells"]);

  test("are hidden areas of half opacity until somebody asks", () => {
    expect(labels[0]).toEqual({ name: "nuclei", visible: false, opacity: 0.5, style: "fill" });
  });

  test("an opacity that was never chosen goes with the style, a chosen one stays", () => {
    const outlined = withLabel(labels, "nuclei", { style: "outline" });
    expect(outlined.map(({ opacity }) => opacity)).toEqual([1, 0.5]);
    expect(withLabel(outlined, "nuclei", { style: "fill" })[0]?.opacity).toBe(0.5);
    const chosen = withLabel(labels, "nuclei", { opacity: 0.7 });
    expect(withLabel(chosen, "nuclei", { style: "outline" })[0]?.opacity).toBe(0.7);
  });

  test("an opacity that cannot be drawn changes nothing, one beyond the limits is cut", () => {
    expect(withLabel(labels, "nuclei", { opacity: Number.NaN })).toEqual(labels);
    expect(withLabel(labels, "nuclei", { opacity: 7 })[0]?.opacity).toBe(1);
    expect(withLabel(labels, "nobody", { visible: true })).toEqual(labels);
  });

  test("are hidden all at once and shown again as they were; at first the first one", () => {
    const shown = withLabelsToggled(labels, []);
    expect(shown.map(({ visible }) => visible)).toEqual([true, false]);
    expect(withLabelsToggled(shown, []).some(({ visible }) => visible)).toBe(false);
    const again = withLabelsToggled(labels, ["cells"]);
    expect(again.map(({ visible }) => visible)).toEqual([false, true]);
    expect(withLabelsToggled(labels, ["gone"]).map(({ visible }) => visible)).toEqual([
      true,
      false,
    ]);
  });
});

describe("labels in links", () => {
  test.each([
    ["nuclei", [{ name: "nuclei", opacity: undefined, style: "fill" }]],
    ["nuclei@0.3,outline", [{ name: "nuclei", opacity: 0.3, style: "outline" }]],
    [
      "a/b,outline;c@0",
      [
        { name: "a/b", opacity: undefined, style: "outline" },
        { name: "c", opacity: 0, style: "fill" },
      ],
    ],
    ["a%3Bb", [{ name: "a;b", opacity: undefined, style: "fill" }]],
  ])("%s", (text, labels) => {
    expect(parseLabels(text)).toEqual({ labels, malformed: [] });
  });

  test.each(["@0.5", "a@x", "a@0.5@1", "a,dotted", "a,fill,outline", "%ff"])(
    "%s is named as malformed",
    (text) => {
      expect(parseLabels(`${text};ok`)).toMatchObject({
        labels: [{ name: "ok" }],
        malformed: [text],
      });
    },
  );

  test("what was written is read back, whatever names and numbers", () => {
    const label = fc.record({
      name: fc.string({ minLength: 1, unit: "grapheme" }),
      opacity: fc.option(
        fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
        { nil: undefined },
      ),
      style: fc.constantFrom("fill" as const, "outline" as const),
      object: fc.option(
        fc.bigInt().map((id) => String(BigInt.asIntN(64, id))),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(label, { selector: ({ name }) => name, maxLength: 64 }),
        (labels) => {
          const { labels: read, malformed } = parseLabels(formatLabels(labels));
          expect(malformed).toEqual([]);
          expect(read).toEqual(labels);
        },
      ),
    );
  });

  test("parsing never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseLabels(text)));
  });
});
