// Serves a built folder as a static host would: types, ranges, validators, caching and security headers.
import { createReadStream } from "node:fs";
import { access, constants, realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".yaml": "text/yaml; charset=utf-8",
  ".yml": "text/yaml; charset=utf-8",
};

/** Nothing from elsewhere is run; data may come from anywhere. No `frame-ancestors`: embedding is intended. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' https: http: data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join("; ");

/** Vite puts a hash of the content into these names: they never change. */
const hashedAsset = /^\/assets\/.+-[\w-]{8}\.\w+$/;

function contentType(path) {
  const known = contentTypes[extname(path).toLowerCase()];
  if (known !== undefined) return known;
  return /[\\/]\.z(array|attrs|group|metadata)$/.test(path)
    ? "application/json"
    : "application/octet-stream";
}

/** Data are never a page or a script, whatever they are called. */
function dataType(path) {
  const type = contentType(path);
  return type === "application/json" ? type : "application/octet-stream";
}

/**
 * Resolves a request path to a file inside `root`; undefined where there is none, "denied" where it may not be read or a symbolic link
 * leads outside.
 */
async function findFile(root, pathname) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded)) return undefined;
  const wanted = resolve(root, `.${decoded}`);
  if (wanted !== root && !wanted.startsWith(root + sep)) return undefined;
  try {
    const path = await realpath(wanted);
    if (path !== root && !path.startsWith(root + sep)) return "denied";
    await access(path, constants.R_OK);
    return { path, stats: await stat(path) };
  } catch ({ code }) {
    return code === "EACCES" || code === "EPERM" || code === "ELOOP" ? "denied" : undefined;
  }
}

/** One byte range, else undefined; null if it lies outside. Several ranges are answered with the whole file, as RFC 9110 allows. */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return undefined;
  if (match[1] === "") {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? null : { start: size - length, end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size) return null;
  return start <= end ? { start, end } : undefined;
}

function isNotModified(request, etag, modifiedMs) {
  const match = request.headers["if-none-match"];
  if (match !== undefined) return match === "*" || match.split(/\s*,\s*/).includes(etag);
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  return Number.isFinite(since) && Math.floor(modifiedMs / 1000) * 1000 <= since;
}

/** The folder that a path lies in, and the path below it. */
function locate({ root, dataFolders }, pathname) {
  for (const [prefix, folder] of dataFolders) {
    if (pathname.startsWith(`${prefix}/`)) {
      return { folder, below: pathname.slice(prefix.length), isData: true };
    }
  }
  return { folder: root, below: pathname, isData: false };
}

/** A site of elsewhere whose name was pointed to this machine (DNS rebinding) sends that name. */
function isLoopbackHost(host) {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? "");
}

async function answer(site, request, response) {
  const { policyOn, isPrivate } = site;
  const send = (status, headers, text = "") => {
    response.writeHead(status, { "Content-Length": Buffer.byteLength(text), ...headers });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  const plain = { "Content-Type": "text/plain; charset=utf-8" };
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  if (isPrivate) {
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (!isLoopbackHost(request.headers.host)) return send(403, plain, "For this machine only.\n");
  } else {
    // Module scripts in a sandboxed frame are fetched with the origin "null"; everything here is public.
    response.setHeader("Access-Control-Allow-Origin", "*");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return send(405, { ...plain, Allow: "GET, HEAD" }, "GET or HEAD only.\n");
  }

  const [pathname, search] = /^([^?#]*)(\?[^#]*)?/.exec(request.url ?? "/").slice(1);
  const { folder, below, isData } = locate(site, pathname);
  let found = below.startsWith("/") ? await findFile(folder, below) : undefined;
  if (found === "denied") {
    // A chunk that may not be read is not a missing one; of the page nothing is hidden.
    if (isData) return send(403, plain, "This file may not be read.\n");
    found = undefined;
  }
  if (found?.stats.isDirectory() && !isData) {
    if (!pathname.endsWith("/")) {
      const name = pathname.slice(pathname.lastIndexOf("/") + 1);
      return send(301, { ...plain, Location: `./${name}/${search ?? ""}` }, "");
    }
    found = await findFile(folder, `${below}index.html`);
  }
  if (!found?.stats?.isFile() || (below.endsWith("/") && !found.path.endsWith("index.html"))) {
    return send(404, plain, "Not found.\n");
  }

  const { path, stats } = found;
  const type = isData ? dataType(path) : contentType(path);
  const etag = `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`;
  const headers = {
    "Content-Type": type,
    "Accept-Ranges": "bytes",
    ETag: etag,
    "Last-Modified": stats.mtime.toUTCString(),
    "Cache-Control": hashedAsset.test(pathname)
      ? "public, max-age=31536000, immutable"
      : "no-cache",
  };
  if (isData) headers["Content-Security-Policy"] = "default-src 'none'; sandbox";
  else if (
    policyOn === "everything" ||
    (policyOn === "documents" && type.startsWith("text/html"))
  ) {
    headers["Content-Security-Policy"] = contentSecurityPolicy;
  }
  if (isNotModified(request, etag, stats.mtimeMs)) {
    response.writeHead(304, headers).end();
    return;
  }
  const ifRange = request.headers["if-range"];
  const isRangeValid = ifRange === undefined || ifRange === etag;
  const range = isRangeValid ? parseRange(request.headers.range, stats.size) : undefined;
  if (range === null) return send(416, { ...plain, "Content-Range": `bytes */${stats.size}` }, "");
  const { start, end } = range ?? { start: 0, end: stats.size - 1 };
  if (range !== undefined) headers["Content-Range"] = `bytes ${start}-${end}/${stats.size}`;
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    "Content-Length": end - start + 1,
  });
  if (request.method === "HEAD" || stats.size === 0) {
    response.end();
    return;
  }
  createReadStream(path, { start, end })
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * A server of the files below `root`, not yet listening.
 *
 * A worker that is loaded from a URL lives under the policy of its own response, not of the page's: with `policyOn`
 * "documents" (the default) only HTML carries the policy, with "everything" workers are as strict as the page; "nothing"
 * is for pages of others in the benchmark.
 *
 * `dataFolders` are served beside it, each below its path ("/data/x.zarr"), as bytes that no browser runs. `isPrivate` is for somebody's
 * own data: no other site may read them.
 */
export async function createStaticServer({
  root,
  policyOn = "documents",
  dataFolders = {},
  isPrivate = false,
}) {
  const folders = Object.entries(dataFolders).map(async ([prefix, folder]) => {
    return [prefix, await realpath(folder)];
  });
  const realRoot = await realpath(join(root));
  const site = { root: realRoot, dataFolders: await Promise.all(folders), policyOn, isPrivate };
  return createServer((request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
}

/** Listens on `port`, or on a following one if it is taken (at last on any free one); returns the port. 0 is any free port. */
export async function listen(server, port, host = "127.0.0.1") {
  const candidates = port === 0 ? [0] : [...Array.from({ length: 20 }, (_, i) => port + i), 0];
  for (const candidate of candidates) {
    if (candidate > 65535) continue;
    try {
      await new Promise((done, fail) => {
        server.once("error", fail);
        server.listen(candidate, host, () => {
          server.off("error", fail);
          done();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    }
  }
  throw new Error("No free port.");
}
