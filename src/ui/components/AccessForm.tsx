import { type FormEvent, useId, useState } from "react";
import { Button } from "../kit/Button.tsx";
import { useViewerActions } from "../state/viewer-context.ts";

/** A field for a token or a signature, for an address that answers nobody without one. */
export function AccessForm({ url }: { url: string }) {
  const actions = useViewerActions();
  const [text, setText] = useState("");
  const [isRefused, setRefused] = useState(false);
  const hint = useId();
  const { origin } = new URL(url);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "") return;
    const isUsed = actions.useAccess(text);
    setRefused(!isUsed);
    if (isUsed) setText("");
  }

  return (
    <form className="zs-access" onSubmit={submit}>
      <input
        className="zs-text-input"
        // Not to be read over a shoulder; and no password manager is meant.
        type="password"
        autoComplete="off"
        aria-label="Token or signature"
        aria-describedby={hint}
        aria-invalid={isRefused}
        placeholder="Bearer token, or ?sv=…&sig=…"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit">Use</Button>
      <p id={hint} className="zs-settings-note" role={isRefused ? "alert" : undefined}>
        {isRefused
          ? "This is neither a token nor a signature."
          : `Kept in memory until this page is left, and sent to ${origin} alone.`}
      </p>
    </form>
  );
}
