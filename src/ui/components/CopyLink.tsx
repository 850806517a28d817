import { Check, Link } from "lucide-react";
import { useState } from "react";
import { accessWords, linkFacts } from "../format/link-words.ts";
import { Popover } from "../kit/Popover.tsx";
import { Switch } from "../kit/Switch.tsx";
import { linkToState } from "../state/link-address.ts";
import { linkOfState } from "../state/link-state.ts";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { type CopyResult, useCopy } from "./use-copy.ts";

/** Copies the link to what is on screen, and shows what is in it. What lets one read private data is in it only if asked for. */
export function CopyLink() {
  const store = useViewerStore();
  const actions = useViewerActions();
  const [isIncluded, setIncluded] = useState(false);
  const text = () => {
    const signed = isIncluded ? actions.linkWithAccess() : undefined;
    return signed ?? linkToState(store.getState(), location.href);
  };
  const [result, copy] = useCopy(text);

  return (
    <>
      <Popover
        label="Link to this view"
        side="bottom"
        trigger={
          <button
            type="button"
            className="zs-icon-button"
            aria-label="Copy link to this view"
            onClick={() => void copy()}
          >
            {result === "copied" ? <Check size={16} aria-hidden /> : <Link size={16} aria-hidden />}
          </button>
        }
        onOpen={() => setIncluded(false)}
      >
        <LinkContents text={text()} isIncluded={isIncluded} onInclude={setIncluded} copy={copy} />
      </Popover>
      <CopyStatus result={result} />
    </>
  );
}

function CopyStatus({ result }: { result: CopyResult }) {
  return (
    <span className="zs-visually-hidden" role="status">
      {result === "copied" && "Copied"}
      {result === "refused" && "The browser did not allow copying"}
    </span>
  );
}

type LinkContentsProps = {
  text: string;
  isIncluded: boolean;
  onInclude: (isIncluded: boolean) => void;
  copy: () => Promise<void>;
};

function LinkContents({ text, isIncluded, onInclude, copy }: LinkContentsProps) {
  const store = useViewerStore();
  const access = useViewer((state) => state.access);
  const state = store.getState();
  return (
    <div className="zs-link-contents">
      <p className="zs-link-head">The link holds</p>
      <dl className="zs-facts">
        {linkFacts(linkOfState(state), state).map(({ name, words }) => (
          <div key={name} className="zs-fact">
            <dt>{name}</dt>
            <dd>
              <bdi>{words}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {access?.kind === "signature" && (
        <Switch label="Include access" checked={isIncluded} onChange={onInclude} />
      )}
      {access && <p className="zs-settings-note">{accessWords(access, isIncluded)}</p>}
      <div className="zs-link-line">
        <input
          className="zs-text-input"
          readOnly
          aria-label="Link"
          // A signature is for the clipboard, and not for whoever looks at the screen.
          value={isIncluded ? "…" : text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="zs-button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
    </div>
  );
}
