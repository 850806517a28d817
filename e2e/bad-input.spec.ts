import type { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";

/** The alert says what happened, what was tried and what to do; the address stays in its field; nothing is broken. */
async function expectFailure(viewer: Viewer, input: string, words: RegExp, tried: RegExp) {
  const alert = viewer.page.getByRole("alert");
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText(words);
  await expect(alert).toContainText(tried);
  await expect(
    viewer.page.getByRole("textbox", { name: /zarr|address|url|source/i }).first(),
  ).toHaveValue(input);
  expect(await viewer.axe()).toEqual([]);
  expect(viewer.errors).toEqual([]);
  const tiles = await viewer.settled();
  expect(Object.values(tiles).reduce((sum, count) => sum + count, 0)).toBe(0);
}

const group = { zarr_format: 3, node_type: "group", attributes: {} };

const cases = [
  ["U01 not a URL", () => "this is no address", /not a web address/i, /this is no address/],
  ["U01 a script", () => "javascript:alert(1)", /cannot be opened/i, /javascript/],
  ["a local path", () => "C:\\data\\cells.zarr", /file on a computer/i, /cells\.zarr/],
] as const;

for (const [name, input, words, tried] of cases) {
  test(`${name}: refused in words, without a request`, async ({ viewer, page }) => {
    await viewer.goto();
    const requests: string[] = [];
    page.on("request", (request) => {
      // The page's own parts may still be on their way.
      if (!request.url().startsWith(viewer.url())) requests.push(request.url());
    });
    const field = page.getByRole("textbox").first();
    await field.fill(input());
    await field.press("Enter");
    await expectFailure(viewer, input(), words, tried);
    expect(requests).toEqual([]);
  });
}

test("N01 404: names what was looked for", async ({ store, viewer }) => {
  const source = `${store.origins[0]}/nothing/here.zarr`;
  await viewer.open(source);
  await expectFailure(viewer, source, /no zarr found/i, /zarr\.json.*\.zattrs|\.zgroup/);
  expect(store.log().length).toBeLessThanOrEqual(6);
});

test("N03 no CORS at all: says so, and who can mend it", async ({ store, viewer }) => {
  store.setScenario("closed", { cors: "off" });
  const source = store.url("v3", { scenario: "closed" });
  await viewer.open(source);
  await expectFailure(
    viewer,
    source,
    /does not allow other sites to read it \(CORS\)/,
    /Access-Control-Allow-Origin/,
  );
});

test("N04 403 for everything: access denied", async ({ store, viewer }) => {
  store.setScenario("denied", { status: 403 });
  const source = store.url("v3", { scenario: "denied" });
  await viewer.open(source);
  await expectFailure(viewer, source, /refuses access/, /403|signed/);
});

test("N19 a web page for metadata", async ({ store, viewer }) => {
  store.setScenario("login", { swap: "html" });
  const source = store.url("v3", { scenario: "login" });
  await viewer.open(source);
  await expectFailure(viewer, source, /web page/i, /“Log in Please log in to go on\.”/);
});

test("not a Zarr", async ({ store, viewer }) => {
  store.defineFiles("folder", { "readme.txt": "hello" });
  const source = store.url("folder");
  await viewer.open(source);
  await expectFailure(viewer, source, /no zarr found/i, /zarr\.json/);
});

test("a Zarr without an image", async ({ store, viewer }) => {
  store.defineFiles("empty-group", { "zarr.json": group });
  const source = store.url("empty-group");
  await viewer.open(source);
  await expectFailure(viewer, source, /no image/i, /multiscales/);
});

const plain = {
  zarr_format: 3,
  node_type: "array",
  shape: [8, 8],
  data_type: "uint8",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [8, 8] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  fill_value: 0,
  codecs: [{ name: "bytes" }],
};

test("Z3-04 an extension that is not known: refused by name; opened on demand, and marked", async ({
  store,
  viewer,
}) => {
  store.defineFiles("extended", { "zarr.json": { ...plain, "acme.tones": { curve: 2 } } });
  await viewer.open(store.url("extended"));
  const alert = viewer.page.getByRole("alert");
  await expect(alert).toContainText('needs the extension "acme.tones"');
  await alert.getByRole("button", { name: "Open anyway" }).click();
  await expect(viewer.page.getByText("extension passed over")).toBeVisible();
  expect(await viewer.axe()).toEqual([]);
});

test("C10 an unknown codec is named", async ({ store, viewer }) => {
  store.defineFiles("odd-codec", {
    "zarr.json": { ...plain, codecs: [{ name: "bytes" }, { name: "quantum_fold" }] },
  });
  const source = store.url("odd-codec");
  await viewer.open(source);
  await expectFailure(viewer, source, /quantum_fold/, /codec|compress/i);
});

test("C13 an unknown data type is named", async ({ store, viewer }) => {
  store.defineFiles("odd-type", { "zarr.json": { ...plain, data_type: "bfloat16" } });
  const source = store.url("odd-type");
  await viewer.open(source);
  await expectFailure(viewer, source, /bfloat16/, /data_type|data type/i);
});

test("invalid JSON", async ({ store, viewer }) => {
  store.defineFiles("torn", { "zarr.json": '{"zarr_format": 3, "node_type": ' });
  const source = store.url("torn");
  await viewer.open(source);
  await expectFailure(viewer, source, /JSON|metadata/i, /zarr\.json/);
});

test("M08 hostile paths in metadata: no request leaves the source's root or origin", async ({
  store,
  viewer,
}) => {
  const paths = [
    "../../secret",
    "%2F%2Fevil.example/x",
    "http://evil.example/x",
    "//evil.example/x",
    "a#b",
    "a?b=c",
    "..%2f..%2fx",
    "\\\\evil\\x",
  ];
  const hosts: string[] = [];
  viewer.page.on("request", (request) => hosts.push(new URL(request.url()).host));
  for (const path of paths) {
    const axes = [
      { name: "y", type: "space" },
      { name: "x", type: "space" },
    ];
    const datasets = [{ path, coordinateTransformations: [{ type: "scale", scale: [1, 1] }] }];
    const ome = { version: "0.5", multiscales: [{ axes, datasets }] };
    store.defineFiles("hostile", { "zarr.json": { ...group, attributes: { ome } } });
    store.clearLog();
    await viewer.open(store.url("hostile"));
    await expect(viewer.page.getByRole("alert")).toHaveCount(1);
    for (const { url } of store.log()) expect(url).toMatch(/^\/hostile\//);
  }
  expect(hosts.filter((host) => host.includes("evil"))).toEqual([]);
});

test("after a failure a good address works", async ({ store, viewer, page }) => {
  await viewer.open(`${store.origins[0]}/nothing.zarr`);
  await expect(page.getByRole("alert")).toHaveCount(1);
  const field = page.getByRole("textbox", { name: /zarr|address|url|source/i }).first();
  await field.fill(store.url("v3"));
  await field.press("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await viewer.settled();
  await viewer.expectScreen(coordinateImages.v3);
});
