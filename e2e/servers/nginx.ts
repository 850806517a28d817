import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, ended, freePort } from "./free-port.ts";

export type Nginx = {
  readonly url: string;
  readonly log: () => Promise<string>;
  stop(): Promise<void>;
};

/** The nginx blocks of docs/deploy.md, in order, as they stand there. */
export function documentedBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/```nginx\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
}

/** Starts nginx on a free port with the documented configuration; only the folder is another. */
export async function startNginx(dist: string, deployGuide: string): Promise<Nginx> {
  const [location = "", map = ""] = documentedBlocks(await readFile(deployGuide, "utf8"));
  const folder = await mkdtemp(join(tmpdir(), "zarrscope-nginx-"));
  await mkdir(join(folder, "temp"));
  const port = await freePort();
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${folder}/temp/${each};`)
    .join("\n");
  const isRoot = process.getuid?.() === 0;
  await writeFile(
    join(folder, "nginx.conf"),
    `${isRoot ? "user root;" : ""}
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log ${folder}/access.log;
  ${temp}
  ${map}
  server {
    listen 127.0.0.1:${port};
    ${location.replace("/srv/zarrscope/dist/", `${dist}/`)}
  }
}
`,
  );
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}/viewer/`;
  await answers(url, child, "nginx");
  return {
    url,
    log: () => readFile(join(folder, "access.log"), "utf8"),
    async stop() {
      await ended(child, "SIGQUIT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
