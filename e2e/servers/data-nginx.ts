import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freePort } from "./free-port.ts";
import { runNginx, selfSigned } from "./run-nginx.ts";

/** nginx in front of data: files by HTTP/1.1 and by HTTP/2, signed addresses, and a bucket whose listing is denied. */
export type DataNginx = {
  /** HTTP/1.1. */
  readonly http: string;
  /** HTTP/2, with a certificate that nobody vouches for. */
  readonly https: string;
  /** Below `/files/`. */
  write(name: string, objects: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** Query that lets one read all below `/signed/` until then. */
  signature(expires: Date): string;
  /** What one of the two was asked for, one line a request: protocol, status, Range, bytes of the body, address without query. */
  log(scheme: "http" | "https"): Promise<readonly string[]>;
  stop(): Promise<void>;
};

const secret = "a secret of this test";
const signedPrefix = "/signed/";

/** What both servers say of themselves. @param dist the built app @param bucketPort of the S3 server */
const locations = (folder: string, dist: string, bucketPort: number) => `
    location /app/ { alias ${dist}/; types { text/html html; text/javascript js; text/css css; application/json json; } }
    gzip on;
    gzip_types *;
    gzip_min_length 1;
    gzip_proxied any;
    add_header Access-Control-Allow-Origin * always;
    add_header Access-Control-Expose-Headers "Content-Range, Content-Length, ETag" always;
    add_header Timing-Allow-Origin * always;
    location /files/ { alias ${folder}/files/; }
    location ${signedPrefix} {
      secure_link $arg_sig,$arg_expires;
      secure_link_md5 "$secure_link_expires ${signedPrefix} ${secret}";
      # Neither a signature that is wrong or missing, nor one that has expired.
      if ($secure_link != "1") { return 403; }
      alias ${folder}/files/;
    }
    # Moto lets everybody list.
    location ~ ^/bucket/[^/]*/?$ { return 403; }
    location /bucket/ {
      proxy_pass http://127.0.0.1:${bucketPort}/;
      proxy_hide_header Access-Control-Allow-Origin;
      proxy_hide_header Access-Control-Expose-Headers;
      # Who may not list is told "denied" of what does not exist, as by S3 itself.
      proxy_intercept_errors on;
      error_page 404 =403 @denied;
    }
    location @denied { return 403; }`;

/** Starts nginx with data, and the app at `/app/`, on free ports. */
export async function startDataNginx(dist: string, bucketPort: number): Promise<DataNginx> {
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const http = `http://127.0.0.1:${httpPort}`;
  const { folder, stop } = await runNginx(
    `${http}/files/`,
    (folder) => `
  log_format plain '$server_protocol $status $http_range $body_bytes_sent $uri';
  server {
    listen 127.0.0.1:${httpPort};
    access_log ${folder}/http.log plain;
    ${locations(folder, dist, bucketPort)}
  }
  server {
    listen 127.0.0.1:${httpsPort} ssl http2;
    access_log ${folder}/https.log plain;
    ${selfSigned(folder)}
    ${locations(folder, dist, bucketPort)}
  }`,
  );
  await mkdir(join(folder, "files"));
  return {
    http,
    https: `https://127.0.0.1:${httpsPort}`,
    async write(name, objects) {
      for (const [path, bytes] of objects) {
        const file = join(folder, "files", name, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      }
    },
    signature(expires) {
      const seconds = Math.floor(expires.getTime() / 1000);
      const text = `${seconds} ${signedPrefix} ${secret}`;
      const sig = createHash("md5").update(text).digest("base64url");
      return `?expires=${seconds}&sig=${sig}`;
    },
    async log(scheme) {
      const text = await readFile(join(folder, `${scheme}.log`), "utf8");
      return text.split("\n").filter((line) => line !== "");
    },
    stop,
  };
}
