import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import { benchImages, benchMosaics } from "../e2e/store/coordinate-images.ts";
import { coordinatePlates } from "../e2e/store/coordinate-plates.ts";
import { startStore, type TestStore } from "../e2e/store/test-store.ts";
import { benchArgs } from "../scripts/chromium-args.mjs";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import { throughHttp2 } from "./http2-front.ts";
import { type Run, readShownView, runPage, type ShownView } from "./lanes.ts";
import { describeMachine, type Machine, machineLine } from "./machine.ts";
import { benchPlate, benchPlates } from "./plate.ts";
import { defineReplay } from "./replay-plan.ts";
import { formatReport } from "./report.ts";
import { giantScenario } from "./scenarios/giant.ts";
import { mosaicScenario } from "./scenarios/mosaic.ts";
import { playScenario } from "./scenarios/play.ts";
import { markdownTable, runScenario } from "./scenarios/run-scenario.ts";
import type { Scenario, ScenarioRow } from "./scenarios/scenario.ts";
import { stackScenario } from "./scenarios/stack.ts";
import { waterfallScenario } from "./scenarios/waterfall.ts";

/** Warm: all code is there, and time runs from the call. */
const warmScenarios: readonly Scenario[] = [
  mosaicScenario("mosaic-v2"),
  mosaicScenario("mosaic-v3-sharded"),
  stackScenario,
  playScenario,
  giantScenario,
  waterfallScenario("mosaic-v2"),
  waterfallScenario("mosaic-v3-sharded"),
];

const results = fileURLToPath(new URL("../.cache/bench.json", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const pages = fileURLToPath(new URL("../dist-bench", import.meta.url));

/** Where the view of the other lanes comes from if our own could not be measured: the image fitted into 1280 × 800. */
const fittedView: ShownView = { width: 1280, height: 800, zoom: Math.log2(800 / 8192) };

type Lane = { readonly name: string; readonly runs: Run[]; failure?: string };

/** Measures the three lanes of one image in turns, so that a busy moment of the machine meets all of them. */
async function measureImage(
  browser: Browser,
  store: TestStore,
  addresses: { readonly app: string; readonly pages: string },
  name: keyof typeof benchMosaics,
  { runs, screenshots }: { readonly runs: number; readonly screenshots: string | undefined },
): Promise<Lane[]> {
  const source = store.url(name, { scenario: "distant" });
  const worldPerPixel = benchMosaics[name].scale.at(-1)!;
  const lanes: Lane[] = ["zarrscope", "viv", "floor"].map((lane) => ({ name: lane, runs: [] }));
  const [ours, viv, floor] = lanes as [Lane, Lane, Lane];
  let shown = fittedView;

  const picture = async (page: Page, lane: string) => {
    if (screenshots !== undefined)
      await page.screenshot({ path: `${screenshots}/${name}-${lane}.png` });
  };
  const attempt = async (lane: Lane, isWarmUp: boolean, run: () => Promise<Run>) => {
    if (lane.failure !== undefined) return;
    try {
      const measured = await run();
      if (!isWarmUp) lane.runs.push(measured);
    } catch (error) {
      lane.failure = String(error).split("\n")[0] ?? "";
      lane.runs.length = 0;
    }
  };
  for (let i = 0; i <= runs; i++) {
    const isWarmUp = i === 0;
    await attempt(ours, isWarmUp, async () => {
      const url = `${addresses.app}?source=${encodeURIComponent(source)}`;
      const { run, inspected } = await runPage(browser, store, url, {
        isOurs: true,
        inspect: async (page) => {
          await picture(page, "zarrscope");
          return readShownView(page, worldPerPixel);
        },
      });
      shown = inspected;
      // The floor replays the fastest run so far: the less the app dawdled, the truer the order is to what it needs.
      if (isWarmUp || run.finalMs < Math.min(...ours.runs.map(({ finalMs }) => finalMs))) {
        defineReplay(store, store.log());
      }
      return run;
    });
    await attempt(viv, isWarmUp, async () => {
      const view = `&width=${shown.width}&height=${shown.height}&zoom=${shown.zoom}`;
      const url = `${addresses.pages}viv/?source=${encodeURIComponent(source)}${view}`;
      const inspect = (page: Page) => picture(page, "viv");
      return (await runPage(browser, store, url, { isOurs: false, inspect })).run;
    });
    if (ours.failure !== undefined)
      floor.failure = "there is no recorded run of zarrscope to replay";
    await attempt(floor, isWarmUp, async () => {
      const url = `${addresses.pages}floor/?plan=${encodeURIComponent(`${store.url("plan")}/plan.json`)}`;
      const { run } = await runPage(browser, store, url, {
        isOurs: false,
        inspect: async () => {},
      });
      return { ...run, requests: run.requests - 1 }; // the plan itself
    });
  }
  return lanes;
}

/**
 * Runs the benchmark and prints it. Needs dist/ and dist-bench/; ZARRSCOPE_CHROMIUM names the browser, and
 * ZARRSCOPE_CHROMIUM_ARGS the flags that it draws with.
 */
export async function runBench({
  runs,
  latenciesMs,
  screenshots,
  only = "",
  http2 = false,
}: {
  runs: number;
  latenciesMs: readonly number[];
  /** Folder for the pictures of the cold lanes; none are taken without it. */
  screenshots?: string;
  /** Scenarios whose names begin so; all without it. */
  only?: string;
  /** The warm lanes by HTTP/2 as well, through nginx. */
  http2?: boolean;
}): Promise<void> {
  if (!existsSync(dist) || !existsSync(pages)) throw new Error("dist/ or dist-bench/ is missing.");
  const executablePath = process.env.ZARRSCOPE_CHROMIUM;
  const store = await startStore({ origins: 1 });
  for (const [name, image] of Object.entries({ ...benchMosaics, ...benchImages })) {
    store.defineVirtual(name, image);
  }
  store.definePlate("plate-384", coordinatePlates["plate-384-v2"]);
  store.definePlate("plate-1536", coordinatePlates["plate-1536-v3"]);
  const appServer = await createStaticServer({ root: dist });
  const pageServer = await createStaticServer({ root: pages, policyOn: "nothing" });
  const addresses = {
    app: `http://127.0.0.1:${await listen(appServer, 0)}/`,
    pages: `http://127.0.0.1:${await listen(pageServer, 0)}/`,
  };
  const browser = await chromium.launch({
    // The certificate of the front by HTTP/2 is signed by nobody.
    args: [...benchArgs(), ...(http2 ? ["--ignore-certificate-errors"] : [])],
    ...(executablePath ? { executablePath } : {}),
  });
  const front = http2 ? await throughHttp2(store) : undefined;
  const ways = [{ name: "", store }, ...(front ? [{ name: ", HTTP/2", store: front.store }] : [])];
  const tables: {
    readonly scenario: string;
    readonly latencyMs: number;
    readonly rows: readonly ScenarioRow[];
  }[] = [];
  let machine: Machine | undefined;
  try {
    machine = await describeMachine(browser);
    console.log(`1280 × 800, medians of ${runs}; ${machineLine(machine)}\n`);
    for (const latencyMs of latenciesMs) {
      store.setScenario("distant", { latencyMs });
      for (const scenario of warmScenarios) {
        if (!scenario.name.startsWith(only)) continue;
        for (const way of ways) {
          const context = { browser, store: way.store, addresses, scenario: "distant" };
          const rows = await runScenario(scenario, context, runs);
          tables.push({ scenario: `${scenario.name}${way.name}`, latencyMs, rows });
          console.log(markdownTable(`${scenario.name}, ${latencyMs} ms${way.name}`, rows));
        }
      }
      for (const name of Object.keys(benchMosaics) as (keyof typeof benchMosaics)[]) {
        if (!`cold-${name}`.startsWith(only)) continue;
        const lanes = await measureImage(browser, store, addresses, name, { runs, screenshots });
        console.log(formatReport(`cold, ${name}, ${latencyMs} ms`, lanes));
      }
    }
    const imageUrl = store.url("mosaic-v2", { scenario: "distant" });
    for (const plate of Object.keys(benchPlates) as (keyof typeof benchPlates)[]) {
      if (!plate.startsWith(only)) continue;
      store.setScenario("distant", { latencyMs: 30 });
      const report = benchPlate(browser, store, addresses, plate, { runs, imageUrl });
      console.log(await report.catch((error) => `${plate}      not measured: ${String(error)}`));
    }
  } finally {
    mkdirSync(dirname(results), { recursive: true });
    writeFileSync(results, `${JSON.stringify({ machine, runs, tables }, undefined, 2)}\n`);
    await browser.close();
    await front?.stop();
    await store.close();
    for (const server of [appServer, pageServer]) {
      server.closeAllConnections();
      server.close();
    }
  }
}
