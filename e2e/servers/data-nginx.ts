import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { answers, ended, freePort } from "./free-port.ts";

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
  /** One line a request: protocol, status, Range, bytes of the body, address without query. */
  log(): Promise<readonly string[]>;
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
  const folder = await mkdtemp(join(tmpdir(), "zarrscope-data-"));
  await mkdir(join(folder, "temp"));
  await mkdir(join(folder, "files"));
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  execFileSync(
    "openssl",
    // biome-ignore format: one command
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
    { stdio: "ignore" },
  );
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${folder}/temp/${each};`)
    .join("\n");
  const config = join(folder, "nginx.conf");
  await writeFile(
    config,
    `${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  log_format plain '$server_protocol $status $http_range $body_bytes_sent $uri';
  access_log ${folder}/access.log plain;
  ${temp}
  server { listen 127.0.0.1:${httpPort}; ${locations(folder, dist, bucketPort)} }
  server {
    listen 127.0.0.1:${httpsPort} ssl http2;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    ${locations(folder, dist, bucketPort)}
  }
}
`,
  );
  const stdio = ["ignore", "ignore", "inherit"] as const;
  const child = spawn("nginx", ["-p", folder, "-c", config], { stdio: [...stdio] });
  const http = `http://127.0.0.1:${httpPort}`;
  await answers(`${http}/files/`, child, "nginx");
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
    log: async () => (await readFile(join(folder, "access.log"), "utf8")).trim().split("\n"),
    async stop() {
      await ended(child, "SIGQUIT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
