import { readFileSync } from "node:fs";
import { type Browser, expect as check } from "@playwright/test";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";
import { coordinatePlates } from "./store/coordinate-plates.ts";
import { fieldImage, type VirtualPlate } from "./store/virtual-plate.ts";

const secret = "c2VjcmV0LXNpZ25hdHVyZQ";
const signature = `sv=2024-11-04&sp=rl&se=2031-05-06T07:08:09Z&sig=${secret}%3D`;

/** A page with nothing of this one: another profile. */
async function freshViewer(browser: Browser, appUrl: string): Promise<Viewer> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  return new Viewer(await context.newPage(), appUrl);
}

async function goto(viewer: Viewer, address: string): Promise<void> {
  await viewer.page.goto(address);
  await viewer.loaded();
}

/** Copies the link to what is on screen: what the dialog shows, once it is in the clipboard. */
async function copyLink(viewer: Viewer): Promise<string> {
  const { page } = viewer;
  await page.getByRole("button", { name: "Copy link to this view" }).click();
  const contents = page.getByRole("dialog", { name: "Link to this view" });
  const link = contents.getByRole("textbox", { name: "Link" });
  await expect(async () => expect(await viewer.copied()).toBe(await link.inputValue())).toPass();
  return link.inputValue();
}

/** All that a person, another page or a later visitor could find in this one. */
async function everythingSaid(viewer: Viewer): Promise<string> {
  const said = await viewer.page.evaluate(async () => {
    const stores = [await indexedDB.databases(), await caches.keys()];
    // Chromium lists the page's own history.
    const { navigation } = globalThis as unknown as {
      navigation: { entries(): { url: string; getState(): unknown }[] };
    };
    const entries = navigation.entries().map((entry) => [entry.url, entry.getState()]);
    const fields = [...document.querySelectorAll("input")].map(({ value }) => value);
    const { zarrscope } = globalThis as unknown as { zarrscope: { getState(): unknown } };
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      location.href,
      entries,
      history.state,
      document.title,
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      stores,
      zarrscope.getState(),
    ]);
  });
  return said + viewer.errors.join();
}

/** Copies the link to what is on screen, opens it in another profile, and compares state and picture; that profile's page is given to `also`. */
async function expectHandedOver(
  viewer: Viewer,
  browser: Browser,
  appUrl: string,
  also: (fresh: Viewer) => Promise<void> = async () => {},
): Promise<void> {
  // What was picked a moment ago is drawn a frame later.
  await viewer.settled();
  const shown = await viewer.openState();
  const picture = await viewer.screenPixels();
  const link = await copyLink(viewer);

  const fresh = await freshViewer(browser, appUrl);
  await goto(fresh, link);
  await expect.poll(() => fresh.openState()).toEqual(shown);
  await fresh.settled();
  expect(Buffer.from((await fresh.screenPixels()).data).equals(picture.data)).toBe(true);
  await also(fresh);
  expect(fresh.errors).toEqual([]);
  await fresh.page.context().close();
}

test("change everything, copy the link, open it in a fresh profile: equal state, the same picture, of an image", async ({
  browser,
  context,
  store,
  viewer,
  appUrl,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await viewer.open(store.url("v3"));
  await viewer.setState({
    selection: { z: 3, t: 1 },
    view: { target: [120.25, 90.5], zoom: 2.3 },
    channels: [
      { index: 0, visible: false },
      { index: 1, color: "FF8000", gamma: 0.6, window: { start: 200, end: 3100 }, inverted: true },
      { index: 2, lut: "viridis", window: { start: 0, end: 2500 } },
    ],
  });
  await expectHandedOver(viewer, browser, appUrl);
  const contents = viewer.page.getByRole("dialog", { name: "Link to this view" });
  await expect(contents).toContainText("t 2, z 4");
  await expect(contents).toContainText("settings of 3, 1 hidden");
  expect(await viewer.axe()).toEqual([]);
  expect(viewer.errors).toEqual([]);
});

test("labels with their style and what stands out, background and theme go with the link; the theme is nobody else's", async ({
  browser,
  context,
  store,
  viewer,
  appUrl,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await viewer.open(`${store.url("fixtures")}/labels/labels-v04.zarr`, "#view=8.25,2.25,4.5");
  await viewer.setState({
    labels: [{ name: "ids64", visible: true, style: "outline", opacity: 0.8 }],
  });
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Light" }).check();
  await page.getByRole("radio", { name: "White" }).check();
  await page.keyboard.press("Escape");
  // The object in the middle, as `e2e/fixtures/make_labels.py` writes it.
  const box = (await viewer.canvas.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const object = /^Object 9007199254740994 of ids64/;
  await expect(page.getByRole("region", { name: object })).toBeVisible();
  await page.mouse.move(0, 0);

  await expectHandedOver(viewer, browser, appUrl, async (fresh) => {
    const html = fresh.page.locator("html");
    await expect(fresh.page.getByRole("region", { name: object })).toBeVisible();
    await expect(html).toHaveAttribute("data-theme", "light");
    // To let go of it changes the link, and another page is as dark as ever.
    await fresh.page.getByRole("button", { name: "Let go of the object" }).click();
    await expect.poll(() => new URL(fresh.page.url()).hash).not.toContain("9007199254740994");
    await fresh.page.goto(appUrl);
    await expect(html).toHaveAttribute("data-theme", "dark");
  });
  await expect(page.getByRole("dialog", { name: "Link to this view" })).toContainText(
    "ids64 with 9007199254740994",
  );
  expect(viewer.errors).toEqual([]);
});

test("field 2 of a well in the second run goes with the link", async ({
  browser,
  context,
  store,
  viewer,
  appUrl,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const plate: VirtualPlate = {
    ...coordinatePlates["plate-96-fields"],
    fields: 4,
    acquisitionOf: (index) => (index < 2 ? 0 : 2),
  };
  store.definePlate("two-runs", plate);
  await viewer.open(store.url("two-runs"));
  await page.getByRole("combobox", { name: "Acquisition" }).selectOption("Acquisition 2");
  await page.getByRole("application", { name: /^Plate/ }).focus();
  await page.keyboard.press("Control+g");
  await page.keyboard.type("c5");
  await page.keyboard.press("Enter");
  await page.getByRole("application", { name: /^Plate/ }).focus();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/well=C\/05&field=1&acquisition=2/);
  await viewer.setState({
    view: { target: [30.5, 28.25], zoom: 3.2 },
    channels: [
      { index: 0, color: "FF8000", gamma: 0.7, window: { start: 40, end: 3000 } },
      { index: 1, visible: false },
    ],
  });
  await expectHandedOver(viewer, browser, appUrl, async (fresh) => {
    expect(fresh.page.url()).toMatch(/well=C\/05&field=1&acquisition=2#/);
    await fresh.expectValues(fieldImage(plate, 2, 4, 3));
  });
  expect(viewer.errors).toEqual([]);
});

/** Each way to sign an address, with a secret in every part of it that must not get about. */
const signatures: readonly (readonly [name: string, query: (secret: string) => string])[] = [
  [
    "X-Amz",
    (s) =>
      `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${s}%2Fus&X-Amz-Date=20310506T070809Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Security-Token=${s}&X-Amz-Signature=${s}`,
  ],
  ["AWS, older", (s) => `AWSAccessKeyId=${s}&Expires=1936594800&Signature=${s}%3D`],
  [
    "X-Goog",
    (s) =>
      `X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=${s}&X-Goog-Date=20310506T070809Z&X-Goog-Expires=60&X-Goog-SignedHeaders=host&X-Goog-Signature=${s}`,
  ],
  ["Azure", (s) => `sv=${s}v&sp=${s}p&se=2031-05-06T07:08:09Z&sig=${s}%2B`],
  ["CloudFront", (s) => `Expires=1936594800&Signature=${s}&Key-Pair-Id=${s}&Policy=${s}_`],
  ...["token", "access_token", "auth", "jwt", "key", "password"].map(
    (key) => [key, (s: string) => `v=1&${key}=${s}`] as const,
  ),
];

test("U03 U06: each kind of signature, token and password reads every key, and is found nowhere; no Referer is sent", async ({
  context,
  store,
  viewer,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = viewer;
  // Twelve images are opened: the less there is to draw the better.
  await page.setViewportSize({ width: 800, height: 500 });
  store.defineVirtual("speck", {
    ...coordinateImages["v2-hash"],
    axes: "yx",
    shape: [64, 64],
    chunks: [64, 64],
    levels: [{ factors: [1, 1] }],
    scale: [1, 1],
  });
  const cases = [...signatures, ["user name and password", () => ""] as const].map(
    ([name, query], i) => {
      const hidden = `c2VjcmV0${String.fromCharCode(97 + i).repeat(6)}`;
      const search = query(hidden);
      const basic = btoa(`user:${hidden}`);
      const scenario = `access-${i}`;
      const unless = search === "" ? `Basic ${basic}` : search;
      store.setScenario(scenario, { status: 403, unless });
      const url = new URL(store.url("speck", { scenario }));
      const asked = new URL(url);
      asked.search = search;
      if (search === "") [asked.username, asked.password] = ["user", hidden];
      // What is no secret stays.
      url.search = search.startsWith("v=1") ? "?v=1" : "";
      return { name, scenario, asked: asked.href, url: url.href, search, secrets: [hidden, basic] };
    },
  );
  const expectSilence = (text: string, of: string) => {
    for (const { secrets } of cases) {
      for (const each of secrets) expect(text, of).not.toContain(each);
    }
  };

  // One link that holds all of them.
  const query = cases.map(({ asked }) => `source=${encodeURIComponent(asked)}`).join("&");
  await goto(viewer, `${viewer.url()}?${query}`);
  expectSilence(await everythingSaid(viewer), "once the link was read");
  for (const { name, scenario, url, search } of cases) {
    const counts = await viewer.setState({ source: url });
    expect(counts, name).toMatchObject({ denied: 0, error: 0, unverifiable: 0 });
    expect(counts.data, name).toBeGreaterThan(0);
    expect((await viewer.getState()).source, name).toBe(url);
    const asked = store.log({ scenario }).filter(({ method }) => method !== "OPTIONS");
    expect(asked.length, name).toBeGreaterThan(2);
    expect(
      asked.filter((request) => search !== "" && !request.url.endsWith(`?${search}`)),
      name,
    ).toEqual([]);
    expect(
      asked.filter(({ status }) => status === 403),
      name,
    ).toEqual([]);
    // The address bar has the link that would be copied.
    expect(page.url(), name).toContain(scenario);
    expectSilence(await everythingSaid(viewer), name);
  }
  const link = await copyLink(viewer);
  expectSilence((await everythingSaid(viewer)) + link, "once it was copied");
  expect(store.log().filter(({ origin }) => origin !== 0)).toEqual([]);
  expect(store.log().filter(({ headers }) => headers.referer !== undefined)).toEqual([]);
  expect(viewer.errors).toEqual([]);
});

test("U03 U04: a signed link opens every key; the signature is found nowhere, and shared only when asked for", async ({
  browser,
  context,
  store,
  viewer,
  appUrl,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = viewer;
  // Its labels lie elsewhere, says the metadata: nobody there may learn the signature.
  const host = new URL(store.origins[1]!).host;
  const series = [
    "a",
    `${store.origins[1]}/v3`,
    "b",
    `//${host}/v3`,
    `%2F%2F${host}%2Fv3`,
    `http%3A%2F%2F${host}%2Fv3`,
    "../v3",
    "a?b",
  ];
  store.defineCollection(
    "private",
    { a: coordinateImages.v3, b: coordinateImages["v2-dot"] },
    {
      "zarr.json": {
        zarr_format: 3,
        node_type: "group",
        attributes: { ome: { version: "0.5", "bioformats2raw.layout": 3 } },
      },
      "OME/zarr.json": {
        zarr_format: 3,
        node_type: "group",
        attributes: { ome: { version: "0.5", series } },
      },
    },
  );
  store.setScenario("signed", { status: 403, unless: secret });
  const url = store.url("private", { scenario: "signed" });

  // In the fragment, as the sender should do; the recent one is in the query.
  await goto(viewer, `${viewer.url()}#source=${encodeURIComponent(`${url}?${signature}`)}`);
  await viewer.expectValues(coordinateImages.v3, { columns: 3, rows: 2 });
  expect(new URL(page.url()).searchParams.get("source")).toBe(url);
  await expect(page.getByRole("button", { name: /^Private/ })).toBeVisible();
  const list = page.getByRole("listbox", { name: "Images" });
  await list.getByRole("option").nth(2).click();
  await viewer.settled();
  await viewer.expectValues(coordinateImages["v2-dot"], { columns: 3, rows: 2 });

  const asked = store.log({ store: "private" });
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((request) => !request.url.includes(`?${signature}`))).toEqual([]);
  expect(store.log().filter(({ origin }) => origin !== 0)).toEqual([]);

  const plain = await copyLink(viewer);
  const contents = page.getByRole("dialog", { name: "Link to this view" });
  await expect(contents).toContainText("needs access of their own");
  expect(await viewer.axe()).toEqual([]);
  expect(plain).not.toContain(secret);
  expect(await everythingSaid(viewer)).not.toContain(secret);

  await contents.getByRole("switch", { name: "Include access" }).click();
  await expect(contents).toContainText("2031");
  await contents.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => viewer.copied()).not.toBe(plain);
  const shared = await viewer.copied();
  expect(new URL(shared).hash).toContain(encodeURIComponent(`?${signature}`));
  expect(new URL(shared).search).not.toContain(secret);
  expect(await everythingSaid(viewer)).not.toContain(secret);
  await page.keyboard.press("Escape");

  // Back within the page still reads; the history holds no signature.
  await page.goBack();
  await viewer.settled();
  await viewer.expectValues(coordinateImages.v3, { columns: 3, rows: 2 });
  expect(await everythingSaid(viewer)).not.toContain(secret);

  const fresh = await freshViewer(browser, appUrl);
  await goto(fresh, shared);
  await fresh.expectValues(coordinateImages["v2-dot"], { columns: 3, rows: 2 });
  expect(await everythingSaid(fresh)).not.toContain(secret);
  // The plain link is refused, in words, with a field for what is missing.
  await fresh.page.goto("about:blank");
  await goto(fresh, plain);
  await check(fresh.page.getByRole("alert").first()).toContainText("refuses access");
  const field = fresh.page
    .getByRole("textbox", { name: "Token or signature" })
    .or(fresh.page.getByLabel("Token or signature"));
  await field.fill(`?${signature}`);
  expect(await fresh.axe()).toEqual([]);
  await field.press("Enter");
  await fresh.settled();
  await fresh.expectValues(coordinateImages["v2-dot"], { columns: 3, rows: 2 });
  expect(await everythingSaid(fresh)).not.toContain(secret);
  await fresh.page.context().close();
});

test("U02 U05 U06: a password in the address and a token typed in go to one origin, and across no redirect", async ({
  store,
  viewer,
}) => {
  const { page } = viewer;
  store.setScenario("token", [
    { status: 401, unless: `Bearer ${secret}` },
    { key: "0/c/**", redirect: `${store.origins[1]}{path}` },
  ]);
  await viewer.open(store.url("v3", { scenario: "token" }));
  await expect(page.getByRole("alert").first()).toContainText("refuses access");
  await page.getByLabel("Token or signature").fill(secret);
  await page.getByLabel("Token or signature").press("Enter");
  await viewer.settled();
  await expect(page.getByRole("button", { name: /^Private/ })).toBeVisible();
  await viewer.setState({ view: { target: [200, 150], zoom: 1 } });
  const { error } = await viewer.settled();
  expect(error).toBeGreaterThan(0);
  expect(store.log({ key: /^0\/c\// }).length).toBeGreaterThan(0);
  // U06: neither what reads nor what asks why there is no answer says where it comes from.
  expect(store.log().filter(({ headers }) => headers.referer !== undefined)).toEqual([]);
  // Why there is no answer is asked without the token, and may end up anywhere.
  const elsewhere = store.log().filter(({ origin }) => origin !== 0);
  expect(JSON.stringify(elsewhere)).not.toContain(secret);
  expect(elsewhere.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  expect(await everythingSaid(viewer)).not.toContain(secret);

  store.setScenario("password", { status: 401, unless: `Basic ${btoa(`user:${secret}`)}` });
  const address = new URL(store.url("v3", { scenario: "password" }));
  address.username = "user";
  address.password = secret;
  await viewer.open(address.href);
  await viewer.expectValues(coordinateImages.v3, { columns: 3, rows: 2 });
  expect(page.url()).not.toContain("user");
  expect(await everythingSaid(viewer)).not.toContain(secret);
});

test("U01 U07: the README's link opens as written; what is malformed is said, and nothing else is asked for", async ({
  store,
  viewer,
  appUrl,
}) => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /^https:\/\/viewer\.example\/(\?source=samples\S+)$/m.exec(readme)?.[1];
  expect(example, "the example of the section Link").toBeDefined();
  await goto(viewer, `${appUrl}${example}`);
  const { view, selection, channels, labels } = await viewer.openState();
  expect(view).toEqual({ target: [40.5, 32.25], zoom: 3.5 });
  expect(selection).toMatchObject({ z: 2 });
  expect(channels[0]).toMatchObject({ color: "FF8000", window: { start: 100, end: 3000 } });
  expect(labels?.filter(({ visible }) => visible)).toEqual([
    { name: "nuclei", visible: true, opacity: 0.5, style: "outline" },
  ]);

  const asked: string[] = [];
  viewer.page.on("request", (request) => {
    if (!request.url().startsWith(appUrl)) asked.push(request.url());
  });
  store.clearLog();
  for (const source of [
    "javascript:alert(1)",
    `data:,?token=${secret}`,
    "file:///etc/passwd",
    "blob:https://h.org/8f2c",
    "ftp://h/x.zarr",
    "//h.org/x",
  ]) {
    await viewer.open(source);
    await expect(viewer.page.getByRole("alert").first()).toBeVisible();
    expect(await everythingSaid(viewer)).not.toContain(secret);
  }
  expect(asked.filter((url) => !url.startsWith("blob:http://127.0.0.1"))).toEqual([]);
  const long = `#v=1&z=${"9".repeat(5000)}&ch=${"0:;".repeat(3000)}&__proto__=1&constructor=2&%E0%A4%A=1`;
  await viewer.open(store.url("v3"), long);
  await expect(viewer.page.locator(".zs-notice")).toBeVisible();
  await viewer.expectValues(coordinateImages.v3, { columns: 3, rows: 2 });
  expect(viewer.errors).toEqual([]);

  // Several sources are a list to switch between, which stays in the link.
  const [first, second] = [store.url("v3"), store.url("v2-dot")];
  await goto(viewer, `${appUrl}?source=${first}&source=${second}&at=1`);
  await viewer.expectValues(coordinateImages["v2-dot"], { columns: 3, rows: 2 });
  const { page } = viewer;
  await page.getByRole("button", { name: "v3", exact: true }).click();
  await viewer.settled();
  await viewer.expectValues(coordinateImages.v3, { columns: 3, rows: 2 });
  expect(new URL(page.url()).searchParams.getAll("source")).toEqual([first, second]);
  expect(new URL(page.url()).searchParams.has("at")).toBe(false);
  await page.goBack();
  await viewer.settled();
  await expect(page.getByRole("button", { name: "v2-dot" })).toHaveAttribute(
    "aria-current",
    "true",
  );
});
