import type { Page } from "@playwright/test";
import { Session } from "../session.ts";
import type { Scenario } from "./scenario.ts";

const playMs = 5_000;
/** The rate that the viewer starts with. */
const fps = 8;

/** A stack that plays: how many of the planes that are due are shown, and what holds up the main thread meanwhile. */
export const playScenario: Scenario = {
  name: "play",
  async measure(context) {
    const { browser, store, addresses, scenario } = context;
    const source = store.url("bench-stack", { scenario });
    const ours = await Session.runOurs(context, source, 1, async (session) => {
      await session.phase("plane", 0);
      return session.measure(() => play(session.page));
    });
    const nothing = await Session.run(browser, store, `${addresses.pages}empty/`, (session) =>
      session.measure(async () => {
        const frames = Math.round((playMs / 1000) * fps);
        await session.call("frames", frames);
        return frames;
      }),
    );
    return [
      {
        step: `${playMs / 1000} s at ${fps} planes a second`,
        planes: ours.ms,
        due: (playMs / 1000) * fps,
        requests: ours.requests.length,
        blockedMs: ours.blockedMs,
        "blockedMs of an empty page": nothing.blockedMs,
      },
    ];
  },
};

/** Plays along z for a while, and answers with how many planes it went on. */
async function play(page: Page): Promise<number> {
  const z = () =>
    page.evaluate(() => {
      const { zarrscope } = globalThis as { zarrscope?: { getState(): { selection: object } } };
      return Number(Reflect.get(zarrscope?.getState().selection ?? {}, "z"));
    });
  const before = await z();
  await page.getByRole("button", { name: "Play Z" }).click();
  await page.waitForTimeout(playMs);
  await page.getByRole("button", { name: "Pause Z" }).click();
  return (await z()) - before;
}
