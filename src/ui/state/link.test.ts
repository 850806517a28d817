import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lutNames } from "../../layers/luts/lut-name.ts";
import { emptyLink, formatLink, type Link, parseLink } from "./link.ts";
import type { LinkedChannel } from "./link-channels.ts";
import type { LinkedLabel } from "./link-labels.ts";
import { themes } from "./preferences.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const hex = fc.stringMatching(/^[0-9A-F]{6}$/);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const wellFormed = fc.string({ unit: fc.constantFrom(..."abz019_-.:/&=#%+?; ,é中😀") });
const axisName = fc.oneof(
  wellFormed,
  fc.constantFrom(
    "z",
    "t",
    "v",
    "view",
    "axes",
    "ch",
    "own",
    "source",
    "",
    "axis.z",
    "__proto__",
    "constructor",
    "model",
    "theme",
    "background",
  ),
);

const channel: fc.Arbitrary<LinkedChannel> = fc.record({
  index: fc.nat(999),
  visible: fc.boolean(),
  color: optional(hex),
  window: optional(fc.record({ start: finite, end: finite })),
  inverted: optional(fc.boolean()),
  gamma: optional(fc.double({ min: 0.1, max: 5, noNaN: true })),
  lut: optional(fc.constantFrom(null, ...lutNames)),
});
const own = fc
  .uniqueArray(fc.tuple(fc.nat(999), fc.tuple(finite, finite)), {
    selector: ([index]) => index,
    minLength: 1,
    maxLength: 9,
  })
  .map((entries) =>
    entries.flatMap(([index, [a, b]]) => {
      const range = { start: Math.min(a, b), end: Math.max(a, b) };
      return a === b ? [] : [[index, range] as const];
    }),
  )
  .filter((entries) => entries.length > 0)
  .map((entries) => new Map(entries));
const label: fc.Arbitrary<LinkedLabel> = fc.record({
  name: wellFormed.filter((name) => name !== ""),
  opacity: optional(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)),
  style: fc.constantFrom("fill" as const, "outline" as const),
  object: optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(String)),
});
const unset = {
  color: undefined,
  window: undefined,
  inverted: undefined,
  gamma: undefined,
  lut: undefined,
};

const someSource = wellFormed.map((text) => text.trim()).filter((text) => text !== "");
/** One source, none, or several of which one is shown. */
const sources = fc.oneof(
  fc.record({ source: optional(someSource), sources: fc.constant([]) }),
  fc
    .tuple(fc.uniqueArray(someSource, { minLength: 2, maxLength: 5 }), fc.nat(9))
    .map(([all, at]) => ({ source: all[at % all.length], sources: all })),
);
const rest = fc.record({
  // The first image is what a link without a number means.
  series: optional(fc.integer({ min: 1, max: 999_999 })),
  well: optional(wellFormed.map((text) => text.trim()).filter((text) => text !== "")),
  field: optional(fc.oneof(fc.nat(), fc.constant("all" as const))),
  acquisition: optional(fc.nat()),
  view: optional(fc.record({ target: fc.tuple(finite, finite), zoom: finite })),
  axes: optional(
    fc
      .tuple(wellFormed, wellFormed)
      .filter(([down, across]) => down !== "" && across !== "" && down !== across),
  ),
  labels: fc.uniqueArray(label, { selector: ({ name }) => name, maxLength: 9 }),
  indices: fc
    .array(fc.tuple(axisName, fc.oneof(fc.nat(), finite)))
    .map((entries): ReadonlyMap<string, number> => new Map(entries)),
  channels: fc.uniqueArray(channel, { selector: ({ index }) => index, maxLength: 20 }),
  own: optional(own),
  greyscale: optional(fc.boolean()),
  part: optional(wellFormed),
  foreign: fc.constant(undefined),
  theme: optional(fc.constantFrom(...themes)),
  background: optional(fc.constantFrom("000000" as const, "FFFFFF" as const)),
  system: optional(wellFormed.filter((text) => text !== "")),
});
const link: fc.Arbitrary<Link> = fc
  .tuple(sources, rest)
  .map(([where, what]) => ({ ...where, ...what }));

describe("a link", () => {
  it("reads back as it was written, for every state", () => {
    fc.assert(
      fc.property(link, (state) => {
        const parsed = parseLink(formatLink(state));
        expect(parsed).toEqual({ link: state, notices: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("stays the same through a URL object", () => {
    fc.assert(
      fc.property(link, (state) => {
        const { search, hash } = formatLink(state);
        expect(parseLink(new URL(`https://viewer.example/${search}${hash}`)).link).toEqual(state);
      }),
    );
  });

  it("never throws and never touches a prototype, whatever stands there", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        "&",
        "=",
        "#",
        "?",
        "%",
        "%E0",
        "ch",
        "view",
        "__proto__",
        ":",
        ";",
        "-",
        ",",
        "1",
        "e9",
        "z",
        "\ud800",
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(hostile, fc.string()),
        fc.oneof(hostile, fc.string()),
        (search, hash) => {
          const { link: parsed } = parseLink({ search, hash });
          expect(() => formatLink(parsed)).not.toThrow();
          expect(Reflect.get({}, "polluted")).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is empty for an empty address", () => {
    expect(parseLink({ search: "", hash: "" })).toEqual({ link: emptyLink, notices: [] });
    expect(formatLink(emptyLink)).toEqual({ search: "", hash: "" });
  });

  it("is readable", () => {
    const written = formatLink({
      ...emptyLink,
      source: "https://host.org/a/b.zarr",
      series: 2,
      well: "B/03",
      field: 1,
      acquisition: 0,
      view: { target: [135.25, 16.5], zoom: 2.5 },
      axes: ["z", "x"],
      labels: [{ name: "nuclei", opacity: 0.3, style: "outline", object: "4711" }],
      indices: new Map([["z", 118]]),
      channels: [
        {
          ...unset,
          index: 0,
          visible: true,
          color: "FF0000",
          window: { start: 120, end: 3500 },
        },
        { ...unset, index: 2, visible: false },
        { ...unset, index: 3, visible: true, gamma: 0.5, lut: "viridis", inverted: true },
      ],
      own: new Map([[0, { start: -5, end: 90 }]]),
      greyscale: true,
      part: "phase",
      system: "world",
      theme: "light",
      background: "FFFFFF",
    });
    expect(written.search).toBe(
      "?source=https://host.org/a/b.zarr&series=2&well=B/03&field=1&acquisition=0",
    );
    expect(written.hash).toBe(
      "#v=1&view=135.25,16.5,2.5&system=world&axes=z,x&z=118&ch=0:FF0000:120-3500;-2;3:::i:g0.5:lviridis&own=0:-5-90&labels=nuclei@0.3,outline,4711&model=greyscale&part=phase&background=white&theme=light",
    );
  });
});

describe("several sources", () => {
  const query = "?source=https://h/a.zarr&source=https://h/b.zarr?v=1&source=c.zarr";

  it("are a list to switch between, of which the first is shown, or another", () => {
    const all = ["https://h/a.zarr", "https://h/b.zarr?v=1", "c.zarr"];
    expect(parseLink({ search: query, hash: "" }).link).toMatchObject({
      source: all[0],
      sources: all,
    });
    expect(parseLink({ search: `${query}&at=1`, hash: "" }).link).toMatchObject({ source: all[1] });
  });

  it.each(["3", "x", "-1"])("U07: at=%s names none, and is said", (at) => {
    const { link: parsed, notices } = parseLink({ search: `${query}&at=${at}`, hash: "" });
    expect(parsed.source).toBe("https://h/a.zarr");
    expect(notices).toHaveLength(1);
  });
});

describe("the series", () => {
  it("is the position of the image, from 0; the first one is not written", () => {
    expect(parseLink({ search: "?source=https://h/a.zarr&series=2", hash: "" }).link.series).toBe(
      2,
    );
    expect(parseLink({ search: "?series=3&source=https://h/a.zarr", hash: "" }).link).toMatchObject(
      {
        source: "https://h/a.zarr",
        series: 3,
      },
    );
    const first = { ...emptyLink, source: "https://h/a.zarr", series: 0 };
    expect(formatLink(first).search).toBe("?source=https://h/a.zarr");
  });

  it.each(["-1", "1.5", "B/03", "9999999", ""])(
    "U07: series=%s is ignored, with a notice",
    (text) => {
      const { link, notices } = parseLink({
        search: `?source=https://h/a.zarr&series=${text}`,
        hash: "",
      });
      expect(link.series).toBeUndefined();
      expect(notices).toHaveLength(1);
    },
  );
});

describe("the theme", () => {
  const themeOf = (search: string, hash = "") => parseLink({ search, hash });

  it("stands in the fragment, or in the query as others write it; the fragment wins", () => {
    expect(themeOf("", "#theme=light").link.theme).toBe("light");
    expect(themeOf("?source=https://h/a.zarr&theme=system").link.theme).toBe("system");
    expect(themeOf("?theme=system", "#theme=contrast").link.theme).toBe("contrast");
  });

  it("U07 that there is not is ignored, with a notice", () => {
    const { link: parsed, notices } = themeOf("", "#theme=toString&theme=__proto__");
    expect(parsed).toEqual(emptyLink);
    expect(notices).toHaveLength(2);
  });
});

describe("the source", () => {
  const url = "https://host.org/a b/c.zarr";
  it.each(["source", "url", "image_url", "fileToLoad", "image"])("is read from ?%s=", (key) => {
    expect(parseLink({ search: `?${key}=${encodeURIComponent(url)}`, hash: "" }).link.source).toBe(
      url,
    );
    expect(parseLink({ search: `?x=1&${key}=${url}`, hash: "" }).link.source).toBe(url);
  });

  it("keeps a query of its own when it is pasted raw", () => {
    const signed = "https://host.org/c.zarr?sig=a%2Bb&se=2027&embed=1";
    expect(parseLink({ search: `?source=${signed}`, hash: "" }).link.source).toBe(
      "https://host.org/c.zarr?sig=a+b&se=2027",
    );
  });

  it("may be relative only as ?source=", () => {
    expect(parseLink({ search: "?source=samples/a.zarr", hash: "" }).link.source).toBe(
      "samples/a.zarr",
    );
    expect(parseLink({ search: "?image=12", hash: "" }).link.source).toBeUndefined();
  });

  it("is read from the fragment, which no server sees", () => {
    expect(parseLink({ search: "", hash: `#source=${encodeURIComponent(url)}` }).link.source).toBe(
      url,
    );
  });
});

describe("a malformed link", () => {
  it("P05 names no well of many letters, and no field that is no number", () => {
    const { link: parsed, notices } = parseLink({
      search: `?source=p.zarr&well=${"A".repeat(300)}&field=-1&acquisition=first`,
      hash: "",
    });
    expect(parsed).toEqual({ ...emptyLink, source: "p.zarr" });
    expect(notices).toHaveLength(3);
  });

  it("U07 ignores what it cannot read, and says so", () => {
    const { link: parsed, notices } = parseLink({
      search: "",
      hash: "#v=1&view=1,2&z=abc&t=3&ch=0:XYZ:1-5;banana;1",
    });
    expect(parsed.view).toBeUndefined();
    expect([...parsed.indices]).toEqual([["t", 3]]);
    expect(parsed.channels).toEqual([
      { ...unset, index: 0, visible: true, window: { start: 1, end: 5 } },
      { ...unset, index: 1, visible: true },
    ]);
    expect(notices).toHaveLength(3);
  });

  it("U07 of 100 kB or a million channels is put away as a whole, with one short notice", () => {
    const long = parseLink({ search: "", hash: `#ch=${"1;".repeat(1_000_000)}` });
    expect(long.link.channels).toEqual([]);
    expect(long.notices).toHaveLength(1);
    expect(long.notices[0]?.length).toBeLessThan(200);
  });

  it("reads windows with negative limits and exponents", () => {
    const { channels } = parseLink({
      search: "",
      hash: "#ch=0::-5--1;1::1e-5-2e-3;2::-1e+2-0",
    }).link;
    expect(channels.map(({ window }) => window)).toEqual([
      { start: -5, end: -1 },
      { start: 1e-5, end: 2e-3 },
      { start: -100, end: 0 },
    ]);
  });

  it("of channels' flags takes what it knows and leaves the rest to newer versions", () => {
    const { link: parsed, notices } = parseLink({
      search: "",
      hash: "#ch=0:::g0.5:lmagma:zzz;1:::i:l;2:::g99;3:::lnonsense;4:::n:lhot",
    });
    expect(parsed.channels).toEqual([
      { ...unset, index: 0, visible: true, gamma: 0.5, lut: "magma" },
      { ...unset, index: 1, visible: true, inverted: true, lut: null },
      { ...unset, index: 2, visible: true },
      { ...unset, index: 3, visible: true },
      { ...unset, index: 4, visible: true, inverted: false, lut: "hot" },
    ]);
    expect(notices).toHaveLength(1);
  });
});
