import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { request, type Server } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaticServer, listen } from "./static-server.mjs";

const outside = mkdtempSync(join(tmpdir(), "zarrscope-static-"));
const root = join(outside, "dist");
mkdirSync(join(root, "assets"), { recursive: true });
mkdirSync(join(root, "samples/cells.zarr"), { recursive: true });
writeFileSync(join(outside, "secret.txt"), "secret");
writeFileSync(join(outside, "dist-secret.txt"), "secret");
writeFileSync(join(root, "index.html"), "<!doctype html><title>Zarrscope</title>");
writeFileSync(join(root, "assets/main-BqzAl2x_.js"), "0123456789");
writeFileSync(join(root, "assets/style-AAAABBBB.css"), "a{}");
writeFileSync(join(root, "icon.svg"), "<svg/>");
writeFileSync(join(root, "samples/cells.zarr/.zarray"), "{}");
writeFileSync(join(root, "samples/cells.zarr/a b#c"), "chunk");
writeFileSync(join(root, "codec.wasm"), "");
symlinkSync(join(outside, "secret.txt"), join(root, "link.txt"));

let server: Server;
let port: number;
let base: string;
beforeAll(async () => {
  server = await createStaticServer({ root });
  port = await listen(server, 0);
  base = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("types and caching", () => {
  it.each([
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/assets/main-BqzAl2x_.js", "text/javascript; charset=utf-8", "immutable"],
    ["/assets/style-AAAABBBB.css", "text/css; charset=utf-8", "immutable"],
    ["/icon.svg", "image/svg+xml", "no-cache"],
    ["/codec.wasm", "application/wasm", "no-cache"],
    ["/samples/cells.zarr/.zarray", "application/json", "no-cache"],
    ["/samples/cells.zarr/a%20b%23c", "application/octet-stream", "no-cache"],
  ])("%s", async (path, type, cache) => {
    const response = await fetch(base + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("cache-control")).toContain(cache);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    await response.arrayBuffer();
  });

  it("revalidates by ETag and by date", async () => {
    const first = await fetch(`${base}/icon.svg`);
    const etag = first.headers.get("etag")!;
    const modified = first.headers.get("last-modified")!;
    const byTag = await fetch(`${base}/icon.svg`, { headers: { "If-None-Match": `"x", ${etag}` } });
    expect([byTag.status, await byTag.text()]).toEqual([304, ""]);
    const byDate = await fetch(`${base}/icon.svg`, { headers: { "If-Modified-Since": modified } });
    expect(byDate.status).toBe(304);
    const changed = await fetch(`${base}/icon.svg`, { headers: { "If-None-Match": '"x"' } });
    expect(changed.status).toBe(200);
  });
});

describe("ranges", () => {
  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=5-500", 206, "56789", "bytes 5-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["lines=1-2", 200, "0123456789", null],
  ])("%s → %i", async (range, status, body, contentRange) => {
    const response = await fetch(`${base}/assets/main-BqzAl2x_.js`, { headers: { Range: range } });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get("content-range")).toBe(contentRange);
  });

  it("are ignored when If-Range names another version; HEAD has a length and no body", async () => {
    const headers = { Range: "bytes=0-1", "If-Range": '"old"' };
    expect((await fetch(`${base}/assets/main-BqzAl2x_.js`, { headers })).status).toBe(200);
    const head = await fetch(`${base}/assets/main-BqzAl2x_.js`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "10"]);
  });
});

/** Sends a path as it stands; fetch would tidy it up first. */
function rawGet(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, "127.0.0.1", () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.on("data", (piece) => {
      text += piece;
    });
    socket.on("error", reject);
    socket.on("end", () => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
      resolve({ status, body: text.slice(text.indexOf("\r\n\r\n") + 4) });
    });
  });
}

describe("nothing outside the folder", () => {
  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%2fdist-secret.txt",
    "//etc/passwd",
    "/%2Fetc%2Fpasswd",
    "/link.txt",
    "/icon.svg%00.html",
    "/%E0%A4%A",
    "http://127.0.0.1/../secret.txt",
    "/icon.svg/",
    "/assets/",
  ])("%s is not found", async (path) => {
    const { status, body } = await rawGet(path);
    expect([status, body.includes("secret")]).toEqual([404, false]);
  });

  it("sends a folder to its slash, keeping the query", async () => {
    const response = await fetch(`${base}/samples?x=1`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([301, "./samples/?x=1"]);
  });

  it("refuses other methods", async () => {
    expect((await fetch(base, { method: "POST" })).status).toBe(405);
  });
});

describe("the content security policy", () => {
  it("stands on documents, allows no eval and no foreign script", async () => {
    const policy = (await fetch(base)).headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain("unsafe-inline");
    const script = await fetch(`${base}/assets/main-BqzAl2x_.js`);
    expect(script.headers.get("content-security-policy")).toBeNull();
  });

  it("stands on workers too where it is asked for everywhere", async () => {
    const strict = await createStaticServer({ root, policyOn: "everything" });
    const strictPort = await listen(strict, 0);
    const script = await fetch(`http://127.0.0.1:${strictPort}/assets/main-BqzAl2x_.js`);
    expect(script.headers.get("content-security-policy")).toContain("script-src 'self'");
    await script.text();
    strict.closeAllConnections();
    strict.close();
  });
});

describe("somebody's own data beside the page", () => {
  let own: Server;
  let ownPort: number;
  beforeAll(async () => {
    const data = join(outside, "own data.zarr");
    mkdirSync(join(data, "0"), { recursive: true });
    writeFileSync(join(data, "zarr.json"), "{}");
    writeFileSync(join(data, "0/0"), "0123456789");
    writeFileSync(join(data, "index.html"), "<script src=evil.js></script>");
    writeFileSync(join(data, "evil.js"), "steal()");
    symlinkSync(join(outside, "secret.txt"), join(data, "link"));
    symlinkSync(join(data, "0"), join(data, "within"));
    const dataFolders = { "/data/own%20data.zarr": data };
    own = await createStaticServer({ root, dataFolders, isPrivate: true });
    ownPort = await listen(own, 0);
  });
  afterAll(() => {
    own.closeAllConnections();
    own.close();
  });
  const at = (path: string) => `http://127.0.0.1:${ownPort}/data/own%20data.zarr${path}`;

  it("is served with ranges, also through links inside the folder", async () => {
    const headers = { Range: "bytes=-2" };
    for (const path of ["/0/0", "/within/0"]) {
      const response = await fetch(at(path), { headers });
      expect([response.status, await response.text()]).toEqual([206, "89"]);
    }
    expect(await (await fetch(at("/zarr.json"))).json()).toEqual({});
    expect((await fetch(`http://127.0.0.1:${ownPort}/`)).status).toBe(200);
  });

  it("is never a page or a script", async () => {
    for (const path of ["/index.html", "/evil.js"]) {
      const response = await fetch(at(path));
      expect(response.headers.get("content-type")).toBe("application/octet-stream");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    }
    expect((await fetch(at("/"))).status).toBe(404);
  });

  it("may not be read by other sites, by whatever name they call this machine", async () => {
    const response = await fetch(at("/zarr.json"), { headers: { Origin: "https://example.org" } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    const status = await new Promise((resolve) => {
      const headers = { Host: `rebound.example.org:${ownPort}` };
      request(at("/zarr.json"), { headers }, (answer) => {
        resolve(answer.resume().statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it("tells missing from denied: a link that leads out is no fill value", async () => {
    expect((await fetch(at("/0/1"))).status).toBe(404);
    const link = await fetch(at("/link"));
    expect([link.status, (await link.text()).includes("secret")]).toEqual([403, false]);
    expect((await rawGet("/data/own%20data.zarr/../secret.txt")).status).toBe(404);
    const up = await fetch(at("/..%2fsecret.txt"));
    expect(up.status).toBe(404);
  });
});

it("takes the next port if the wanted one is in use", async () => {
  const second = await createStaticServer({ root });
  const secondPort = await listen(second, port);
  expect(secondPort).not.toBe(port);
  await new Promise<void>((resolve) => {
    request(`http://127.0.0.1:${secondPort}/`, (response) => {
      expect(response.statusCode).toBe(200);
      response.resume().on("end", resolve);
    }).end();
  });
  second.closeAllConnections();
  second.close();
});
