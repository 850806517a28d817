import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultDeployment, loadDeployment, parseDeployment } from "./deployment.ts";

describe("config.json", () => {
  it("may set nothing, or everything", () => {
    expect(parseDeployment({})).toEqual(defaultDeployment);
    const all = {
      allowedOrigins: ["https://lab.example", "http://localhost:8080"],
      source: "data/first.zarr",
      name: "Lab images",
      catalogue: [{ title: "Embryo", description: "Stack", url: "https://h.org/a.zarr" }],
    };
    expect(parseDeployment(all)).toEqual(all);
  });

  it("is refused with a fault's name", () => {
    for (const [input, where] of [
      [{ allowedOrigins: ["https://lab.example/"] }, "allowedOrigins.0"],
      [{ allowedOrigins: ["*"] }, "allowedOrigins.0"],
      [{ allowedOrigins: ["null"] }, "allowedOrigins.0"],
      [{ catalogue: [{ title: "x", description: "y" }] }, "catalogue.0.url"],
      [{ alowedOrigins: [] }, "alowedOrigins"],
      [[], "the document"],
    ] as const) {
      expect(() => parseDeployment(input)).toThrow(`config.json: ${where}`);
    }
  });

  it("is refused or understood, and touches no prototype, whatever it is", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          expect(parseDeployment(JSON.parse(text)).allowedOrigins).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });
});

describe("reading it", () => {
  afterEach(() => vi.unstubAllGlobals());
  const answer = (body: string, status = 200) =>
    vi.stubGlobal("fetch", async () => new Response(body, { status }));

  it("gives the default where there is none, or one with a fault", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    answer("", 404);
    expect(await loadDeployment("https://v.org/")).toBe(defaultDeployment);
    expect(warn).not.toHaveBeenCalled();
    for (const broken of ["<!doctype html>", '{"allowedOrigins": "https://x.org"}']) {
      answer(broken);
      expect(await loadDeployment("https://v.org/")).toBe(defaultDeployment);
    }
    expect(warn).toHaveBeenCalledTimes(2);
    answer('{"name": "Lab"}');
    expect((await loadDeployment("https://v.org/")).name).toBe("Lab");
  });
});
