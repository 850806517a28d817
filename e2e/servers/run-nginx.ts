import { execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, ended } from "./free-port.ts";

export type RunningNginx = {
  /** Where it keeps its files; gone once it is stopped. */
  readonly folder: string;
  stop(): Promise<void>;
};

/**
 * Starts nginx in a folder of its own and waits until `url` answers.
 * @param http the inside of its `http` block, which may name the folder
 */
export async function runNginx(
  url: string,
  http: (folder: string) => string,
): Promise<RunningNginx> {
  const folder = await mkdtemp(join(tmpdir(), "zarrscope-nginx-"));
  await mkdir(join(folder, "temp"));
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
  ${temp}
  ${http(folder)}
}
`,
  );
  const child = spawn("nginx", ["-p", folder, "-c", config], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await answers(url, child, "nginx");
  return {
    folder,
    async stop() {
      await ended(child, "SIGQUIT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lines of a `server` block with a certificate for 127.0.0.1 that nobody vouches for. */
export function selfSigned(folder: string): string {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  execFileSync(
    "openssl",
    // biome-ignore format: one command
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
    { stdio: "ignore" },
  );
  return `ssl_certificate ${certificate};
    ssl_certificate_key ${key};`;
}
