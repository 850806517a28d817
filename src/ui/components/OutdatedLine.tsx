import { Button } from "../kit/Button.tsx";
import { useViewer } from "../state/viewer-context.ts";

/** Says that a newer version was put up and that this page cannot go on without it. */
export function OutdatedLine() {
  const isOutdated = useViewer((state) => state.isOutdated);
  const isPrivate = useViewer((state) => state.access !== undefined);
  if (!isOutdated) return null;
  return (
    <div role="alert" className="zs-outdated">
      <div className="zs-notice">
        <p>
          A part of this page could not be loaded: a newer version was put up, or the server does
          not answer.{" "}
          {isPrivate && "After loading the page again the source has to be opened again, too."}
        </p>
        <Button onClick={() => location.reload()}>Load the page again</Button>
      </div>
    </div>
  );
}
