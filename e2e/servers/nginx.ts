import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { runNginx } from "./run-nginx.ts";

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
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/viewer/`;
  const { folder, stop } = await runNginx(
    url,
    (folder) => `
  access_log ${folder}/access.log;
  ${map}
  server {
    listen 127.0.0.1:${port};
    ${location.replace("/srv/zarrscope/dist/", `${dist}/`)}
  }`,
  );
  return { url, log: () => readFile(join(folder, "access.log"), "utf8"), stop };
}
