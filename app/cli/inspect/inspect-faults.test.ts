import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startStore, type TestStore } from "../../../e2e/store/test-store.ts";
import { buildCli, type CliProgram } from "../testing/cli-program.ts";
import { fixtures } from "../testing/npy-cases.ts";

const images = `${fixtures}/images`;

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cli: CliProgram;
let store: TestStore;
beforeAll(async () => {
  [cli, store] = await Promise.all([buildCli(), startStore({ origins: 1 })]);
}, 60_000);
afterAll(() => Promise.all([cli?.remove(), store?.close()]));

describe("zarrscope inspect, where something is wrong", () => {
  it("exit code 1 and the page's words: nothing there, denied, no arrays, no Zarr", async () => {
    store.defineFiles("empty", {});
    store.defineFiles("denied", {});
    store.setScenario("refuse", { status: 403 });
    store.defineFiles("no-arrays", {
      "zarr.json": {
        zarr_format: 3,
        node_type: "group",
        attributes: {
          ome: {
            version: "0.5",
            multiscales: [
              {
                axes: [
                  { name: "y", type: "space" },
                  { name: "x", type: "space" },
                ],
                datasets: [
                  { path: "0", coordinateTransformations: [{ type: "scale", scale: [1, 1] }] },
                ],
              },
            ],
          },
        },
      },
    });
    store.defineFiles("not-zarr", { "zarr.json": "{" });
    const cases = [
      [store.url("empty"), "ZS-NOTFOUND", "No Zarr found"],
      [store.url("denied", { scenario: "refuse" }), "ZS-DENIED", "The server refuses access"],
      [store.url("no-arrays"), "ZS-NOLEVELS", "none of its arrays"],
      [store.url("not-zarr"), "ZS-NOTZARR", "not Zarr metadata"],
      [images, "ZS-NOTFOUND", "No Zarr found"],
      [`${images}/nowhere.zarr`, "ZS-NOTFOUND", "No Zarr found"],
    ] as const;
    await Promise.all(
      cases.map(async ([source, code, title]) => {
        const run = await cli.run("inspect", source, "--json");
        expect([source, run.code]).toEqual([source, 1]);
        expect(JSON.parse(run.stdout).failure).toMatchObject({
          code,
          title: expect.stringContaining(title),
        });
      }),
    );
    const people = await cli.run("inspect", store.url("no-arrays"));
    expect(people.code).toBe(1);
    expect(people.stdout).toContain("This image's metadata are here, but none of its arrays.\n");
  });

  it("names the broken rules also where no image can be shown", async () => {
    const axes = [
      { name: "x", type: "space" },
      { name: "x", type: "space" },
    ];
    const transformation = { type: "scale", scale: [1, 0] };
    const datasets = [{ path: "0", coordinateTransformations: [transformation] }];
    store.defineFiles("invalid", {
      ".zgroup": { zarr_format: 2 },
      ".zattrs": { multiscales: [{ version: "0.4", axes, datasets }] },
    });
    const run = await cli.run("inspect", "--json", store.url("invalid"));
    const { failure, problems } = JSON.parse(run.stdout);
    expect([run.code, failure.code]).toEqual([1, "ZS-NOLEVELS"]);
    const rules = problems.map(({ code, path }: Record<string, string>) => `${code} ${path}`);
    // The second axis has the name of the first.
    expect(rules).toContainEqual(expect.stringMatching(/ \.zattrs#\/multiscales\/0\/axes/));
    expect(new Set(rules).size).toBe(rules.length);
  });

  it("no signature and no password is ever printed", async () => {
    store.defineFolder("signed", `${images}/plain-v3.zarr`);
    store.clearLog();
    const signed = await cli.run("inspect", `${store.url("signed")}?X-Amz-Signature=s3cret`);
    expect(signed.code).toBe(0);
    // It was sent.
    expect(store.log().every(({ url }) => url.includes("X-Amz-Signature=s3cret"))).toBe(true);
    const gone = await cli.run("inspect", "http://127.0.0.1:1/x.zarr?X-Amz-Signature=s3cret");
    expect(gone.code).toBe(1);
    const password = await cli.run("inspect", "http://me:s3cret@127.0.0.1:1/x.zarr");
    expect(password.code).toBe(1);
    for (const { stdout, stderr } of [signed, gone, password]) {
      expect(stdout + stderr).not.toBe("");
      expect(stdout + stderr).not.toContain("s3cret");
    }
  });

  it("exit code 2 where the command is wrong", async () => {
    const wrong = [[], ["look"], ["inspect", `${images}/plain-v3.zarr/c/0/0/0/0`]];
    const runs = await Promise.all(wrong.map((args) => cli.run(...args)));
    for (const [index, { code, stdout, stderr }] of runs.entries()) {
      expect([wrong[index], code, stdout]).toEqual([wrong[index], 2, ""]);
      expect(stderr).toContain("zarrscope --help");
    }
  });

  it("--help and --version", async () => {
    const [general, topic, version] = await Promise.all([
      cli.run("--help"),
      cli.run("inspect", "--help"),
      cli.run("--version"),
    ]);
    expect([general.code, topic.code, version.code]).toEqual([0, 0, 0]);
    expect(general.stdout).toContain("inspect <path|url>");
    expect(topic.stdout).toContain("--json");
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("names in metadata cannot steer the terminal", async () => {
    const name = "\u001b[2J\u0007\u202Eevil\u009b31m";
    const zarray = { zarr_format: 2, shape: [2, 2], chunks: [2, 2], dtype: "|u1" };
    store.defineFiles("steering", {
      ".zgroup": { zarr_format: 2 },
      ".zattrs": {
        multiscales: [
          {
            version: "0.4",
            name,
            axes: [{ name: "y" }, { name: "x" }],
            datasets: [
              { path: "0", coordinateTransformations: [{ type: "scale", scale: [1, 1] }] },
            ],
          },
        ],
        omero: { channels: [{ label: name, color: name }] },
      },
      "0/.zarray": { ...zarray, order: "C", fill_value: 0, filters: null, compressor: null },
    });
    for (const options of [[], ["--json"]]) {
      const { code, stdout } = await cli.run("inspect", ...options, store.url("steering"));
      expect(code).toBe(0);
      expect(stdout).toContain("evil");
      expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
    }
    const { stdout } = await cli.run("inspect", "--json", store.url("steering"));
    expect(JSON.parse(stdout).channels[0].label).toContain("evil");
  });
});
