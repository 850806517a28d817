import { readFileSync } from "node:fs";
import type { Frame, Page } from "@playwright/test";
import type { ZarrscopeFrame } from "../app/embed/connect.ts";
import { chromiumArgs } from "../scripts/chromium-args.mjs";
import { decodePng } from "./harness/png.ts";
import { Viewer } from "./harness/viewer.ts";
import { expect, test } from "./harness.ts";

// Names instead of loopback addresses: to the viewer these are places in the internet.
const executablePath = process.env.ZARRSCOPE_CHROMIUM;
test.use({
  launchOptions: {
    args: [
      ...chromiumArgs,
      "--host-resolver-rules=MAP *.example 127.0.0.1",
      // Chromium's own guard of local networks would forbid all of it; what is tested is ours.
      "--disable-features=LocalNetworkAccessChecks",
    ],
    ...(executablePath ? { executablePath } : {}),
  },
});

const stranger = "http://paper.example/page";
const friend = "http://lab.example/page";

type HostWindow = typeof globalThis & { viewer: ZarrscopeFrame; told: Record<string, unknown[]> };

/** The same server under a name. */
function named(url: string, name: string): string {
  const address = new URL(url);
  address.hostname = `${name}.example`;
  return address.href;
}

/** A page of another site with this HTML in its body. The lab is in the viewer's allow-list. */
async function openHost(page: Page, address: string, body: string, viewerUrl: string) {
  await page.route("http://{paper,lab}.example/**", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="en"><title>Host</title><body>${body}</body></html>`,
    }),
  );
  await page.route(`${viewerUrl}config.json`, (route) =>
    route.fulfill({
      json: { allowedOrigins: ["http://lab.example"] },
      headers: { "Access-Control-Allow-Origin": "*" },
    }),
  );
  await page.goto(address);
}

function frameTag(src: string, attributes = 'style="width: 640px; height: 400px"'): string {
  return `<iframe title="Image" src="${src.replaceAll("&", "&amp;")}" ${attributes}></iframe>`;
}

/** Connects with the built client, as a page would, and writes down every event. */
async function connect(page: Page, viewerUrl: string) {
  await page.evaluate(async (client) => {
    const host = globalThis as HostWindow;
    const module = (await import(client)) as typeof import("../app/embed/connect.ts");
    const frame = document.querySelector("iframe");
    if (!frame) throw new Error("There is no frame.");
    host.viewer = await module.connect(frame);
    host.told = {};
    for (const name of ["ready", "state", "progress", "error", "well", "hover"] as const) {
      host.told[name] = [];
      host.viewer.on(name, (data: unknown) => host.told[name]?.push(data));
    }
  }, `${viewerUrl}embed.js`);
  await expect.poll(() => told(page, "ready").then((all) => all.length)).toBeGreaterThan(0);
}

function told(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate((event) => (globalThis as HostWindow).told[event] ?? [], name);
}

/** The name of the error with which something ends; "done" if it does not. */
function outcome(page: Page, ask: (viewer: ZarrscopeFrame) => Promise<unknown>): Promise<string> {
  return page.evaluate(async (source) => {
    const { viewer } = globalThis as HostWindow;
    // The function was written above; it comes here as text.
    const run = new Function(`return (${source})`)() as (v: ZarrscopeFrame) => Promise<unknown>;
    return run(viewer).then(
      () => "done",
      (error: Error) => error.name,
    );
  }, ask.toString());
}

test("E01 E02 E03 a page of another site drives the viewer: all may set the view, the allow-list may read and open", async ({
  page,
  store,
  appUrl,
}) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const viewerUrl = named(appUrl, "viewer");
  const source = named(store.url("v2-hash"), "data");
  const src = `${viewerUrl}?source=${encodeURIComponent(`${source}?key=secret`)}&embed=1`;
  const plain = `${viewerUrl}?source=${encodeURIComponent(source)}&embed=1`;

  await openHost(page, stranger, frameTag(plain), viewerUrl);
  await connect(page, viewerUrl);
  const state = await page.evaluate(() => (globalThis as HostWindow).viewer.getState());
  expect(state.source).toBe(source.replace(/\/$/, ""));
  expect(state.channels.map(({ label }) => label)).toEqual(state.channels.map(() => ""));
  const view = { target: [100, 80] as [number, number], zoom: 2 };
  await page.evaluate(
    (next) => (globalThis as HostWindow).viewer.setState({ view: next, selection: { z: 2 } }),
    view,
  );
  await expect
    .poll(async () => (await told(page, "state")).at(-1))
    .toMatchObject({ view, selection: { z: 2 } });
  await expect
    .poll(async () => (await told(page, "progress")).at(-1))
    .toMatchObject({ pending: 0, failed: 0 });
  expect(await outcome(page, (viewer) => viewer.valueAt({ x: 100, y: 80 }))).toBe("refused");
  expect(await outcome(page, (viewer) => viewer.screenshot())).toBe("refused");
  expect(await outcome(page, (v) => v.setState({ source: "https://h.example/b.zarr" }))).toBe(
    "refused",
  );
  expect(await outcome(page, (v) => v.setState({ view: { zoom: Number.NaN } }))).toBe("malformed");
  await page.mouse.move(200, 150);
  await expect.poll(async () => (await told(page, "hover")).at(-1)).toMatchObject({ values: null });

  // E01: another window may say what it likes.
  const answers = await page.evaluate(async () => {
    const other = document.createElement("iframe");
    document.body.append(other);
    const script = `onmessage = ({ ports }) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => parent.postMessage("connected", "*");
      parent.frames[0].postMessage({ ns: "zarrscope", type: "connect", v: 1 }, "*", [channel.port2]);
    }`;
    other.srcdoc = `<script>${script}</script>`;
    await new Promise((loaded) => {
      other.onload = loaded;
    });
    const heard: unknown[] = [];
    addEventListener("message", ({ data }) => heard.push(data));
    other.contentWindow?.postMessage("go", "*");
    // The connection that there is still answers, after anything that could have come of it.
    await (globalThis as HostWindow).viewer.getState();
    await (globalThis as HostWindow).viewer.getState();
    return heard;
  });
  expect(answers).toEqual([]);

  // E02: what is of another version, too large, too much or nothing that can be sent changes nothing and breaks nothing.
  expect(await outcome(page, (v) => v.setState({ source: "x".repeat(10 * 2 ** 20) }))).toBe(
    "too-large",
  );
  expect(await outcome(page, (v) => v.setState({ view: (() => 1) as never }))).toBe(
    "DataCloneError",
  );
  const flood = await page.evaluate(async () => {
    const { viewer } = globalThis as HostWindow;
    const frame = document.querySelector("iframe");
    for (const data of [
      { ns: "zarrscope", type: "connect", v: 2 },
      { ns: "zarrscope", type: "connect", v: 1, more: 1 },
      { ns: "zarrscope", type: "connect", v: 1, data: "x".repeat(10 * 2 ** 20) },
    ]) {
      frame?.contentWindow?.postMessage(data, "*", [new MessageChannel().port2]);
    }
    const asked = Array.from({ length: 1000 }, () =>
      viewer.getState().then(
        () => "done",
        (error: Error) => error.name,
      ),
    );
    return [...new Set(await Promise.all(asked))].sort();
  });
  expect(flood).toEqual(["done", "rate-limited"]);
  // The connection is the one that it was, and serves again.
  const afterFlood = () =>
    page.evaluate(() => (globalThis as HostWindow).viewer.getState().catch((e: Error) => e.name));
  await expect.poll(afterFlood).toMatchObject({ source: source.replace(/\/$/, ""), view });

  // A signed source: the query is nobody's business.
  await openHost(page, friend, frameTag(src), viewerUrl);
  await connect(page, viewerUrl);
  const signed = await page.evaluate(() => (globalThis as HostWindow).viewer.getState());
  expect(signed.source).not.toContain("secret");
  expect(JSON.stringify(await told(page, "ready"))).not.toContain("secret");
  expect(await outcome(page, (viewer) => viewer.screenshot())).toBe("refused");

  await openHost(page, friend, frameTag(plain), viewerUrl);
  await connect(page, viewerUrl);
  const friendly = await page.evaluate(() => (globalThis as HostWindow).viewer.getState());
  expect(friendly.channels[0]?.label).not.toBe("");
  const bytes = await page.evaluate(async () => {
    const blob = await (globalThis as HostWindow).viewer.screenshot({ scale: 2, title: false });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  expect(decodePng(new Uint8Array(bytes)).width).toBe(1280);
  const values = await page.evaluate(() =>
    (globalThis as HostWindow).viewer.valueAt({ x: 50, y: 40 }),
  );
  const frame = page.frames().find((each) => each.url().startsWith(viewerUrl));
  expect(values).toEqual(await frame?.evaluate(() => window.zarrscope?.valueAt({ x: 50, y: 40 })));
  expect(values?.values.length).toBeGreaterThan(0);
  const privateSource = store.url("v3");
  expect(
    await page.evaluate(
      (local) =>
        (globalThis as HostWindow).viewer.setState({ source: local }).catch((e: Error) => e.name),
      privateSource,
    ),
  ).toBe("refused");
  // Another source, a plate, and a well of it.
  await page.evaluate(
    (plate) => (globalThis as HostWindow).viewer.setState({ source: plate }),
    named(store.url("plate-96-v3"), "data"),
  );
  await page.evaluate(() => (globalThis as HostWindow).viewer.setState({ well: "B/03" }));
  await expect.poll(async () => (await told(page, "well")).at(-1)).toEqual({ well: "B/03" });
  expect(errors).toEqual([]);
});

test("U09 a page of another site cannot make the viewer ask in the local network", async ({
  page,
  store,
  appUrl,
  context,
}) => {
  const viewerUrl = named(appUrl, "viewer");
  const src = `${viewerUrl}?source=${encodeURIComponent(store.url("v3"))}&embed=1`;
  // The page of the test before, whose data have a name, may still be closing.
  const askedLocally = () =>
    store.log().filter(({ headers }) => headers.host === new URL(store.url("v3")).host);
  await openHost(page, stranger, frameTag(src), viewerUrl);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("alert")).toContainText("local network");
  await frame.getByRole("button", { name: "Try again" }).click();
  await expect(frame.getByRole("alert")).toContainText("local network");
  expect(askedLocally()).toEqual([]);

  const [full] = await Promise.all([
    context.waitForEvent("page"),
    frame.getByRole("link", { name: "Open full viewer" }).click(),
  ]);
  await expect(full.getByRole("application", { name: /^Image/ })).toBeVisible();
  expect(full.url()).not.toContain("embed");
  expect(askedLocally().length).toBeGreaterThan(0);
});

test("E04 E05 E08 in a bare sandbox: it works, the wheel scrolls the page, Tab leaves, locks hold, a poster waits", async ({
  page,
  appUrl,
}) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const viewerUrl = named(appUrl, "viewer");
  const src = `${viewerUrl}?source=samples/cells.zarr&embed=1&poster=1&theme=light&lock=pan,planes`;
  const style = 'style="width: 640px; height: 400px; display: block"';
  const tall = `<div style="height: 3000px"><button>Before</button>${frameTag(src, `sandbox="allow-scripts" ${style}`)}<button>After</button></div>`;
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await openHost(page, stranger, tall, viewerUrl);
  const frame = page.frameLocator('iframe[title="Image"]');
  await frame.getByRole("button", { name: "Show the image" }).waitFor();
  expect(requests.filter((url) => url.includes("/samples/cells.zarr"))).toEqual([]);
  await frame.getByRole("button", { name: "Show the image" }).click();
  await connect(page, viewerUrl);
  await expect
    .poll(async () => (await told(page, "progress")).at(-1), { timeout: 30_000 })
    .toMatchObject({ pending: 0, failed: 0 });
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(frame.getByRole("slider")).toHaveCount(0);

  const viewOf = () =>
    page.evaluate(async () => (await (globalThis as HostWindow).viewer.getState()).view);
  const before = await viewOf();
  // The button was a press on the frame; that it counts ends when the pointer leaves.
  await page.mouse.move(900, 600);
  await page.mouse.move(300, 200);
  await page.mouse.wheel(0, 200);
  // The line goes by itself: it is looked for from the start.
  await Promise.all([
    expect(frame.getByText(/to zoom, or click the image first/)).toBeVisible(),
    expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0),
  ]);
  expect(await viewOf()).toEqual(before);
  await page.evaluate(() => scrollTo(0, 0));

  await page.mouse.move(300, 200);
  await page.mouse.down();
  await page.mouse.move(360, 240, { steps: 3 });
  await page.mouse.up();
  expect((await viewOf())?.target, "pan is locked").toEqual(before?.target);
  // Pressed once, it takes the wheel.
  await page.mouse.wheel(0, -200);
  await expect.poll(async () => (await viewOf())?.zoom ?? 0).toBeGreaterThan(before?.zoom ?? 0);
  expect((await viewOf())?.target).toEqual(before?.target);
  expect(await page.evaluate(() => scrollY)).toBe(0);

  await page.getByRole("button", { name: "Before" }).focus();
  const after = page.getByRole("button", { name: "After" });
  for (let i = 0; i < 12 && !(await after.evaluate((b) => b === document.activeElement)); i++) {
    await page.keyboard.press("Tab");
  }
  await expect(after).toBeFocused();

  // E08: taken out while it loads, put elsewhere.
  const asked = page.waitForRequest((request) => request.url().endsWith("/cells.zarr/zarr.json"));
  await page.evaluate((address) => {
    const gone = document.createElement("iframe");
    gone.id = "gone";
    gone.src = address.replace("&poster=1", "");
    document.body.append(gone);
  }, src);
  await asked;
  await page.evaluate(() => {
    document.querySelector("#gone")?.remove();
    const moved = document.querySelector("iframe");
    const place = document.createElement("section");
    document.body.prepend(place);
    if (moved) place.append(moved);
  });
  await expect(frame.getByRole("button", { name: "Show the image" })).toBeVisible();
  // It is another document now, which is connected to anew; nobody answers for the old one after it is closed.
  await page.evaluate(() => (globalThis as HostWindow).viewer.close());
  expect(await outcome(page, (viewer) => viewer.getState())).toBe("closed");
  await frame.getByRole("button", { name: "Show the image" }).click();
  await connect(page, viewerUrl);
  expect(await outcome(page, (viewer) => viewer.getState())).toBe("done");
  expect(errors).toEqual([]);
});

test.describe("touch", () => {
  test.use({ hasTouch: true, viewport: { width: 1000, height: 720 } });

  test("E05 one finger scrolls the page, two move the image; full, min, none and poster have no violations", async ({
    page,
    appUrl,
  }) => {
    const viewerUrl = named(appUrl, "viewer");
    const src = `${viewerUrl}?source=samples/cells.zarr&embed=1`;
    const frames = ["", "&ui=full", "&ui=none", "&poster=1"]
      .map((options, i) =>
        frameTag(`${src}${options}`, 'style="width: 480px; height: 340px; border: 0"').replace(
          "Image",
          `Image ${i + 1}`,
        ),
      )
      .join("");
    const body = `<main style="height: 3000px"><h1>A paper</h1>${frames}</main>`;
    await openHost(page, stranger, body, viewerUrl);
    await connect(page, viewerUrl);
    await expect
      .poll(async () => (await told(page, "progress")).at(-1))
      .toMatchObject({ pending: 0, failed: 0 });
    for (const number of [2, 3]) {
      const frame = page.frameLocator(`iframe[title="Image ${number}"]`);
      await expect(frame.getByRole("application", { name: /^Image/ })).toBeVisible();
    }
    await page
      .frameLocator('iframe[title="Image 4"]')
      .getByRole("button", { name: "Show the image" })
      .waitFor();
    // Landmarks of the same name are each in a frame of its own, with a title of its own.
    const violations = await new Viewer(page, appUrl).axe();
    expect(violations.filter((line) => !line.startsWith("landmark-unique"))).toEqual([]);

    const box = (await page.locator("iframe").first().boundingBox())!;
    const [x, y] = [box.x + 200, box.y + 170];
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: [number, number][]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
      });
    const view = async () =>
      (await page.evaluate(() => (globalThis as HostWindow).viewer.getState())).view!;
    const before = await view();
    await touch("touchStart", [[x, y]]);
    for (let moved = 20; moved <= 120; moved += 20) await touch("touchMove", [[x, y - moved]]);
    await touch("touchEnd", []);
    const frame = page.frameLocator('iframe[title="Image 1"]');
    await Promise.all([
      expect(frame.getByText("Use two fingers to move the image")).toBeVisible(),
      expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0),
    ]);
    expect(await view()).toEqual(before);

    // While the page still glides, a touch stops it and is nobody else's.
    await page.evaluate(async () => {
      for (let still = 0, last = -1; still < 20; last = scrollY) {
        await new Promise(requestAnimationFrame);
        still = scrollY === last ? still + 1 : 0;
      }
      scrollTo(0, 0);
      for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame);
    });
    // Out of sight a frame lets go of its graphics; it has to have them back.
    const inside = page.frames().find((each) => each.url().startsWith(viewerUrl))!;
    await expect(frame.locator(".zs-stage")).toHaveAttribute("data-stage", "mounted");
    await inside.evaluate(() => window.zarrscope?.settled());
    await touch("touchStart", [[x - 40, y]]);
    await touch("touchStart", [
      [x - 40, y],
      [x + 40, y],
    ]);
    for (let moved = 10; moved <= 60; moved += 10) {
      await touch("touchMove", [
        [x - 40 - moved, y - moved],
        [x + 40 + moved, y - moved],
      ]);
      // Moves that come within one frame are one: a pinch that is over in a frame is none.
      await inside.evaluate(() => new Promise((seen) => requestAnimationFrame(seen)));
    }
    await touch("touchEnd", []);
    await expect.poll(async () => (await view()).zoom).toBeGreaterThan(before.zoom + 0.5);
    expect((await view()).target[1]).toBeGreaterThan(before.target[1]);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

test("G04 20 viewers on a page, 12 in view, all stay alive", async ({ page, appUrl }) => {
  const lost: string[] = [];
  page.on("console", (message) => {
    if (/too many active webgl contexts|context lost/i.test(message.text())) {
      lost.push(message.text());
    }
  });
  await page.setViewportSize({ width: 1000, height: 600 });
  const viewerUrl = named(appUrl, "viewer");
  const src = `${viewerUrl}?source=samples/lifetime.zarr&embed=1&ui=none`;
  const frames = frameTag(src, 'style="width: 240px; height: 200px; border: 0"').repeat(20);
  await openHost(page, stranger, frames, viewerUrl);
  const viewers = () => page.frames().filter((frame) => frame.url().startsWith(viewerUrl));
  await expect.poll(() => viewers().length).toBe(20);
  const stage = (frame: Frame | undefined) =>
    frame?.evaluate(() => document.querySelector<HTMLElement>(".zs-stage")?.dataset.stage);
  const mounted = async () => {
    const all = await Promise.all(viewers().map(stage));
    return all.filter((each) => each === "mounted").length;
  };
  const settle = async (frame: Frame | undefined) => {
    await frame?.waitForFunction(() => "zarrscope" in globalThis);
    return frame?.evaluate(() => window.zarrscope?.settled());
  };
  for (const frame of viewers().slice(0, 12)) {
    expect((await settle(frame))?.tiles.data).toBeGreaterThan(0);
  }
  expect(await mounted()).toBeLessThanOrEqual(16);
  const first = page.locator("iframe").first();
  const picture = await first.screenshot();

  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect.poll(() => stage(viewers()[0]), { timeout: 60_000 }).toBe("released");
  for (const frame of viewers().slice(12)) {
    expect((await settle(frame))?.tiles.data).toBeGreaterThan(0);
  }
  expect(await mounted()).toBeLessThanOrEqual(16);
  await expect(viewers()[0]?.locator(".zs-frame-snapshot") ?? first).toHaveCount(1);

  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => stage(viewers()[0]), { timeout: 60_000 }).toBe("mounted");
  await settle(viewers()[0]);
  const again = decodePng(await first.screenshot());
  expect(again.data).toEqual(decodePng(picture).data);
  expect(lost).toEqual([]);
});

test("the example of the README works as written", async ({ page, appUrl }) => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const section = /## Embed it\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
  const example = /```html\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
  expect(example).toContain("connect(");
  const viewerUrl = named(appUrl, "viewer");
  await openHost(
    page,
    stranger,
    example.replaceAll("https://viewer.example/", viewerUrl),
    viewerUrl,
  );
  await expect(page.locator("output")).toHaveText(/^z 3 at /, { timeout: 30_000 });
});
