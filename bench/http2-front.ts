import { freePort } from "../e2e/servers/free-port.ts";
import { runNginx, selfSigned } from "../e2e/servers/run-nginx.ts";
import type { TestStore } from "../e2e/store/test-store.ts";

/** A store as it looks through nginx, which speaks HTTP/2 to the browser; requests are logged, and wait, as without it. */
export async function throughHttp2(
  store: TestStore,
): Promise<{ readonly store: TestStore; stop(): Promise<void> }> {
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const [origin = ""] = store.origins;
  const pass = `location / {
      proxy_pass ${origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }`;
  const { stop } = await runNginx(
    `http://127.0.0.1:${httpPort}/`,
    (folder) => `
  access_log off;
  keepalive_requests 100000;
  server { listen 127.0.0.1:${httpPort}; ${pass} }
  server {
    listen 127.0.0.1:${httpsPort} ssl http2;
    ${selfSigned(folder)}
    ${pass}
  }`,
  );
  const front = `https://127.0.0.1:${httpsPort}`;
  return {
    store: {
      ...store,
      origins: [front],
      url: (...args) => store.url(...args).replace(origin, front),
    },
    stop,
  };
}
