import { CircleX, RotateCw } from "lucide-react";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** Why nothing can be shown: what happened, what was tried, what to do, try again. */
export function FailureView() {
  const source = useViewer((state) => state.source);
  const actions = useViewerActions();
  if (source.status !== "failed") return null;
  const { url, failure } = source;
  return (
    <div className="zs-cover">
      <section className="zs-failure" role="alert">
        <CircleX size={24} aria-hidden className="zs-failure-icon" />
        <h1>{failure.title}</h1>
        <p className="zs-failure-action">{failure.action}</p>
        <p className="zs-failure-detail">
          <bdi>{failure.detail}</bdi>
        </p>
        <div className="zs-failure-buttons">
          <Button variant="primary" onClick={() => actions.open(url)}>
            <RotateCw size={14} aria-hidden /> Try again
          </Button>
          <Button variant="quiet" onClick={() => actions.close()}>
            Start page
          </Button>
          <code className="zs-failure-code">{failure.code}</code>
        </div>
      </section>
    </div>
  );
}
