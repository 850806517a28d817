import { request as rawRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Rule } from "./scenario.ts";
import { startStore, type TestStore } from "./test-store.ts";

const object = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
let store: TestStore;

beforeAll(async () => {
  store = await startStore({ origins: 2 });
  store.defineFiles("box", { "a/0": object, "a/1": object, "zarr.json": { zarr_format: 3 } });
});
afterAll(() => store.close());
beforeEach(() => store.clearLog());

function under(rules: Rule | Rule[], key = "a/0", init: RequestInit = {}): Promise<Response> {
  store.setScenario("case", rules);
  return fetch(`${store.url("box", { scenario: "case" })}/${key}`, init);
}
const ranged = (range: string): RequestInit => ({ headers: { Range: range } });
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe("a healthy store", () => {
  it("serves objects, JSON and 404 with CORS headers on every origin", async () => {
    for (const origin of [...store.origins, store.localhostOrigins[0]!]) {
      const response = await fetch(`${origin}/box/a/0`);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(await bytesOf(response)).toEqual(object);
    }
    const json = await fetch(`${store.url("box")}/zarr.json`);
    expect(json.headers.get("content-type")).toBe("application/json");
    expect(await json.json()).toEqual({ zarr_format: 3 });
    const missing = await fetch(`${store.url("box")}/nope`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get("access-control-allow-origin")).toBe("*");
    expect((await fetch(`${store.origins[0]}/`)).status).toBe(404);
  });

  it("answers ranges with 206 and a Content-Range", async () => {
    const cases: [string, number, number][] = [
      ["bytes=0-9", 0, 10],
      ["bytes=990-", 990, 1000],
      ["bytes=-10", 990, 1000],
      ["bytes=995-2000", 995, 1000],
    ];
    for (const [header, start, end] of cases) {
      const response = await fetch(`${store.url("box")}/a/0`, ranged(header));
      expect(response.status).toBe(206);
      expect(response.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/1000`);
      expect(await bytesOf(response)).toEqual(object.slice(start, end));
    }
    const beyond = await fetch(`${store.url("box")}/a/0`, ranged("bytes=1000-1001"));
    expect(beyond.status).toBe(416);
  });

  it("tells the length in HEAD and allows the preflight", async () => {
    const head = await fetch(`${store.url("box")}/a/0`, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("1000");
    const preflight = await fetch(`${store.url("box")}/a/0`, { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("Range, Authorization");
  });

  it("logs method, raw path, key, range, status, bytes and concurrency", async () => {
    await Promise.all([
      fetch(`${store.url("box")}/a/0?sig=1`, ranged("bytes=0-9")).then(bytesOf),
      fetch(`${store.url("box")}/a%2F1`).then(bytesOf),
    ]);
    const log = store.log();
    expect(log.map(({ url, key, range }) => [url, key, range]).sort()).toEqual([
      ["/box/a%2F1", "a/1", undefined],
      ["/box/a/0?sig=1", "a/0", "bytes=0-9"],
    ]);
    expect(log.map(({ status, bytesSent }) => [status, bytesSent]).sort()).toEqual([
      [200, 1000],
      [206, 10],
    ]);
    expect(store.log({ key: /1$/ })).toHaveLength(1);
    expect(store.maxInFlight()).toBeGreaterThanOrEqual(1);
    store.clearLog();
    expect(store.log()).toEqual([]);
  });

  it("never leaves a folder", async () => {
    store.defineFolder("here", import.meta.dirname);
    const inside = await fetch(`${store.url("here")}/crc32c.ts`);
    expect(inside.status).toBe(200);
    await inside.arrayBuffer();
    expect((await fetch(`${store.url("here")}/%2e%2e%2f%2e%2e%2fpackage.json`)).status).toBe(404);
    expect((await fetch(`${store.url("here")}/`)).status).toBe(404);
  });
});

describe("faults", () => {
  it("status, only where the key matches, and further headers", async () => {
    const rule = { key: ["a/*", "b/**"], status: 429, headers: { "Retry-After": "1" } };
    const response = await under(rule);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("1");
    expect((await under(rule, "zarr.json")).status).toBe(200);
    expect((await under({ key: "*", status: 500 })).status).toBe(200);
  });

  it("times: the first n requests of each key; after: only later ones; both start again with the log", async () => {
    store.setScenario("twice", { status: 503, times: 2 });
    const url = store.url("box", { scenario: "twice" });
    const statuses = async (key: string, count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) seen.push((await fetch(`${url}/${key}`)).status);
      return seen;
    };
    expect(await statuses("a/0", 3)).toEqual([503, 503, 200]);
    expect(await statuses("a/1", 3)).toEqual([503, 503, 200]);
    store.clearLog();
    expect(await statuses("a/0", 1)).toEqual([503]);
    store.setScenario("twice", { status: 403, after: 1 });
    expect(await statuses("a/0", 2)).toEqual([200, 403]);
  });

  it("probability: seeded, the same failures each time", async () => {
    const run = async () => {
      store.setScenario("flap", { status: 500, probability: 0.5 }, { seed: 7 });
      const seen: number[] = [];
      for (let i = 0; i < 20; i++) {
        seen.push((await fetch(`${store.url("box", { scenario: "flap" })}/a/0`)).status);
      }
      return seen;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await run()).toEqual(first);
  });

  it("probability: requests in another order have the same fate", async () => {
    const keys = ["a/0", "a/1", "zarr.json", "none"];
    const run = async (order: readonly string[]) => {
      store.setScenario("flap", { status: 500, probability: 0.5 }, { seed: 3 });
      const seen = new Map<string, number[]>();
      for (let round = 0; round < 4; round++) {
        for (const key of order) {
          const { status } = await fetch(`${store.url("box", { scenario: "flap" })}/${key}`);
          seen.set(key, [...(seen.get(key) ?? []), status]);
        }
      }
      return keys.map((key) => seen.get(key));
    };
    expect(await run(keys.toReversed())).toEqual(await run(keys));
  });

  it("no answer at all lasts until the reader gives up", async () => {
    store.setScenario("silent", { hang: true });
    const signal = AbortSignal.timeout(60);
    const asked = fetch(`${store.url("box", { scenario: "silent" })}/a/0`, { signal });
    await expect(asked).rejects.toThrow();
    await expect.poll(() => store.log()[0]?.aborted).toBe(true);
    expect(store.log()[0]).toMatchObject({ status: 0, bytesSent: 0 });
  });

  it("validators: a tag of the content, the date of its definition, 304 to whoever has it", async () => {
    const first = await under({ validators: true });
    const tag = first.headers.get("etag")!;
    expect(tag).toMatch(/^"[0-9a-f]{40}"$/);
    const modified = Date.parse(first.headers.get("last-modified")!);
    expect(Math.abs(Date.now() - modified)).toBeLessThan(3_600_000);
    const again = await under({ validators: true }, "a/0", { headers: { "If-None-Match": tag } });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
    const changed = await under({ validators: true, corruptAt: 0 });
    expect(changed.headers.get("etag")).not.toBe(tag);
    const hidden = await under({ validators: true, headers: { ETag: "" } });
    expect(hidden.headers.get("etag")).toBeNull();
  });

  it("encoding: compressed once more, or only said to be; never a range", async () => {
    const packed = await under({ encoding: "gzip" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(await bytesOf(packed)).toEqual(object);
    await expect(under({ encoding: "false-gzip" }).then(bytesOf)).rejects.toThrow();
    const range = await under({ encoding: "gzip" }, "a/0", ranged("bytes=0-9"));
    expect(range.headers.get("content-encoding")).toBeNull();
    expect(await bytesOf(range)).toEqual(object.slice(0, 10));
  });

  it("CORS off, off on errors, not exposed; a refused preflight", async () => {
    const origin = "access-control-allow-origin";
    expect((await under({ cors: "off" })).headers.get(origin)).toBeNull();
    expect((await under({ cors: "off-on-errors" })).headers.get(origin)).toBe("*");
    expect((await under({ cors: "off-on-errors" }, "no")).headers.get(origin)).toBeNull();
    const unexposed = await under({ exposed: false });
    expect(unexposed.headers.get("access-control-expose-headers")).toBeNull();
    expect((await under({ preflight: "refuse" }, "a/0", { method: "OPTIONS" })).status).toBe(403);
  });

  it("ranges ignored, shifted, shortened, suffix and HEAD refused", async () => {
    const range = ranged("bytes=100-199");
    const ignored = await under({ ranges: "ignore" }, "a/0", range);
    expect([ignored.status, (await bytesOf(ignored)).length]).toEqual([200, 1000]);
    const shifted = await under({ ranges: "shift" }, "a/0", range);
    expect(shifted.headers.get("content-range")).toBe("bytes 116-215/1000");
    expect(await bytesOf(shifted)).toEqual(object.slice(116, 216));
    const silent = await under({ ranges: "shift-silently" }, "a/0", range);
    expect(silent.headers.get("content-range")).toBe("bytes 100-199/1000");
    expect(await bytesOf(silent)).toEqual(object.slice(116, 216));
    const short = await under({ shortBy: 1 }, "a/0", range);
    expect(short.headers.get("content-range")).toBe("bytes 100-199/1000");
    expect(await bytesOf(short)).toEqual(object.slice(100, 199));
    expect((await under({ ranges: "refuse-suffix" }, "a/0", ranged("bytes=-4"))).status).toBe(416);
    expect((await under({ head: "refuse" }, "a/0", { method: "HEAD" })).status).toBe(405);
  });

  it("a rule for ranged requests only", async () => {
    const rule: Rule = { ranged: true, status: 403 };
    expect((await under(rule, "a/0", ranged("bytes=0-1"))).status).toBe(403);
    expect((await under(rule)).status).toBe(200);
  });

  it("corrupt bytes, from either end and inside a range; a web page instead", async () => {
    const corrupt = await bytesOf(await under({ corruptAt: 5 }));
    expect(corrupt[5]).toBe(5 ^ 0xff);
    expect(corrupt.filter((byte, i) => byte !== object[i])).toHaveLength(1);
    const tail = await bytesOf(await under({ corruptAt: -1 }, "a/0", ranged("bytes=-2")));
    expect([...tail]).toEqual([object[998], object[999]! ^ 0xff]);
    const page = await under({ swap: "html" });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
    expect(await bytesOf(await under({ swap: Uint8Array.of(1) }))).toEqual(Uint8Array.of(1));
  });

  it("a body cut by length and chunked breaks off; cut by close it is short and legal", async () => {
    for (const how of ["length", "chunked"] as const) {
      const response = await under({ cut: { at: 300, how } });
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow();
    }
    const closed = await under({ cut: { at: 300, how: "close" } });
    expect(closed.headers.get("content-length")).toBeNull();
    expect(await bytesOf(closed)).toEqual(object.slice(0, 300));
    expect(store.log().map(({ bytesSent }) => bytesSent)).toEqual([300, 300, 300]);
    expect(store.log().some(({ aborted }) => aborted)).toBe(false);
  });

  it("a reset before the head and inside the body", async () => {
    await expect(under({ resetAt: 0 })).rejects.toThrow();
    const response = await under({ resetAt: 10 });
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect((await under({ resetAt: 0, times: 1 }, "a/0").catch(() => undefined))?.status).toBe(
      undefined,
    );
    expect((await fetch(`${store.url("box", { scenario: "case" })}/a/0`)).status).toBe(200);
  });

  it("a stall lasts until the reader gives up, which is logged as an abort", async () => {
    store.setScenario("stall", { stallAt: 100 });
    const received = await new Promise<number>((resolve) => {
      const request = rawRequest(`${store.url("box", { scenario: "stall" })}/a/0`, (response) => {
        let bytes = 0;
        response.on("data", (piece: Buffer) => {
          bytes += piece.length;
          if (bytes >= 100) setTimeout(() => request.destroy(), 50);
        });
        response.on("error", () => resolve(bytes));
      });
      request.on("error", () => {});
      request.end();
    });
    expect(received).toBe(100);
    await expect.poll(() => store.log()[0]?.aborted).toBe(true);
    expect(store.log()[0]).toMatchObject({ status: 200, bytesSent: 100 });
  });

  it("latency and a limited rate", async () => {
    let start = performance.now();
    await under({ latencyMs: 60 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
    start = performance.now();
    expect(await bytesOf(await under({ bytesPerSecond: 10_000 }))).toEqual(object);
    expect(performance.now() - start).toBeGreaterThanOrEqual(90);
  });

  it("a redirect to another origin", async () => {
    const response = await under({ redirect: `${store.origins[1]}{path}` });
    expect(response.url).toBe(`${store.origins[1]}/box/a/0`);
    expect(await bytesOf(response)).toEqual(object);
    expect(store.log().map(({ origin, status }) => [origin, status])).toEqual([
      [0, 302],
      [1, 200],
    ]);
  });

  it("rules compose: latency for all, one broken key", async () => {
    const rules: Rule[] = [{ latencyMs: 30 }, { key: "a/1", status: 503, times: 1 }];
    const start = performance.now();
    expect((await under(rules, "a/1")).status).toBe(503);
    expect(performance.now() - start).toBeGreaterThanOrEqual(25);
  });

  it("names that were never defined are a mistake of the test", () => {
    expect(() => store.url("nowhere")).toThrow("Nothing is defined");
    expect(() => store.url("box", { scenario: "never" })).toThrow("no scenario");
  });
});
