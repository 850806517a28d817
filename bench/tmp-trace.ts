import { chromium } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { startStore } from "../e2e/store/test-store.ts";
import { benchImages, benchMosaics } from "../e2e/store/coordinate-images.ts";
import { benchArgs } from "../scripts/chromium-args.mjs";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import { Session } from "./session.ts";
import { writeFileSync } from "node:fs";

function logAll() {
  const log: [number, string, number?][] = [];
  Object.assign(globalThis, { zlog: log });
  const now = () => performance.now();
  const raf = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (f) => { if (what(f)) log.push([now(), `request ${new Error().stack!.split("\n").slice(2,7).map((l) => l.trim().replace(/http.*assets./,"")).join(" | ")}`]); return raf.call(globalThis, (t) => { const s = now(); f(t); log.push([s, `raf(${(s - t).toFixed(0)} late) ${f.name}`, now() - s]); }); };
  const what = (f: unknown) => true;
  const gl = WebGL2RenderingContext.prototype as unknown as Record<string, (...a: unknown[]) => unknown>;
  for (const name of ["texSubImage3D","drawArraysInstanced","fenceSync","getError","getProgramParameter","getUniformLocation","getParameter","texStorage3D","linkProgram","clear","finish","readPixels","useProgram","bufferData","checkFramebufferStatus","getExtension","getSyncParameter","flush","clientWaitSync","deleteSync","isContextLost","texParameteri","bindTexture","uniform1i","useProgram","pixelStorei","viewport"]) {
    const old = gl[name]!;
    gl[name] = function (...a) { const s = now(); const r = Reflect.apply(old, this, a); const d = now() - s; if (d > 3 || ["texSubImage3D","drawArraysInstanced","fenceSync"].includes(name)) log.push([s, name, d]); return r; };
  }
  globalThis.Worker = class extends Worker {
    constructor(...g: ConstructorParameters<typeof Worker>) { super(...g); this.addEventListener("message", ({ data }) => { const k = data?.event?.kind; log.push([now(), `< ${k ?? data?.type}`]); }); }
    override postMessage(m: unknown, t?: unknown) { log.push([now(), `> ${Reflect.get(Object(m), "type")}`]); super.postMessage(m, t as Transferable[]); }
  } as typeof Worker;
  new PerformanceObserver((l) => { for (const e of l.getEntries()) log.push([e.startTime, "LONG TASK", e.duration]); }).observe({ entryTypes: ["longtask"] });
  const wrapGet = (proto: object, key: string) => { const d = Object.getOwnPropertyDescriptor(proto, key)!; Object.defineProperty(proto, key, { ...d, ...(d.get ? { get() { const s = now(); const r = d.get!.call(this); if (now() - s > 3) log.push([s, `get ${key}`, now() - s]); return r; } } : {}), ...(d.set ? { set(v) { const s = now(); d.set!.call(this, v); if (now() - s > 3) log.push([s, `set ${key}`, now() - s]); } } : {}) }); };
  wrapGet(Element.prototype, "clientWidth"); wrapGet(Element.prototype, "clientHeight"); wrapGet(HTMLCanvasElement.prototype, "width"); wrapGet(HTMLCanvasElement.prototype, "height");
  for (const [proto, name] of [[CanvasRenderingContext2D.prototype, "putImageData"], [HTMLCanvasElement.prototype, "getContext"], [Element.prototype, "getBoundingClientRect"]] as const) { const old = (proto as never as Record<string, (...a: unknown[]) => unknown>)[name]!; (proto as never as Record<string, unknown>)[name] = function (...a: unknown[]) { const s = now(); const r = Reflect.apply(old, this, a); if (now() - s > 3) log.push([s, name, now() - s]); return r; }; }
  { const P = ImageBitmapRenderingContext.prototype as never as Record<string, (...a: unknown[]) => unknown>; const old = P.transferFromImageBitmap!; P.transferFromImageBitmap = function (...a) { const s = now(); const r = Reflect.apply(old, this, a); log.push([s, "transferFromImageBitmap", now() - s]); return r; }; const c = globalThis.createImageBitmap as never as (...a: unknown[]) => Promise<unknown>; (globalThis as never as Record<string, unknown>).createImageBitmap = async (...a: unknown[]) => { const s = now(); const q = c.apply(globalThis, a); log.push([s, "createImageBitmap", now() - s]); return q; }; }
  const f = globalThis.fetch;
  globalThis.fetch = async (...a) => { const s = now(); const u = String(a[0]).slice(-30); log.push([s, `fetch ${u}`]); const r = await f(...a); log.push([now(), `head ${u}`, now() - s]); return r; };
}
export async function main() {
  const store = await startStore({ origins: 1 });
  for (const [name, image] of Object.entries({ ...benchMosaics, ...benchImages })) store.defineVirtual(name, image as never);
  store.setScenario("distant", { latencyMs: 30 } as never);
  const root = fileURLToPath(new URL("../dist", import.meta.url));
  const server = await createStaticServer({ root } as never);
  const port = await listen(server, 0);
  const browser = await chromium.launch({ executablePath: process.env.ZARRSCOPE_CHROMIUM ?? "/usr/bin/chromium", args: benchArgs() });
  const name = process.env.NAME ?? "mosaic-v2";
  for (let run = 0; run < 2; run++) {
  await Session.runOurs({ browser, store, addresses: { app: `http://127.0.0.1:${port}/`, pages: "" } } as never, store.url("bench-small"), 0.5, async (session) => {
    const client = await session.page.context().newCDPSession(session.page);
    await client.send("Profiler.enable"); await client.send("Profiler.setSamplingInterval", { interval: 500 });
    const phases: [string, () => Promise<{ ms: number; requests: readonly {key:string,startMs:number,endMs?:number|undefined}[] }>][] = [
      ["open", () => session.phase("open", store.url(name as never, { scenario: "distant" }))],
      ["zoom", () => session.phase("look", { x: 4196, y: 4156, zoom: 0 })],
    ];
    for (const [title, act] of phases) {
      await session.page.evaluate(() => { (globalThis as never as { zlog: unknown[] }).zlog.length = 0; });
      const t0 = await session.page.evaluate(() => performance.now());
      const origin = await session.page.evaluate(() => performance.timeOrigin);
      if (run === 1 && process.env.PROF) await client.send("Profiler.start");
      if (run === 1 && process.env.TRACE) await browser.startTracing(session.page, { categories: ["devtools.timeline", "blink", "cc", "toplevel", "viz", "gpu", "disabled-by-default-devtools.timeline"] } as never);
      const { ms, requests } = await act();
      if (run === 1 && process.env.TRACE) writeFileSync(`/tmp/prof/${name}-${title}.trace.json`, await browser.stopTracing());
      if (run === 1 && process.env.PROF) { const { profile } = await client.send("Profiler.stop"); writeFileSync(`/tmp/prof/${name}-${title}.cpuprofile`, JSON.stringify(profile)); }
      if (run === 0) continue;
      const log = await session.page.evaluate(() => (globalThis as never as { zlog: [number, string, number?][] }).zlog);
      console.log(`== ${title} ${ms.toFixed(0)} ms`);
      const nodeOrigin = performance.timeOrigin;
      const rows: [number, string, number?][] = [...log, ...requests.map((r): [number, string, number?] => [r.startMs + nodeOrigin - origin, `SERVER ${r.key}`, (r.endMs ?? 0) - r.startMs])];
      rows.sort((a, b) => a[0] - b[0]);
      for (const [at, what, d] of rows) if (at - t0 < ms + 60 && at >= t0 - 5) console.log(`${(at - t0).toFixed(0).padStart(5)} ${what}${d === undefined ? "" : ` ${d.toFixed(1)}`}`);
    }
  }, logAll);
  }
  await browser.close(); server.close(); await store.close?.();
}
