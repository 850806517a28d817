import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import type { VirtualImage } from "./store/virtual-image.ts";

type ImageName = keyof typeof coordinateImages;

/** One per codec and container. */
const images: readonly ImageName[] = [
  "v2-dot",
  "v2-slash",
  "v3-shard-end",
  "v3-shard-start",
  "v3-gzip-hash",
  "big-endian",
  "float32",
  "uint64",
];

test("E06 without eval anywhere, workers included, all codecs open with exact values and nothing is violated", async ({
  store,
  page,
  strictAppUrl,
}) => {
  // Playwright's own evaluate() is exempt from the policy, so the header that the worker came with is looked at.
  const policies: string[] = [];
  page.on("response", (response) => {
    if (/chunk-worker[^/]*\.js$/.test(new URL(response.url()).pathname)) {
      policies.push(response.headers()["content-security-policy"] ?? "none");
    }
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`CSP: ${violatedDirective} ${blockedURI}`);
    });
  });
  const viewer = new Viewer(page, strictAppUrl);
  for (const name of images) {
    const image: VirtualImage = coordinateImages[name];
    const tiles = await viewer.open(store.url(name));
    expect(tiles, name).toMatchObject({ pending: 0, error: 0, corrupt: 0, unverifiable: 0 });
    expect(tiles.data, name).toBeGreaterThan(0);
    await viewer.setState({ view: { zoom: 2 }, selection: { z: 2 } });
    await viewer.expectValues(image, { columns: 3, rows: 2 });
  }
  expect(policies.length).toBeGreaterThan(0);
  for (const policy of policies) {
    expect(policy).toContain("script-src");
    expect(policy).not.toContain("'unsafe-eval'");
  }
  expect(viewer.errors).toEqual([]);
});

test("E06 E07 a tour of the app violates no policy and asks nobody but the app's host and the data's", async ({
  store,
  page,
  viewer,
}) => {
  const hosts = new Set<string>();
  page.on("request", (request) => {
    if (request.url().startsWith("http")) hosts.add(new URL(request.url()).origin);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`CSP: ${violatedDirective} ${blockedURI}`);
    });
  });
  await viewer.open(store.url("v3"));
  await viewer.setState({ selection: { z: 1 }, view: { zoom: 1 } });
  for (const button of await page.getByRole("button").all()) {
    if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
    await button.click({ timeout: 2_000 }).catch(() => undefined);
    await page.keyboard.press("Escape");
  }
  await page.mouse.move(500, 400);
  await page.mouse.wheel(0, -300);
  expect(viewer.errors).toEqual([]);
  const data = new URL(store.url("v3")).origin;
  expect([...hosts].sort()).toEqual([new URL(viewer.url()).origin, data].sort());
});
