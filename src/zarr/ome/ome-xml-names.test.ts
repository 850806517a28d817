import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { omeXmlImageNames } from "./ome-xml-names.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const names = (text: string) => omeXmlImageNames(bytes(text));
const ome = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">${inside}</OME>`;

describe("N4-74 names from OME/METADATA.ome.xml", () => {
  it("are those of the images, in order, also where one has none", async () => {
    const text = ome(
      '<Instrument ID="I"/><Image ID="Image:0" Name=""><Pixels><Channel Name="DAPI"/></Pixels></Image>' +
        '<Image ID="Image:1" Name="macro &amp; label"/><Image ID="Image:2"/>',
    );
    expect(await names(text)).toEqual(["", "macro & label", ""]);
  });

  it("are found under a prefix too, and only among the children of the root", async () => {
    const text =
      '<ome:OME xmlns:ome="urn:x"><ome:Image Name="a"><ome:Image Name="inner"/></ome:Image></ome:OME>';
    expect(await names(text)).toEqual(["a"]);
  });

  it("end where the images end: what follows may be broken and long", async () => {
    const text = `${ome('<Image Name="a"/>').replace("</OME>", "")}<StructuredAnnotations><X`;
    expect(await names(text)).toEqual(["a"]);
  });

  it("survive damage: those before it are given", async () => {
    expect(await names('<OME><Image Name="a"/><Image Name="b" <')).toEqual(["a"]);
    expect(await names("no xml")).toEqual([]);
  });

  it("never come from entities or a document type", async () => {
    const bomb =
      '<!DOCTYPE OME [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><OME><Image Name="&b;"/></OME>';
    expect(await names(bomb)).toEqual([]);
    expect(await names('<OME><Image Name="&unknown;"/></OME>')).not.toContain("aaaaaaaaaa");
  });

  it("are cut to a length that can be shown, without control characters", async () => {
    const [name] = await names(`<OME><Image Name="${"x".repeat(5000)}&#9;"/></OME>`);
    expect(name?.length).toBeLessThanOrEqual(201);
  });

  it("any text ends in a list of texts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
        for (const document of [text, ome(text), ome(`<Image Name="${text}"/>`)]) {
          for (const name of await names(document)) expect(name.length).toBeLessThanOrEqual(201);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("a valid document that is damaged anywhere ends in names of a bounded length, and pollutes nothing", async () => {
    const valid = ome(
      '<Instrument ID="I:0"/><Image ID="Image:0" Name="slide &amp; label"><Pixels ID="P:0" SizeX="9">' +
        '<Channel ID="C:0"/></Pixels></Image><Image ID="Image:1" Name="macro"/><StructuredAnnotations/>',
    );
    const bits = [
      "<",
      ">",
      "&",
      '"',
      "'",
      "/",
      "<!--",
      "]]>",
      "<![CDATA[",
      "<?",
      "&#0;",
      "&#x1F600;",
    ];
    const more = [
      "<!DOCTYPE a>",
      "<Image ",
      "\u0000",
      "\uFFFE",
      ' Name="x"',
      "</OME>",
      ' __proto__="y"',
    ];
    const damage = fc.record({
      at: fc.nat({ max: valid.length }),
      drop: fc.nat({ max: 40 }),
      put: fc.oneof(fc.constantFrom("", ...bits, ...more), fc.string({ maxLength: 5 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        const text = damages.reduce(
          (document, { at, drop, put }) => document.slice(0, at) + put + document.slice(at + drop),
          valid,
        );
        const found = await names(text);
        expect(found.length).toBeLessThanOrEqual(8);
        for (const name of found) expect(name.length).toBeLessThanOrEqual(201);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("can be given up", async () => {
    const signal = AbortSignal.abort();
    await expect(omeXmlImageNames(bytes(ome("")), signal)).rejects.toThrow();
  });
});
