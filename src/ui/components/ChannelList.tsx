import { Wand2 } from "lucide-react";
import { useState } from "react";
import type { DataType } from "../../zarr/array/data-type.ts";
import { Button } from "../kit/Button.tsx";
import { IconButton } from "../kit/IconButton.tsx";
import { Section } from "../kit/Section.tsx";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { ChannelRow } from "./ChannelRow.tsx";

/** Rows put into the page at once; an image may have a thousand channels. */
const pageOfRows = 24;

function isIntegerType(dataType: DataType): boolean {
  return !dataType.startsWith("float");
}

/** The channels of the open image. */
export function ChannelList() {
  const channels = useViewer((state) => state.channels);
  const dataType = useViewer(({ source }) =>
    source.status === "open" ? source.image.dataType : undefined,
  );
  const [rows, setRows] = useState(pageOfRows);
  const actions = useViewerActions();
  const store = useViewerStore();
  const hidden = channels.length - rows;
  if (dataType === undefined) return null;

  function autoAll() {
    for (const { index, visible } of store.getState().channels)
      if (visible) actions.autoContrast(index);
  }

  return (
    <Section
      title="Channels"
      count={channels.length}
      defaultOpen
      actions={
        <IconButton label="Auto contrast of all visible channels" shortcut="C" onClick={autoAll}>
          <Wand2 size={14} aria-hidden />
        </IconButton>
      }
    >
      <ul className="zs-channels">
        {channels.slice(0, rows).map((channel) => (
          <ChannelRow key={channel.index} channel={channel} isInteger={isIntegerType(dataType)} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button onClick={() => setRows(rows + pageOfRows)}>
          Show {Math.min(hidden, pageOfRows)} more of {channels.length}
        </Button>
      )}
    </Section>
  );
}
