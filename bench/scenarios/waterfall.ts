import type { benchMosaics } from "../../e2e/store/coordinate-images.ts";
import { Session } from "../session.ts";
import { type OpenMarks, watchOpen } from "../watch-open.ts";
import type { Scenario } from "./scenario.ts";

const epochMs = (ms: number) => performance.timeOrigin + ms;

/** Where the time of a warm open goes: when each part was over, counted from the call, and what the main thread spent on it. */
export function waterfallScenario(name: keyof typeof benchMosaics): Scenario {
  return {
    name: `waterfall-${name}`,
    async measure(context) {
      const { store, scenario } = context;
      const source = store.url(name, { scenario });
      const prepare = (session: Session) =>
        session.page.evaluate(() => {
          const { benchOpenMarks: marks } = globalThis as { benchOpenMarks?: OpenMarks };
          for (const mark of Object.keys(marks ?? {})) Reflect.set(marks!, mark, 0);
          marks!.startedMs = performance.timeOrigin + performance.now();
        });
      return Session.runOurs(
        context,
        store.url("bench-small"),
        0.5,
        async (session) => {
          await prepare(session);
          const { ms, requests } = await session.phase("open", source);
          const marks = await session.page.evaluate(
            () => (globalThis as { benchOpenMarks?: OpenMarks }).benchOpenMarks!,
          );
          const since = (atMs: number) => atMs - marks.startedMs;
          // Labels are looked for when the picture is there.
          const metadata = requests.filter(
            ({ key, startMs }) =>
              /(\.z[a-z]+|zarr\.json)$/.test(key) && epochMs(startMs) < marks.firstAskedMs,
          );
          const ends = metadata.map(({ endMs = Number.NaN }) => since(epochMs(endMs)));
          return [
            { step: "the first metadata are there", atMs: Math.min(...ends) },
            { step: "the last metadata are there", atMs: Math.max(...ends), count: ends.length },
            { step: "the first chunk is asked for", atMs: since(marks.firstAskedMs) },
            { step: "the first chunk's body is there", atMs: since(marks.firstBodyMs) },
            { step: "the last one's", atMs: since(marks.lastBodyMs) },
            { step: "decoded", atMs: since(marks.lastDecodedMs) },
            {
              step: "uploaded",
              atMs: since(marks.lastUploadMs),
              count: marks.uploads,
              mainThreadMs: marks.uploadMs,
            },
            { step: "drawn", atMs: ms, count: marks.frames, mainThreadMs: marks.drawMs },
          ];
        },
        watchOpen,
      );
    },
  };
}
