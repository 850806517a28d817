import { expect, it } from "vitest";
import { codecTable } from "../src/zarr/codecs/codec-table.ts";
import { capabilityManifest } from "./capability-manifest.ts";

/** Values by key, of both sections; each line's value is JSON. */
function entriesOf(yaml: string): Record<string, unknown> {
  const lines = yaml.matchAll(/^ {2}(\w+): (.+)$/gm);
  return Object.fromEntries([...lines].map(([, key, value]) => [key, JSON.parse(value ?? "")]));
}

it.each([
  ["https://viewer.example/", "https://viewer.example/?source={DATA_URL}"],
  ["https://lab.example/zarr?x#y", "https://lab.example/zarr/?source={DATA_URL}"],
])("names the installation at %s by a template", (address, template) => {
  expect(entriesOf(capabilityManifest("1.2.3", address)).template_url).toBe(template);
});

it("names no installation where nobody knows of one, and none that is no address", () => {
  const yaml = capabilityManifest("1.2.3", undefined);
  expect(yaml).toMatch(/^viewer:\n {2}name: "Zarrscope"\n {2}version: "1.2.3"\n\ncapabilities:\n/);
  expect(yaml).not.toContain("template_url");
  for (const address of ["viewer.example", "javascript:alert(1)", ""]) {
    expect(() => capabilityManifest("1.2.3", address)).toThrow(TypeError);
  }
});

it("promises codecs that are read, and the versions as numbers", () => {
  const { compression_codecs: codecs, ome_zarr_versions: versions } = entriesOf(
    capabilityManifest("1.2.3", undefined),
  );
  expect(versions).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(codecs).toContain("blosc");
  for (const name of Array.isArray(codecs) ? codecs : []) {
    expect(codecTable.has(name) || codecTable.has(`numcodecs.${name}`), name).toBe(true);
  }
});
