import type { benchMosaics } from "../../e2e/store/coordinate-images.ts";
import type { BenchView } from "../lane-result.ts";
import { defineReplay } from "../replay-plan.ts";
import { bytesOf, type Phase, Session } from "../session.ts";
import type { Scenario, ScenarioRow } from "./scenario.ts";

const mosaicPixels = 8192;
/** µm per pixel of level 0, as the mosaics state it. */
const worldPerPixel = 0.5;
const centre = mosaicPixels / 2;

/** After the whole image: one pixel per pixel in the middle, then half a window to the side. */
const looks: readonly (readonly [name: string, view: BenchView])[] = [
  ["zoom", { x: centre + 100, y: centre + 60, zoom: 0 }],
  ["pan", { x: centre + 740, y: centre + 60, zoom: 0 }],
];

/** Opens a mosaic with all code there, zooms in and moves on; Viv does the same, and the floor fetches what we fetched. */
export function mosaicScenario(name: keyof typeof benchMosaics): Scenario {
  return {
    name,
    async measure(context) {
      const { browser, store, addresses, scenario } = context;
      const source = store.url(name, { scenario });
      const small = store.url("bench-small");
      const ours = await Session.runOurs(context, small, worldPerPixel, (session) =>
        phasesOf(session, source),
      );
      const zoom = Math.log2(800 / mosaicPixels);
      const viv = await Session.run(
        browser,
        store,
        `${addresses.pages}viv/?width=1280&height=800&zoom=${zoom}`,
        async (session) => {
          await session.phase("open", small);
          return phasesOf(session, source);
        },
      );
      const floor = await Session.run(
        browser,
        store,
        `${addresses.pages}floor/`,
        async (session) => {
          const phases: Phase[] = [];
          for (const phase of ours) {
            phases.push(await session.phase("open", defineReplay(store, phase.requests)));
          }
          return phases;
        },
      );
      return ["open", ...looks.map(([look]) => look)].map((step, i) =>
        rowOf(step, ours[i]!, viv[i]!, floor[i]!),
      );
    },
  };
}

async function phasesOf(session: Session, source: string): Promise<Phase[]> {
  const phases = [await session.phase("open", source)];
  for (const [, view] of looks) phases.push(await session.phase("look", view));
  return phases;
}

function rowOf(step: string, ours: Phase, viv: Phase, floor: Phase): ScenarioRow {
  return {
    step,
    oursMs: ours.ms,
    vivMs: viv.ms,
    floorMs: floor.ms,
    requests: ours.requests.length,
    megabytes: bytesOf(ours.requests) / 1e6,
    vivRequests: viv.requests.length,
    vivMegabytes: bytesOf(viv.requests) / 1e6,
    prefetched: ours.prefetched.length,
    blockedMs: ours.blockedMs,
    vivBlockedMs: viv.blockedMs,
  };
}
