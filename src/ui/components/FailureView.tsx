import { CircleX, RotateCw } from "lucide-react";
import { expiredWords } from "../format/expired-words.ts";
import { failureReport } from "../format/failure-report.ts";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { AccessForm } from "./AccessForm.tsx";
import { CopyText } from "./CopyText.tsx";

/** Failures behind which a missing token may stand: servers often refuse without the header that lets a page see the refusal. */
const mayNeedAccess: ReadonlySet<string> = new Set(["ZS-DENIED", "ZS-CORS"]);

/** Why nothing can be shown: what happened, what was tried, what to do, try again. */
export function FailureView() {
  const source = useViewer((state) => state.source);
  const actions = useViewerActions();
  const expired = useViewer(({ access }) => expiredWords(access?.expiresMs));
  if (source.status !== "failed") return null;
  const { url, series, failure } = source;
  return (
    <div className="zs-cover">
      <section className="zs-failure" role="alert">
        <CircleX size={24} aria-hidden className="zs-failure-icon" />
        <h1>{failure.title}</h1>
        {expired !== undefined && mayNeedAccess.has(failure.code) && (
          <p className="zs-failure-action">{expired}</p>
        )}
        <p className="zs-failure-action">{failure.action}</p>
        <p className="zs-failure-detail">
          <bdi>{failure.detail}</bdi>
        </p>
        {failure.fix && <pre className="zs-failure-fix">{failure.fix.text}</pre>}
        {mayNeedAccess.has(failure.code) && <AccessForm url={url} />}
        <div className="zs-failure-buttons">
          <Button variant="primary" onClick={() => actions.open(url, series)}>
            <RotateCw size={14} aria-hidden /> Try again
          </Button>
          <Button variant="quiet" onClick={() => actions.close()}>
            Start page
          </Button>
          {failure.fix && (
            <CopyText label={failure.fix.label} text={() => failure.fix?.text ?? ""} />
          )}
          <CopyText label="Copy report" text={() => failureReport(failure, url)} />
          <code className="zs-failure-code">{failure.code}</code>
        </div>
      </section>
    </div>
  );
}
