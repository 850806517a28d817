import { readFileSync } from "node:fs";
import { type Browser, expect as check } from "@playwright/test";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages } from "./store/coordinate-images.ts";

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

const clipboard = (viewer: Viewer) => viewer.page.evaluate(() => navigator.clipboard.readText());

/** All that a person, another page or a later visitor could find in this one. */
async function everythingSaid(viewer: Viewer): Promise<string> {
  const said = await viewer.page.evaluate(async () => {
    const stores = await indexedDB.databases();
    const fields = [...document.querySelectorAll("input")].map(({ value }) => value);
    const { zarrscope } = globalThis as unknown as { zarrscope: { getState(): unknown } };
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      location.href,
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

test("change everything, copy the link, open it in a fresh profile: equal state, the same picture", async ({
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
  await expect.poll(async () => (await viewer.openState()).labels).not.toBeNull();
  const shown = await viewer.openState();
  const picture = await viewer.screenPixels();
  const { page } = viewer;
  await page.getByRole("button", { name: "Copy link to this view" }).click();
  const contents = page.getByRole("dialog", { name: "Link to this view" });
  await expect(contents).toContainText("t 2, z 4");
  await expect(contents).toContainText("settings of 3, 1 hidden");
  await expect(contents.getByRole("textbox", { name: "Link" })).toHaveValue(
    await clipboard(viewer),
  );
  expect(await viewer.axe()).toEqual([]);

  const fresh = await freshViewer(browser, appUrl);
  await goto(fresh, await clipboard(viewer));
  // Labels are looked for once the image is there.
  await expect.poll(() => fresh.openState()).toEqual(shown);
  expect(Buffer.from((await fresh.screenPixels()).data).equals(picture.data)).toBe(true);
  await fresh.page.context().close();
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
        attributes: { ome: { version: "0.5", series: ["a", `${store.origins[1]}/v3`, "b"] } },
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

  await page.getByRole("button", { name: "Copy link to this view" }).click();
  const contents = page.getByRole("dialog", { name: "Link to this view" });
  await expect(contents).toContainText("needs access of their own");
  expect(await viewer.axe()).toEqual([]);
  const plain = await clipboard(viewer);
  expect(plain).not.toContain(secret);
  expect(await everythingSaid(viewer)).not.toContain(secret);

  await contents.getByRole("switch", { name: "Include access" }).click();
  await expect(contents).toContainText("2031");
  await contents.getByRole("button", { name: "Copy" }).click();
  const shared = await clipboard(viewer);
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

test("U02 U05: a password in the address and a token typed in go to one origin, and across no redirect", async ({
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
  const { view, selection, channels } = await viewer.openState();
  expect(view).toEqual({ target: [40.5, 32.25], zoom: 3.5 });
  expect(selection).toMatchObject({ z: 2 });
  expect(channels[0]).toMatchObject({ color: "FF8000", window: { start: 100, end: 3000 } });

  store.clearLog();
  for (const source of [
    "javascript:alert(1)",
    `data:,?token=${secret}`,
    "ftp://h/x.zarr",
    "//h.org/x",
  ]) {
    await viewer.open(source);
    await expect(viewer.page.getByRole("alert").first()).toBeVisible();
    expect(await everythingSaid(viewer)).not.toContain(secret);
  }
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
