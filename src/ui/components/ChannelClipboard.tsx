import { useState } from "react";
import { Button } from "../kit/Button.tsx";
import { channelFromText, channelToText } from "../state/channel-clipboard.ts";
import { useViewerActions } from "../state/viewer-context.ts";
import type { ChannelSettings } from "../state/viewer-state.ts";

type Note = { readonly text: string; readonly isError: boolean };

/** Copies a channel's settings as JSON, and takes those of another one from the clipboard. */
export function ChannelClipboard({ channel }: { channel: ChannelSettings }) {
  const { setChannel } = useViewerActions();
  const [note, setNote] = useState<Note>();
  const [asksForText, setAsksForText] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(channelToText(channel));
      setNote({ text: "Copied as JSON.", isError: false });
    } catch {
      setNote({ text: "The browser does not let this page write the clipboard.", isError: true });
    }
  }

  function take(text: string) {
    const result = channelFromText(text);
    if ("problem" in result) {
      setNote({ text: result.problem, isError: true });
      return;
    }
    setChannel(channel.index, result.change);
    setAsksForText(false);
    setNote({ text: "Pasted.", isError: false });
  }

  async function paste() {
    try {
      take(await navigator.clipboard.readText());
    } catch {
      // Not every browser gives pages the clipboard, but all let people paste into a field.
      setAsksForText(true);
    }
  }

  return (
    <>
      <div className="zs-channel-buttons">
        <Button onClick={() => void copy()}>Copy settings</Button>
        <Button onClick={() => void paste()}>Paste settings</Button>
      </div>
      {asksForText && (
        <input
          className="zs-text-input zs-paste"
          aria-label="Settings to paste"
          placeholder="Paste here"
          value=""
          // biome-ignore lint/a11y/noAutofocus: it stands where the button was pressed that asked for it
          autoFocus
          onChange={(event) => take(event.currentTarget.value)}
        />
      )}
      <p className="zs-settings-note" role="status" data-error={note?.isError || undefined}>
        {note?.text}
      </p>
    </>
  );
}
