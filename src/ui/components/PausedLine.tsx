import { useEffect, useState } from "react";
import type { PausedOrigin } from "../../zarr/chunks/origin-breakers.ts";
import { hostOf } from "../format/host-of.ts";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

const tickMs = 1_000;

/** Whole seconds until a time of the `performance.now()` clock, counted down. */
function useSecondsUntil(timeMs: number | undefined): number | undefined {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (timeMs === undefined) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, [timeMs]);
  return timeMs === undefined ? undefined : Math.max(0, Math.ceil((timeMs - nowMs) / 1000));
}

const causes = {
  failing: "does not answer.",
  throttled: "has had too many requests, and asks to wait.",
} as const;

function Paused({ origin, cause, nextTryMs }: PausedOrigin) {
  const actions = useViewerActions();
  const seconds = useSecondsUntil(nextTryMs);
  if (cause === "offline") {
    return <p>This computer is offline. Loading goes on by itself when the network is back.</p>;
  }
  return (
    <>
      <p>
        <bdi>{hostOf(origin)}</bdi> {causes[cause]}{" "}
        {/* The countdown is for the eye: a screen reader hears the sentence once. */}
        <span aria-hidden>{seconds ? `Next try in ${seconds} s.` : "Trying again."}</span>
      </p>
      <Button onClick={() => actions.retryFailed()}>Try now</Button>
    </>
  );
}

/** Servers that are not asked for the time being, and when they will be. */
export function PausedLine() {
  const paused = useViewer((state) => state.paused);
  return (
    <div role="status">
      {paused.slice(0, 2).map((each) => (
        <div key={each.origin} className="zs-notice">
          <Paused {...each} />
        </div>
      ))}
    </div>
  );
}
