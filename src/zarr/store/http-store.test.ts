import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { diagnoseNetworkError } from "./diagnose.ts";
import { HttpStore, type HttpStoreOptions, httpStoreFromUrl } from "./http-store.ts";
import { nodePath } from "./node-path.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const object = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const key = nodePath("0/c/0/0");
let server: http.Server;
let root: string;
let handle: Handler;
let log: {
  method: string;
  url: string;
  range: string | undefined;
  cacheControl: string | undefined;
}[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const { range, "cache-control": cacheControl } = request.headers;
    log.push({ method: request.method!, url: request.url!, range, cacheControl });
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/i.zarr/`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  log = [];
  handle = goodServer;
});

/** Ranges (also suffixes), HEAD, exact lengths. */
const goodServer: Handler = (request, response) => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  if (match === null) {
    response.writeHead(200, { "content-length": object.length });
    response.end(request.method === "HEAD" ? undefined : object);
    return;
  }
  const [, first, last] = match;
  const start = first === "" ? Math.max(0, object.length - Number(last)) : Number(first);
  const end = first === "" ? object.length - 1 : Math.min(Number(last), object.length - 1);
  if (start >= object.length) {
    response.writeHead(416, { "content-range": `bytes */${object.length}` }).end();
    return;
  }
  const body = object.subarray(start, end + 1);
  response.writeHead(206, {
    "content-length": body.length,
    "content-range": `bytes ${start}-${end}/${object.length}`,
  });
  response.end(body);
};

function always(
  status: number,
  headers: http.OutgoingHttpHeaders = {},
  body?: string | Uint8Array,
): Handler {
  return (request, response) => {
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
  };
}

function open(options: HttpStoreOptions = {}, search = "?sig=SECRET"): HttpStore {
  return new HttpStore({ kind: "http", root, search }, options);
}

describe("reading whole objects", () => {
  test("asks below the root, with the query", async () => {
    const got = await open().get(key);
    expect(got!.bytes).toEqual(object);
    expect(got).toMatchObject({ totalBytes: 1000, transferredBytes: 1000 });
    expect(log).toMatchObject([
      { method: "GET", url: "/data/i.zarr/0/c/0/0?sig=SECRET", range: undefined },
    ]);
  });

  test("M08: names with escapes, marks and colons arrive as one segment each", async () => {
    await open({}, "").get(nodePath("%2F%2Fevil.example/a#b?c:d"));
    expect(log[0]!.url).toBe("/data/i.zarr/%252F%252Fevil.example/a%23b%3Fc%3Ad");
  });

  test.each([404, 410])("ZH-01: %i is a missing key", async (status) => {
    handle = always(status, {}, "no such key");
    expect(await open().get(key)).toBeUndefined();
    expect(await open().get(key, { range: { offset: 0, length: 4 } })).toBeUndefined();
    expect(await open().size(key)).toBeUndefined();
  });

  test.each([401, 403])("%i is denied, and not asked again", async (status) => {
    handle = always(status, {}, "AccessDenied");
    await expect(open().get(key)).rejects.toMatchObject({
      kind: "denied",
      status,
      retryable: false,
    });
  });

  test("other statuses say whether and when to try again", async () => {
    handle = always(503, { "retry-after": "2" });
    await expect(open().get(key)).rejects.toMatchObject({
      kind: "status",
      status: 503,
      retryable: true,
      retryAfterMs: 2000,
    });
    handle = always(501);
    await expect(open().get(key)).rejects.toMatchObject({ kind: "status", retryable: false });
    handle = always(204);
    await expect(open().get(key)).rejects.toMatchObject({ kind: "status", status: 204 });
  });

  test("errors show neither the query nor a password", async () => {
    handle = always(500);
    const error = await open()
      .get(key)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ url: `${root}0/c/0/0` });
    expect(String(error)).not.toContain("SECRET");
  });

  test("ZH-03: a web page is no data, by its type or its first bytes", async () => {
    handle = always(200, { "content-type": "text/html; charset=utf-8" }, "Please log in");
    await expect(open().get(key)).rejects.toMatchObject({ kind: "html" });
    handle = always(200, {}, "\n <!DOCTYPE html><title>Login</title>");
    await expect(open().get(key)).rejects.toMatchObject({ kind: "html", retryable: false });
    handle = always(200, {}, "<HTML>");
    await expect(open().get(key)).rejects.toMatchObject({ kind: "html" });
  });

  test("ZA-07: a compressed transfer is not mistaken for a cut one", async () => {
    const document = '{"zarr_format":2}';
    const packed = gzipSync(document);
    expect(packed.length).toBeGreaterThan(document.length);
    handle = always(200, { "content-encoding": "gzip", "content-length": packed.length }, packed);
    const got = await open().get(nodePath(".zgroup"));
    expect(new TextDecoder().decode(got!.bytes)).toBe(document);
  });

  test("N17: a body that was cut is truncated", async () => {
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": object.length });
      response.write(object.subarray(0, 500), () => response.destroy());
    };
    await expect(open().get(key)).rejects.toMatchObject({ kind: "truncated", retryable: true });
    handle = (_request, response) => {
      response.writeHead(200);
      response.write(object.subarray(0, 500), () => response.destroy());
    };
    await expect(open().get(key)).rejects.toMatchObject({ kind: "truncated" });
  });

  test("maxBytes holds against what the server says and what it sends", async () => {
    await expect(open().get(key, { maxBytes: 999 })).rejects.toMatchObject({ kind: "too-large" });
    expect((await open().get(key, { maxBytes: 1000 }))!.bytes).toHaveLength(1000);
    handle = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(object), 1);
      response.on("close", () => clearInterval(timer));
    };
    await expect(open().get(key, { maxBytes: 5000 })).rejects.toMatchObject({ kind: "too-large" });
  });
});

describe("reading ranges", () => {
  const range = { offset: 100, length: 50 };

  test("sends the range, past the cache", async () => {
    const got = await open().get(key, { range });
    expect(got!.bytes).toEqual(object.subarray(100, 150));
    expect(got).toMatchObject({ totalBytes: 1000, transferredBytes: 50 });
    expect(log).toMatchObject([{ range: "bytes=100-149", cacheControl: "no-cache" }]);
  });

  test("an empty range asks nothing", async () => {
    const got = await open().get(key, { range: { offset: 5, length: 0 } });
    expect(got!.bytes).toHaveLength(0);
    expect(log).toEqual([]);
  });

  test("R03: a wrong range is never taken", async () => {
    const body = object.subarray(0, 50);
    for (const contentRange of [
      "bytes 0-49/1000",
      "bytes 100-148/1000",
      "items 100-149/1000",
      "bytes 100-149",
    ]) {
      handle = always(206, { "content-range": contentRange }, body);
      await expect(open().get(key, { range })).rejects.toMatchObject({
        kind: "range",
        retryable: false,
      });
    }
  });

  test("R04: a range that is short by one byte is truncated, one that is long is wrong", async () => {
    handle = always(206, { "content-range": "bytes 100-149/1000" }, object.subarray(100, 149));
    await expect(open().get(key, { range })).rejects.toMatchObject({ kind: "truncated" });
    handle = always(206, {}, object.subarray(100, 149));
    await expect(open().get(key, { range })).rejects.toMatchObject({ kind: "truncated" });
    handle = always(206, {}, object.subarray(100, 151));
    await expect(open().get(key, { range })).rejects.toMatchObject({ kind: "range" });
  });

  test("R12: 416 is an error of its own", async () => {
    const beyond = { range: { offset: 5000, length: 10 } };
    await expect(open().get(key, beyond)).rejects.toMatchObject({ kind: "range", status: 416 });
  });

  test("R01: from a server without ranges the object is read once and cut here", async () => {
    handle = always(200, { "content-length": object.length }, object);
    const store = open();
    const first = await store.get(key, { range });
    expect(first!.bytes).toEqual(object.subarray(100, 150));
    expect(first).toMatchObject({ totalBytes: 1000, transferredBytes: 1000 });
    const second = await store.get(key, { range: { suffixLength: 4 } });
    expect(second!.bytes).toEqual(object.subarray(996));
    expect(second).toMatchObject({ transferredBytes: 0, totalBytes: 1000 });
    await store.get(nodePath("0/c/0/1"), { range });
    expect(log.map((entry) => entry.range)).toEqual(["bytes=100-149", undefined]);
    await expect(store.get(key, { range: { offset: 999, length: 2 } })).rejects.toMatchObject({
      kind: "range",
    });
  });

  test("R02: a large object without ranges is refused in clear words, without reading it", async () => {
    let closed = false;
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": 200 * 2 ** 20 });
      response.write(object);
      response.on("close", () => {
        closed = true;
      });
    };
    await expect(open().get(key, { range })).rejects.toMatchObject({
      kind: "range",
      message: expect.stringContaining("does not support byte ranges"),
    });
    await expect.poll(() => closed).toBe(true);
  });

  test("an answer of 200 that is exactly what was asked for says nothing about ranges", async () => {
    const store = open();
    handle = always(200, { "content-length": object.length }, object);
    await store.get(key, { range: { offset: 0, length: 1000 } });
    handle = goodServer;
    await store.get(key, { range });
    expect(log[1]!.range).toBe("bytes=100-149");
  });
});

describe("suffixes and lengths", () => {
  const suffix = { range: { suffixLength: 20 } };

  test("of the page's own origin the suffix is asked for directly", async () => {
    const got = await open({ pageOrigin: new URL(root).origin }).get(key, suffix);
    expect(got!.bytes).toEqual(object.subarray(980));
    expect(log.map((entry) => entry.range)).toEqual(["bytes=-20"]);
  });

  test("ZH-05: of any other origin the length comes first, since a suffix would need a preflight", async () => {
    const got = await open().get(key, suffix);
    expect(got!.bytes).toEqual(object.subarray(980));
    expect(log.map(({ method, range }) => [method, range])).toEqual([
      ["HEAD", undefined],
      ["GET", "bytes=980-999"],
    ]);
  });

  test("a suffix longer than the object is the object", async () => {
    const whole = { range: { suffixLength: 5000 } };
    expect((await open().get(key, whole))!.bytes).toEqual(object);
    const pageOrigin = new URL(root).origin;
    expect((await open({ pageOrigin }).get(key, whole))!.bytes).toEqual(object);
  });

  test.each([403, 405, 501])(
    "ZH-04: where HEAD gives %i the first byte tells the length",
    async (status) => {
      handle = (request, response) =>
        request.method === "HEAD"
          ? always(status)(request, response)
          : goodServer(request, response);
      expect(await open().size(key)).toBe(1000);
      expect(log.map((entry) => entry.range)).toEqual([undefined, "bytes=0-0"]);
    },
  );

  test("where nothing tells the length it is unknown, and the suffix is asked for after all", async () => {
    handle = (request, response) => {
      if (request.method === "HEAD") return always(405)(request, response);
      if (request.headers.range === "bytes=0-0")
        return always(206, {}, object.subarray(0, 1))(request, response);
      return goodServer(request, response);
    };
    expect(await open().size(key)).toBeUndefined();
    expect((await open().get(key, suffix))!.bytes).toEqual(object.subarray(980));
    expect(log.at(-1)!.range).toBe("bytes=-20");
  });

  test("ZA-07: an empty object has length 0", async () => {
    handle = (request, response) =>
      request.method === "HEAD" ? always(405)(request, response) : always(416)(request, response);
    expect(await open().size(key)).toBe(0);
    expect((await open().get(key, suffix))!.bytes).toHaveLength(0);
  });
});

describe("servers that do not answer", () => {
  const timeouts = { headersMs: 60, stallMs: 60 };

  test("N15: a stall before the headers or in the body is a timeout", async () => {
    handle = () => undefined;
    await expect(open({ timeouts }).get(key)).rejects.toMatchObject({
      kind: "timeout",
      retryable: true,
    });
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write(object.subarray(0, 10));
    };
    await expect(open({ timeouts }).get(key)).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("stopped sending"),
    });
  });

  test("a slow body that goes on is no stall", async () => {
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      let sent = 0;
      const timer = setInterval(() => {
        response.write(object.subarray(sent, sent + 100));
        sent += 100;
        if (sent === 1000) clearInterval(timer);
      }, 20);
    };
    const got = await open({ timeouts: { headersMs: 150, stallMs: 150 } }).get(key);
    expect(got!.bytes).toEqual(object);
  });

  test("a reset connection is a network error; the probe tells it from missing CORS", async () => {
    handle = (request) => request.socket.destroy();
    await expect(open().get(key)).rejects.toMatchObject({ kind: "network", retryable: true });
    expect(await diagnoseNetworkError(`${root}zarr.json`)).toBe("network");
    handle = goodServer;
    expect(await diagnoseNetworkError(`${root}zarr.json`)).toBe("cors");
  });

  test("an abort passes through as it is, before, while waiting and in the body", async () => {
    const reason = new DOMException("gone", "AbortError");
    await expect(open().get(key, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(log).toEqual([]);
    const waiting = new AbortController();
    handle = () => waiting.abort(reason);
    await expect(open().get(key, { signal: waiting.signal })).rejects.toBe(reason);
    const reading = new AbortController();
    handle = (_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write(object.subarray(0, 10));
      setTimeout(() => reading.abort(reason), 20);
    };
    await expect(open().get(key, { signal: reading.signal })).rejects.toBe(reason);
  });
});

test("a store can be had from a pasted URL, and is rebuilt from its spec", () => {
  const store = httpStoreFromUrl("https://h.example/a.zarr?x=1");
  expect(store.spec).toEqual({ kind: "http", root: "https://h.example/a.zarr/", search: "?x=1" });
  expect(new HttpStore(structuredClone(store.spec)).urlFor(nodePath("0"))).toBe(
    "https://h.example/a.zarr/0?x=1",
  );
  expect(store.origin).toBe("https://h.example");
});

describe("N29 another version than was read before", () => {
  const tagged = (tag: string): Handler => always(200, { ETag: tag }, object);

  test("is never taken for the same object, unless the reader wants documents as they are now", async () => {
    handle = tagged('"1"');
    const store = open();
    const documents = open({ acceptsChanges: true });
    await store.get(key);
    await documents.get(key);
    handle = tagged('"2"');
    await expect(store.get(key)).rejects.toMatchObject({ kind: "changed", retryable: false });
    // Not past the cache either.
    await expect(store.get(key, { reload: true })).rejects.toMatchObject({ kind: "changed" });
    expect((await documents.get(key))?.version).toMatchObject({ etag: '"2"' });
  });

  test("is told by whoever read a part of it before", async () => {
    handle = tagged('"2"');
    const version = { etag: '"1"', modifiedMs: undefined };
    await expect(open().get(key, { version })).rejects.toMatchObject({ kind: "changed" });
    expect(await open().get(key, { version: { ...version, etag: '"2"' } })).toBeDefined();
  });

  test("may still be kept by the browser: a source that was changed is revalidated", async () => {
    const modes: (RequestCache | undefined)[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      modes.push(init?.cache);
      return globalThis.fetch(input, init);
    };
    for (const revalidate of [undefined, true] as const) {
      const spec = {
        kind: "http",
        root,
        search: "",
        ...(revalidate ? { revalidate } : {}),
      } as const;
      await new HttpStore(spec, { fetch }).get(key);
    }
    expect(modes).toEqual(["default", "no-cache"]);
  });
});

describe("U05: a header that lets one read", () => {
  const authorization = "Bearer secret";
  const secretStore = (options: HttpStoreOptions = {}) =>
    new HttpStore({ kind: "http", root, search: "", authorization }, options);

  test("stands on every request: whole objects, ranges, lengths", async () => {
    const seen: (string | undefined)[] = [];
    handle = (request, response) => {
      seen.push(request.headers.authorization);
      goodServer(request, response);
    };
    const store = secretStore();
    await store.get(key);
    await store.get(key, { range: { offset: 1, length: 9 } });
    await store.size(key);
    expect(seen).toEqual([authorization, authorization, authorization]);
    expect(log[1]?.range).toBe("bytes=1-9");
  });

  test("goes nowhere else: a redirect ends the request, without a word about the header", async () => {
    handle = (request, response) => {
      if (request.url?.includes("elsewhere")) {
        goodServer(request, response);
        return;
      }
      response.writeHead(302, { location: `http://localhost:${new URL(root).port}/elsewhere` });
      response.end();
    };
    const error: unknown = await secretStore()
      .get(key)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "network" });
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
    expect(log.map(({ url }) => url)).toEqual(["/data/i.zarr/0/c/0/0"]);
    // Without it redirects are followed as ever.
    expect(await httpStoreFromUrl(root).get(key)).toBeDefined();
  });

  test("is part of what a worker rebuilds the store from", () => {
    expect(secretStore().spec).toEqual({ kind: "http", root, search: "", authorization });
    expect(httpStoreFromUrl(root).spec).not.toHaveProperty("authorization");
  });
});
