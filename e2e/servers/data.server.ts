import { fileURLToPath } from "node:url";
import { test as base, chromium, expect } from "@playwright/test";
import { chromiumArgs } from "../../scripts/chromium-args.mjs";
import { createStaticServer, listen } from "../../scripts/static-server.mjs";
import { Viewer } from "../harness/viewer.ts";
import { whiteChannel } from "../store/coordinate-images.ts";
import type { VirtualImage } from "../store/virtual-image.ts";
import { type DataNginx, startDataNginx } from "./data-nginx.ts";
import { type Moto, startMoto } from "./moto.ts";
import { storedObjects } from "./stored-objects.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** Chunks of which some were never written, and their values below their own. */
const holes: VirtualImage = {
  format: "v3",
  axes: "yx",
  shape: [512, 768],
  chunks: [128, 128],
  levels: [{ factors: [1, 1] }, { factors: [4, 4] }],
  dataType: "uint16",
  codec: "gzip",
  fillValue: 1000,
  scale: [1, 1],
  missing: ({ level, coords }) => level === 0 && coords[0] === 1 && coords[1]! < 3,
  omero: whiteChannel,
};
/** The same, without holes, in one large shard that is read by ranges. */
const sharded: VirtualImage = {
  ...holes,
  shape: [1024, 1536],
  chunks: [256, 256],
  shards: [1024, 1536],
  levels: [{ factors: [1, 1] }],
  codec: "none",
  missing: () => false,
};

type Servers = { readonly data: DataNginx; readonly moto: Moto; readonly appUrl: string };

const test = base.extend<{ viewer: Viewer }, { servers: Servers }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const moto = await startMoto();
      const data = await startDataNginx(dist, moto.port);
      const files = await storedObjects(holes);
      await data.write("holes", files);
      await data.write("sharded", await storedObjects(sharded));
      await moto.fill("open-data", "images/holes/", files, "public");
      await moto.fill("closed-data", "images/holes/", files, "private");
      const app = await createStaticServer({ root: dist, policyOn: "documents" });
      const port = await listen(app, 0);
      await use({ data, moto, appUrl: `http://127.0.0.1:${port}/` });
      app.closeAllConnections();
      app.close();
      await data.stop();
      await moto.stop();
    },
    { scope: "worker" },
  ],
  viewer: async ({ page, servers }, use) => use(new Viewer(page, servers.appUrl)),
});
test.use({ ignoreHTTPSErrors: true });

for (const [scheme, protocol] of [
  ["http", "HTTP/1.1"],
  ["https", "HTTP/2.0"],
] as const) {
  test(`nginx by ${protocol}, with gzip on: chunks, holes and ranges of a shard, each pixel right`, async ({
    viewer,
    servers: { data },
  }) => {
    const before = (await data.log(scheme)).length;
    expect(await viewer.open(`${data[scheme]}/files/holes`)).toMatchObject({
      error: 0,
      corrupt: 0,
      unverifiable: 0,
    });
    expect(await viewer.setState({ view: { target: [384, 256], zoom: 0.25 } })).toMatchObject({
      data: 21,
      fill: 3,
    });
    await viewer.expectValues(holes);
    await viewer.expectScreen(holes, { level: 0 });
    expect(await viewer.open(`${data[scheme]}/files/sharded`)).toMatchObject({
      data: 24,
      error: 0,
    });
    await viewer.expectValues(sharded);
    await viewer.expectScreen(sharded);
    const log = (await data.log(scheme)).slice(before);
    expect(log.every((line) => line.startsWith(protocol))).toBe(true);
    expect(log.some((line) => / 206 bytes=\d+-\d+ /.test(line))).toBe(true);
    // Compressed on the way: shorter than the document is.
    const document = log.find((line) => / 200 - \d+ \/files\/holes\/zarr\.json$/.test(line));
    expect(document).toBeDefined();
    const { "zarr.json": text } = Object.fromEntries(await storedObjects(holes));
    expect(Number(document?.split(" ")[3])).toBeLessThan(text!.length);
    expect(viewer.errors).toEqual([]);
  });
}

test("N08 a public bucket of S3 without the right to list: what is missing is refused, and is fill", async ({
  viewer,
  servers: { data },
}) => {
  const source = `${data.http}/bucket/open-data/images/holes`;
  expect((await fetch(`${source}/0/c/1/0`)).status).toBe(403);
  expect((await fetch(`${data.http}/bucket/open-data/`)).status).toBe(403);
  await viewer.open(source);
  expect(await viewer.setState({ view: { target: [384, 256], zoom: 0.25 } })).toMatchObject({
    data: 21,
    fill: 3,
    denied: 0,
  });
  await viewer.expectValues(holes);
  await viewer.expectScreen(holes, { level: 0 });
  await expect(viewer.page.getByText("This one refuses such keys with 403")).toBeAttached();
});

test("N04 a private bucket of S3 is denied, in words", async ({ viewer, servers: { data } }) => {
  const source = `${data.http}/bucket/closed-data/images/holes`;
  expect((await fetch(`${source}/zarr.json`)).status).toBe(403);
  await viewer.open(source);
  await expect(viewer.page.getByRole("alert")).toContainText("refuses access");
  expect(await viewer.axe()).toEqual([]);
});

test("N05 a signed address works for every key below it; one that has expired says so, and since when", async ({
  viewer,
  page,
  servers: { data },
}) => {
  const source = `${data.http}/signed/holes`;
  await viewer.open(`${source}${data.signature(new Date(Date.now() + 3_600_000))}`);
  expect(await viewer.setState({ view: { target: [384, 256], zoom: 0.25 } })).toMatchObject({
    data: 21,
    fill: 3,
    denied: 0,
  });
  await viewer.expectScreen(holes, { level: 0 });
  expect(page.url()).not.toContain("sig=");
  await page.goto("about:blank");
  await viewer.open(`${source}${data.signature(new Date(Date.now() - 3_600_000))}`);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("refuses access");
  await expect(alert).toContainText(/was signed until .+, and has expired/);
  expect(await viewer.axe()).toEqual([]);
});

test("N28 a page by https and data by http: said before anything is asked", async ({
  page,
  servers: { data },
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  const viewer = new Viewer(page, `${data.https}/app/`);
  await viewer.open("http://data.example/image.zarr");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("do not let a page that came by https read data by http");
  await expect(alert).toContainText("ZS-MIXED");
  expect(new Set(asked)).toEqual(new Set([new URL(data.https).host]));
  expect(await viewer.axe()).toEqual([]);
});

test("N27 a page of the internet and data on this computer: the browser's question is named, and once it is allowed Try again works", async ({
  servers: { data, appUrl },
}) => {
  const executablePath = process.env.ZARRSCOPE_CHROMIUM;
  // To this browser the app lies at a host of the internet, and came in a way that can be trusted.
  const { port } = new URL(appUrl);
  const origin = `http://viewer.example:${port}`;
  const flags = [
    "--host-resolver-rules=MAP viewer.example 127.0.0.1",
    `--ip-address-space-overrides=127.0.0.1:${port}=public`,
    `--unsafely-treat-insecure-origin-as-secure=${origin}`,
  ];
  const browser = await chromium.launch({
    args: [...chromiumArgs, ...flags],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    const context = await browser.newContext();
    const viewer = new Viewer(await context.newPage(), `${origin}/`);
    await viewer.open(`${data.http}/files/sharded`);
    const alert = viewer.page.getByRole("alert");
    await expect(alert).toContainText(
      "keeps this page from reading your computer or local network",
    );
    await expect(alert).toContainText("local network access");
    expect(await viewer.axe()).toEqual([]);
    await context.grantPermissions(["local-network-access"]);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toHaveCount(0);
    expect(await viewer.settled()).toMatchObject({ data: 24, error: 0 });
    await viewer.expectValues(sharded);
  } finally {
    await browser.close();
  }
});
