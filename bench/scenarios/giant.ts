import { defineReplay } from "../replay-plan.ts";
import { Session } from "../session.ts";
import type { Scenario } from "./scenario.ts";

/** Pixels of level 0, across and down. */
const [width, height] = [921_600, 380_928];

/** An image of 350 gigapixels: opening it, and its far corner at one pixel per pixel. */
export const giantScenario: Scenario = {
  name: "giant",
  async measure(context) {
    const { browser, store, addresses, scenario } = context;
    const source = store.url("bench-giant", { scenario });
    const small = store.url("bench-small");
    const ours = await Session.runOurs(context, small, 0.25, async (session) => {
      const open = await session.phase("open", source);
      const corner = await session.phase("look", { x: width - 500, y: height - 300, zoom: 0 });
      return [open, corner];
    });
    return Session.run(browser, store, `${addresses.pages}floor/`, async (session) => {
      const rows = [];
      for (const [i, phase] of ours.entries()) {
        const { ms } = await session.phase("open", defineReplay(store, phase.requests));
        rows.push({
          step: ["open", "far corner"][i]!,
          oursMs: phase.ms,
          floorMs: ms,
          requests: phase.requests.length,
          blockedMs: phase.blockedMs,
        });
      }
      return rows;
    });
  },
};
