import { RotateCw, ShieldAlert } from "lucide-react";
import { expiredWords } from "../format/expired-words.ts";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { AccessForm } from "./AccessForm.tsx";
import { FailureCard } from "./FailureCard.tsx";

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
    <FailureCard
      failure={failure}
      url={url}
      note={mayNeedAccess.has(failure.code) ? expired : undefined}
      form={mayNeedAccess.has(failure.code) && <AccessForm url={url} />}
    >
      <Button variant="primary" onClick={() => actions.open(url, series)}>
        <RotateCw size={14} aria-hidden /> Try again
      </Button>
      {failure.mayOpenAnyway && (
        <Button onClick={() => actions.openAnyway()}>
          <ShieldAlert size={14} aria-hidden /> Open anyway
        </Button>
      )}
      <Button variant="quiet" onClick={() => actions.close()}>
        Start page
      </Button>
    </FailureCard>
  );
}
