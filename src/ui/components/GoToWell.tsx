import { type FormEvent, useId, useState } from "react";
import { findWell } from "../../zarr/plate/find-well.ts";
import { goToWellId } from "../commands/plate-commands.ts";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";

/** A field for the name of a well, as people say it: B3, b03, AF48. */
export function GoToWell() {
  const model = useViewer(({ plate }) => plate?.model);
  const actions = useViewerActions();
  const [text, setText] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const message = useId();
  if (model === undefined) return null;

  function go(event: FormEvent) {
    event.preventDefault();
    if (model === undefined || text.trim() === "") return;
    const found = findWell(model, text);
    setTrouble(found.kind === "none" ? found.reason : undefined);
    if (found.kind === "none") return;
    setText("");
    actions.goOnPlate({ well: found.well.id });
  }

  return (
    <form className="zs-plate-go" onSubmit={go}>
      <label className="zs-plate-line">
        <span>Go to well</span>
        <input
          id={goToWellId}
          className="zs-plate-go-field"
          type="text"
          autoComplete="off"
          spellCheck={false}
          placeholder="B3"
          value={text}
          aria-invalid={trouble !== undefined}
          aria-describedby={message}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTrouble(undefined);
          }}
        />
      </label>
      <p id={message} className="zs-plate-mark" role="status">
        {trouble}
      </p>
    </form>
  );
}
