import type { BenchWindow } from "../lane-result.ts";
import { defineReplay } from "../replay-plan.ts";
import { Session } from "../session.ts";
import type { Scenario } from "./scenario.ts";

/** Planes that are looked at one after the other. */
const steps = 40;
/** Planes that one drag flies over. */
const flown = 200;

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
      const first = await session.phase("plane", flown + steps);
      let thereMs = 0;
      for (let z = 1; z < steps; z++) thereMs += (await planeMs(session, z)).ms;
      await session.silence();
      store.clearLog();
      let backMs = 0;
      for (let z = steps - 2; z >= 0; z--) backMs += (await planeMs(session, z)).ms;
      await session.silence();
      const back = store.log().length;
      await session.phase("plane", steps + 1);
      const fling = await session.phase("fling", steps + 1, steps + flown - 1);
      const done = [...fling.requests, ...fling.prefetched].flatMap(({ key, aborted, status }) => {
        const z = planeOf(key);
        return z === undefined || aborted || status !== 200 ? [] : [z];
      });
      const completed = new Set(done.filter((z) => z > steps + 1 && z < steps + flown - 1)).size;
      return { first, thereMs, backMs, back, fling, completed };
    });
    const plane = ours.first.requests.filter(({ key }) => planeOf(key) === flown + steps);
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
      async (session) => (await session.phase("fling", 0, flown)).blockedMs,
    );
    return [
      { step: "a plane", oursMs: ours.thereMs / (steps - 1), floorMs },
      { step: "a plane on the way back", oursMs: ours.backMs / (steps - 1), requests: ours.back },
      {
        step: "fling, the last plane",
        oursMs: ours.fling.ms,
        floorMs,
        "planes completed of those flown over": `${ours.completed} of ${flown - 3}`,
        blockedMs: ours.fling.blockedMs,
        "blockedMs of an empty page": nothing,
      },
    ];
  },
};

/** Without the silence between phases: each plane is asked for as soon as the last is there. */
async function planeMs(session: Session, z: number): Promise<{ readonly ms: number }> {
  const ms = await session.page.evaluate(
    (index) => (globalThis as BenchWindow).benchLane?.plane?.(index),
    z,
  );
  if (ms === undefined) throw new Error("This lane shows no planes.");
  return { ms };
}
