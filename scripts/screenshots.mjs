// npm run screenshots: pictures of the start page, each sample, each panel, phone and light theme, for the eye and for the README.
// Options: --out <folder> (default .cache/screenshots); --docs also writes the README's into docs/images;
// --only <text> takes those alone whose names begin so.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { chromiumArgs } from "./chromium-args.mjs";
import { findChromium } from "./find-chromium.mjs";
import { encodePng, reduceColors } from "./samples/png.mjs";
import { createStaticServer, listen } from "./static-server.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: join(root, ".cache/screenshots") },
    docs: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const dist = process.env.ZARRSCOPE_DIST ?? join(root, "dist");
const docs = join(root, "docs/images");

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const cells = "samples/cells.zarr";

/** `prepare` is done on the page before the picture; `docs` is the name in docs/images. */
const shots = [
  { name: "start", docs: "start" },
  { name: "viewer", source: cells, hash: "#t=2&z=6" },
  { name: "tissue", source: "samples/tissue.zarr" },
  { name: "tissue-close", source: "samples/tissue.zarr", prepare: closer },
  { name: "plate", source: "samples/plate.zarr", docs: "plate" },
  { name: "plate-well", source: "samples/plate.zarr", well: "C/7" },
  { name: "plate-phone", source: "samples/plate.zarr", context: phone },
  { name: "lifetime", source: "samples/lifetime.zarr" },
  {
    name: "damaged",
    source: "samples/damaged.zarr",
    prepare: fold("Channels", "Problems"),
    docs: "damaged",
  },
  { name: "panel-image", source: cells, prepare: fold("Image") },
  { name: "phone-start", context: phone },
  { name: "phone", source: cells, context: phone, docs: "phone" },
  { name: "phone-channels", source: cells, context: phone, prepare: tab("Channels") },
  { name: "phone-info", source: cells, context: phone, prepare: tab("Info") },
  { name: "light", source: cells, prepare: light },
  { name: "light-start", prepare: light },
];

function fold(...titles) {
  return async (page) => {
    for (const title of titles) {
      await page.locator("summary", { has: page.getByRole("heading", { name: title }) }).click();
    }
  };
}

function tab(name) {
  return (page) => page.getByRole("tab", { name }).click();
}

async function closer(page) {
  await page.evaluate(async () => {
    const { view } = globalThis.zarrscope.getState();
    const [x, y] = view.target;
    await globalThis.zarrscope.setState({ view: { target: [x + 60, y - 90], zoom: 0.6 } });
  });
}

async function light(page) {
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "light";
  });
}

/** The same picture in 256 colours, which the eye does not miss and the repository is glad of. */
async function smaller(page, picture) {
  const { width, height, base64 } = await page.evaluate(async (source) => {
    const blob = await (await fetch(`data:image/png;base64,${source}`)).blob();
    const bitmap = await createImageBitmap(blob);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = "";
    for (let i = 0; i < data.length; i += 4) {
      text += String.fromCharCode(data[i], data[i + 1], data[i + 2]);
    }
    return { width: bitmap.width, height: bitmap.height, base64: btoa(text) };
  }, picture.toString("base64"));
  await page.close();
  const rgb = new Uint8Array(Buffer.from(base64, "base64"));
  return encodePng({ width, height, ...reduceColors(rgb, 256) });
}

const server = await createStaticServer({ root: dist });
const port = await listen(server, 0);
const executablePath = process.env.ZARRSCOPE_CHROMIUM ?? (await findChromium());
const browser = await chromium.launch({ executablePath, args: chromiumArgs });
await mkdir(options.out, { recursive: true });
if (options.docs) await mkdir(docs, { recursive: true });
for (const { name, source, well, hash = "", context = desktop, prepare, docs: docsName } of shots) {
  if (!name.startsWith(options.only)) continue;
  const page = await browser.newPage(context);
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (source !== undefined) url.searchParams.set("source", source);
  if (well !== undefined) url.searchParams.set("well", well);
  await page.goto(url.href + hash);
  await page.waitForFunction(() => "zarrscope" in globalThis);
  await page.evaluate(() => globalThis.zarrscope.settled());
  await prepare?.(page);
  await page.evaluate(() => globalThis.zarrscope.settled());
  await page.waitForLoadState("networkidle");
  await page.mouse.move(640, 0);
  await page.waitForTimeout(400);
  const paths = [join(options.out, `${name}.png`)];
  if (options.docs && docsName !== undefined) paths.push(join(docs, `${docsName}.png`));
  for (const path of paths) {
    const picture = await page.screenshot();
    const png = await smaller(await browser.newPage(), picture);
    await writeFile(path, png);
    console.log(`${path}  ${Math.round(png.length / 1000)} kB`);
  }
  await page.close();
}
await browser.close();
server.closeAllConnections();
server.close();
