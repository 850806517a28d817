import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startStore, type TestStore } from "../../../e2e/store/test-store.ts";
import { buildCli, type CliProgram, finished } from "../testing/cli-program.ts";
import { digestOf, fixtures, npyCases } from "../testing/npy-cases.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cli: CliProgram;
let store: TestStore;
beforeAll(async () => {
  [cli, store] = await Promise.all([buildCli(), startStore({ origins: 1 })]);
  store.defineFolder("data", fixtures);
}, 60_000);
afterAll(() => Promise.all([cli?.remove(), store?.close()]));

const outFile = (name: string) => join(cli.folder, name);

/** One of each format: a selection of v2, the shards of v3, and v1 with a chunk that was never written. */
const formats = [
  ["v1", "elements/v1.zarr", ""],
  ["v2", "images/tczyx-v04.zarr", "t=1,c=2"],
  ["v3", "images/tcyx-sharded-v05.zarr", "dim0=0,c=0:1,y=10:50:3,x=30:34"],
] as const;

describe("zarrscope read, on disk and over HTTP", () => {
  it.each(formats)("%s: %s %s", async (format, source, select) => {
    const npyCase = npyCases.find((one) => one.source === source && one.select === select);
    const { array, bytes, sha256 } = npyCase!;
    const options = [...(array === null ? [] : ["--array", array]), "--select", select];
    const runs = await Promise.all(
      [fixtures, store.url("data")].map((place, index) => {
        const out = outFile(`${format}-${index}.npy`);
        return cli.run("read", `${place}/${source}`, ...options, "--out", out);
      }),
    );
    for (const [index, run] of runs.entries()) {
      expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(digestOf(outFile(`${format}-${index}.npy`))).toEqual({ bytes, sha256 });
    }
  });
});

describe("zarrscope read, where a chunk cannot be read", () => {
  it.each([
    ["denied", { status: 403 }, "denied, ZS-DENIED"],
    ["corrupt", { corruptAt: 4 }, "corrupt, ZS-CORRUPT"],
    ["failed", { status: 501 }, "failed, ZS-HTTP-501"],
  ] as const)("%s: exit code 1, the chunk's name, and no file", async (name, rule, words) => {
    store.setScenario(name, { key: "images/tczyx-v04.zarr/s0/1/2/0/1/0", ...rule });
    const source = `${store.url("data", { scenario: name })}/images/tczyx-v04.zarr`;
    const out = outFile(`${name}.npy`);
    writeFileSync(out, "older");
    const run = await cli.run("read", source, "--out", out);
    expect([run.code, run.stdout]).toEqual([1, ""]);
    expect(run.stderr).toContain(words);
    expect(run.stderr).toContain('(1, 2, 0, 1, 0) of "s0"');
    expect(readFileSync(out, "utf8")).toBe("older");
  });

  it("a chunk that is missing is fill value, over HTTP as on disk", async () => {
    store.setScenario("gone", { key: "images/plain-v2.zarr/1.0.0", status: 404 });
    const source = `${store.url("data", { scenario: "gone" })}/images/plain-v2.zarr`;
    const out = outFile("gone.npy");
    expect((await cli.run("read", source, "--out", out)).code).toBe(0);
    const { fill_value: fill } = JSON.parse(
      readFileSync(`${fixtures}/images/plain-v2.zarr/.zarray`, "utf8"),
    );
    const data = readFileSync(out);
    // The second chunk is the second half of 4 × 10 × 12 int16.
    const half = new Int16Array(Uint8Array.from(data.subarray(-480)).buffer);
    expect([half.length, new Set(half)]).toEqual([240, new Set([fill])]);
  });

  it("nothing is left behind when it is interrupted", async () => {
    store.setScenario("stalled", { key: "images/tczyx-v04.zarr/s0/*/**", stallAt: 0 });
    const source = `${store.url("data", { scenario: "stalled" })}/images/tczyx-v04.zarr`;
    store.clearLog();
    const child = cli.start(["read", source, "--out", outFile("stalled.npy")]);
    const end = finished(child);
    const parts = () => readdirSync(cli.folder).filter((name) => name.endsWith(".part"));
    await vi.waitFor(() => expect(parts()).toHaveLength(1), 30_000);
    await vi.waitFor(
      () => expect(store.log({ scenario: "stalled" }).length).toBeGreaterThan(3),
      30_000,
    );
    child.kill("SIGINT");
    expect((await end).code).toBeNull();
    expect(child.signalCode).toBe("SIGINT");
    expect([parts(), existsSync(outFile("stalled.npy"))]).toEqual([[], false]);
  });

  it("exit codes of what is no chunk: 1 for data, 2 for the command", async () => {
    const image = `${fixtures}/images/plain-v3.zarr`;
    const out = ["--out", outFile("never.npy")];
    const cases = [
      [1, "ZS-NOTFOUND", image, "--array", "nowhere", ...out],
      [1, "ZS-PLATE", `${fixtures}/images/plate-v04.zarr`, ...out],
      [1, "varies", `${fixtures}/elements/v2.zarr`, "--array", "varying", ...out],
      [2, "--out", image],
      [2, "there are time (3), channel (2), lat (20), lon (30)", image, "--select", "x=0", ...out],
      [2, "goes beyond", image, "--select", "lat=0:21", ...out],
      [2, '".."', image, "--array", "../x", ...out],
    ] as const;
    await Promise.all(
      cases.map(async ([code, words, ...args]) => {
        const run = await cli.run("read", ...args);
        expect([args, run.code, run.stdout]).toEqual([args, code, ""]);
        expect(run.stderr).toContain(words);
      }),
    );
    expect(existsSync(outFile("never.npy"))).toBe(false);
  });
});
