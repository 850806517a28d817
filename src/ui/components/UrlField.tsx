import { type FormEvent, useState } from "react";
import { useViewer, useViewerActions } from "../state/viewer-context.ts";
import { CopyButton } from "./CopyButton.tsx";

/** The address of what is open, to read, change and copy. After a failure it keeps what was asked for. */
export function UrlField() {
  const actions = useViewerActions();
  const url = useViewer(({ source }) => (source.status === "empty" ? "" : source.url));
  const [edit, setEdit] = useState<{ readonly of: string; readonly text: string }>();
  const text = edit !== undefined && edit.of === url ? edit.text : url;

  function submit(event: FormEvent) {
    event.preventDefault();
    setEdit(undefined);
    if (text.trim() !== "") actions.open(text);
  }

  return (
    <form className="zs-url" aria-label="Open" onSubmit={submit}>
      <input
        className="zs-text-input"
        type="text"
        inputMode="url"
        aria-label="Zarr URL"
        placeholder="Zarr URL"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setEdit({ of: url, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") setEdit(undefined);
        }}
      />
      <CopyButton label="Copy data URL" text={() => url} />
    </form>
  );
}
