import { expiredWords } from "../format/expired-words.ts";
import { hostOf } from "../format/host-of.ts";
import { Button } from "../kit/Button.tsx";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { AccessForm } from "./AccessForm.tsx";

/** Access to the open source has ended: what is there stays, and how to go on. */
function AccessEnded({ url }: { url: string }) {
  const actions = useViewerActions();
  const expired = useViewer(({ access }) => expiredWords(access?.expiresMs));
  return (
    <div className="zs-notice zs-trouble">
      <p>
        {expired ?? (
          <>
            Access has ended: <bdi>{hostOf(url)}</bdi> now refuses what it let this page read
            before.
          </>
        )}{" "}
        What is loaded stays; nothing more is asked for.
      </p>
      <Button onClick={() => actions.retryFailed()}>Try again</Button>
      <AccessForm url={url} />
    </div>
  );
}

/** The open source was changed in mid-view: the picture stays what it was, until it is opened anew. */
function Changed() {
  const actions = useViewerActions();
  return (
    <div className="zs-notice zs-trouble">
      <p>
        These data were changed after they were opened. What is new is not shown, so that the
        picture is no mixture.
      </p>
      <Button onClick={() => actions.reloadSource()}>Reload</Button>
    </div>
  );
}

/** What became of the open source: access that has ended, data that were changed. */
export function SourceTrouble() {
  const url = useViewer(({ source }) => (source.status === "open" ? source.url : undefined));
  const accessEnded = useViewer((state) => state.accessEnded);
  const sourceChanged = useViewer((state) => state.sourceChanged);
  return (
    <div role="status">
      {url !== undefined && accessEnded && <AccessEnded url={url} />}
      {url !== undefined && sourceChanged && !accessEnded && <Changed />}
    </div>
  );
}
