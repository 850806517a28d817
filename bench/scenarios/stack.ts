import { setTimeout } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { defineReplay } from "../replay-plan.ts";
import { type Phase, Session } from "../session.ts";
import type { Scenario } from "./scenario.ts";

/** Planes that are looked at one after the other. */
const steps = 40;
/** Planes that one drag goes over. */
const flown = 200;

/** The plane whose requests the floor makes: far from those of the drag, of which none may have been fetched before. */
const distant = steps + flown + 50;

/** 1024² in chunks of 256². */
const chunksOfPlane = 16;

/** The plane a chunk's key belongs to: "0/<z>/<y>/<x>" of the stack. */
function planeOf(key: string): number | undefined {
  const [, z] = /^0\/(\d+)\/\d+\/\d+$/.exec(key) ?? [];
  return z === undefined ? undefined : Number(z);
}

/** Planes one by one and back, then one drag over 200: how long each takes, and what was asked for on the way. */
export const stackScenario: Scenario = {
  name: "stack",
  async measure(context) {
    const { browser, store, addresses, scenario } = context;
    const source = store.url("bench-stack", { scenario });
    const ours = await Session.runOurs(context, source, 1, async (session) => {
      const first = await session.phase("plane", distant);
      const stepMs = async (z: number) => session.call("plane", z);
      await session.phase("plane", 0);
      let thereMs = 0;
      for (let z = 1; z < steps; z++) thereMs += await stepMs(z);
      await session.silence();
      store.clearLog();
      let backMs = 0;
      for (let z = steps - 2; z >= 0; z--) backMs += await stepMs(z);
      await session.silence();
      const back = store.log().length;
      await session.phase("plane", steps);
      const fling = await session.measure(async () => {
        await dragPlanes(session.page, steps, steps + flown);
        return session.call("released");
      });
      return { first, thereMs, backMs, back, fling };
    });
    const flownOver = planesOf(ours.fling).filter(({ z }) => z > steps && z < steps + flown);
    const plane = ours.first.requests.filter(({ key }) => planeOf(key) === distant);
    const floorMs = await Session.run(
      browser,
      store,
      `${addresses.pages}floor/`,
      async (session) => (await session.phase("open", defineReplay(store, plane))).ms,
    );
    const nothing = await Session.run(
      browser,
      store,
      `${addresses.pages}empty/`,
      async (session) => (await session.phase("frames", flown)).blockedMs,
    );
    return [
      { step: "a plane", oursMs: ours.thereMs / (steps - 1), floorMs },
      { step: "a plane on the way back", oursMs: ours.backMs / (steps - 1), requests: ours.back },
      {
        step: "fling, the last plane",
        oursMs: ours.fling.ms,
        floorMs,
        "flown over: whole, begun, of": `${flownOver.filter(({ chunks }) => chunks === chunksOfPlane).length}, ${flownOver.length}, ${flown - 1}`,
        blockedMs: ours.fling.blockedMs,
        "blockedMs of an empty page": nothing,
      },
    ];
  },
};

/** Planes of which chunks came in a phase, and how many of each. */
function planesOf({
  requests,
  prefetched,
}: Phase): { readonly z: number; readonly chunks: number }[] {
  const counts = new Map<number, number>();
  for (const { key, aborted, status } of [...requests, ...prefetched]) {
    const z = planeOf(key);
    if (z === undefined || aborted || status !== 200) continue;
    counts.set(z, (counts.get(z) ?? 0) + 1);
  }
  return [...counts].map(([z, chunks]) => ({ z, chunks }));
}

/** Drags the handle of the Z slider from one plane to another: a plane every 16 ms, whether or not the page keeps up, as a hand would. */
async function dragPlanes(page: Page, from: number, to: number): Promise<void> {
  const slider = page.getByRole("slider", { name: "Z", exact: true });
  const root = page.locator(".zs-slider", { has: slider });
  const track = await root.locator(".zs-slider-track").boundingBox();
  const thumb = await root.locator(".zs-slider-thumb").boundingBox();
  if (!track || !thumb) throw new Error("There is no slider.");
  const perPlane = track.width / Number(await slider.getAttribute("max"));
  const y = thumb.y + thumb.height / 2;
  const at = (z: number) => [thumb.x + thumb.width / 2 + (z - from) * perPlane, y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  const moves: Promise<void>[] = [];
  for (let z = from + 1; z <= to; z++) {
    moves.push(page.mouse.move(...at(z)));
    await setTimeout(16);
  }
  await Promise.all(moves);
  await page.mouse.up();
}
