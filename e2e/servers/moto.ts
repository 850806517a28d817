import { spawn } from "node:child_process";
import { answers, ended, freePort } from "./free-port.ts";

/** Moto's S3: objects, ranges, entity tags, XML errors and bucket policies as in S3, in memory. */
export type Moto = {
  readonly port: number;
  /** Makes a bucket whose objects anybody may read, or nobody, and puts objects below a prefix. */
  fill(
    bucket: string,
    prefix: string,
    objects: ReadonlyMap<string, Uint8Array>,
    access: "public" | "private",
  ): Promise<void>;
  stop(): Promise<void>;
};

const authorization =
  "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/** Starts Moto's server on a free port. `scripts/test-servers.mjs` has installed it. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const command = process.env.ZARRSCOPE_MOTO ?? "moto_server";
  const child = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/moto-api/`, child, "moto_server");

  async function put(path: string, body: BodyInit, headers: Record<string, string> = {}) {
    const init = { method: "PUT", body, headers: { authorization, ...headers } };
    const response = await fetch(`${url}/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${text}`);
  }
  return {
    port,
    async fill(bucket, prefix, objects, access) {
      await put(bucket, "");
      if (access === "public") {
        const statement = {
          Effect: "Allow",
          Principal: "*",
          // Moto wants to be told of HEAD by a name that S3 does not have.
          Action: ["s3:GetObject", "s3:HeadObject"],
          Resource: `arn:aws:s3:::${bucket}/*`,
        };
        const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
        await put(`${bucket}?policy`, policy, { "content-type": "application/json" });
      }
      for (const [key, bytes] of objects) await put(`${bucket}/${prefix}${key}`, bytes.slice());
    },
    stop: () => ended(child, "SIGTERM"),
  };
}
