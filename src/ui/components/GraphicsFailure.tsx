import { RotateCw } from "lucide-react";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { FailureCard } from "./FailureCard.tsx";

/** Why there is no picture though an image is open: no WebGL2, or a graphics context that was lost for good. */
export function GraphicsFailure() {
  const failure = useViewer((state) => state.graphicsFailure);
  const source = useViewer((state) => state.source);
  const actions = useViewerActions();
  // What could not be opened is the first thing to say.
  if (failure === undefined || source.status === "empty" || source.status === "failed") return null;
  return (
    <FailureCard failure={failure} url={source.url}>
      <Button variant="primary" onClick={() => actions.redraw()}>
        <RotateCw size={14} aria-hidden /> Draw again
      </Button>
      <Button variant="quiet" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </FailureCard>
  );
}
