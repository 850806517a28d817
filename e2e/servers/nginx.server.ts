import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";
import { contentSecurityPolicy } from "../../scripts/static-server.mjs";
import { Viewer } from "../harness/viewer.ts";
import { type Nginx, startNginx } from "./nginx.ts";

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const test = base.extend<object, { nginx: Nginx }>({
  nginx: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const nginx = await startNginx(pathOf("dist"), pathOf("docs/deploy.md"));
      await use(nginx);
      await nginx.stop();
    },
    { scope: "worker" },
  ],
});

test("below a path of nginx, by HTTP/1.1, the viewer opens a sample with the headers of the guide", async ({
  page,
  nginx,
}) => {
  const types = new Map<string, string>();
  const missing: string[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    types.set(pathname, response.headers()["content-type"] ?? "");
    if (response.status() >= 400 && !/\.zarr\//.test(pathname)) missing.push(pathname);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`CSP: ${violatedDirective} ${blockedURI}`);
    });
  });
  const viewer = new Viewer(page, nginx.url);
  const tiles = await viewer.open("samples/cells.zarr");
  expect(tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0, denied: 0 });
  expect(tiles.data).toBeGreaterThan(0);
  expect(viewer.errors).toEqual([]);
  expect(missing).toEqual([]);
  const scripts = [...types].filter(([path]) => path.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(2);
  for (const [path, type] of scripts) expect(type, path).toMatch(/^text\/javascript/);
  for (const path of types.keys()) expect(path).toMatch(/^\/viewer\//);

  const html = await fetch(nginx.url);
  expect(html.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
  expect(html.headers.get("cache-control")).toBe("no-cache");
  expect(html.headers.get("access-control-allow-origin")).toBe("*");
  const [script = ""] = scripts.map(([path]) => path).filter((path) => path.includes("/assets/"));
  const asset = await fetch(new URL(script, nginx.url));
  expect(asset.headers.get("cache-control")).toContain("immutable");
  const manifest = await fetch(new URL("capability-manifest.yaml", nginx.url));
  expect(manifest.headers.get("content-type")).toBe("text/yaml");
  expect(await manifest.text()).toMatch(/^viewer:\n {2}name: "Zarrscope"\n/);
  expect(await nginx.log()).toContain("HTTP/1.1");
});

test("E04 a page of another origin shows it in a sandbox that allows scripts and nothing else", async ({
  page,
  nginx,
}) => {
  await page.route("http://paper.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>Paper</title><iframe title="Image" sandbox="allow-scripts"
        src="${nginx.url}?source=samples/cells.zarr&amp;embed=1" width="600" height="400"></iframe>`,
    }),
  );
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto("http://paper.example/");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("application", { name: /^Image Cell/ })).toBeVisible();
  const inside = page.frames().find((each) => each.url().startsWith(nginx.url));
  expect(await inside?.evaluate(() => origin)).toBe("null");
  const settled = await inside?.evaluate(() => window.zarrscope?.settled());
  expect(settled?.tiles).toMatchObject({ pending: 0, error: 0, corrupt: 0 });
  expect(settled?.tiles.data).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test("what the configuration sets is on the start page; with a fault it is not used", async ({
  page,
  nginx,
}) => {
  const answer = { json: { name: "Lab images", catalogue: [] as object[] } };
  answer.json.catalogue = [{ title: "Embryo", description: "Stack", url: "samples/cells.zarr" }];
  await page.route("**/config.json", (route) => route.fulfill(answer));
  await page.goto(nginx.url);
  await expect(page.getByRole("heading", { name: "Lab images" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Embryo/ })).toBeVisible();
  await page.unroute("**/config.json");
  await page.route("**/config.json", (route) =>
    route.fulfill({ json: { source: "samples/cells.zarr" } }),
  );
  await page.goto("about:blank");
  await page.goto(nginx.url);
  await expect(page.getByRole("application", { name: /^Image Cell/ })).toBeVisible();
  await page.unroute("**/config.json");
  await page.route("**/config.json", (route) => route.fulfill({ json: { name: 1 } }));
  await page.goto("about:blank");
  await page.goto(nginx.url);
  await expect(page.getByRole("heading", { name: "Zarrscope" })).toBeVisible();
});
