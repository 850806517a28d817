import { Wand2 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { DataType } from "../../zarr/array/data-type.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { Section } from "../kit/Section.tsx";
import { Switch } from "../kit/Switch.tsx";
import { channelsInHand } from "../state/own-contrast.ts";
import { useViewer, useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import { ChannelRow, channelName } from "./ChannelRow.tsx";
import { ElementPart } from "./ElementPart.tsx";
import { shortList, useRowParts } from "./use-row-parts.ts";

function isIntegerType(dataType: DataType): boolean {
  return !dataType.startsWith("float");
}

/** The channels of the open image; a long list can be searched, and only what is in sight of it is in the page. */
export function ChannelList() {
  const channels = useViewer(channelsInHand);
  const greyscale = useViewer((state) => state.greyscale);
  const dataType = useViewer(({ source }) =>
    source.status === "open" ? source.image.dataType : undefined,
  );
  const [search, setSearch] = useState("");
  const actions = useViewerActions();
  const store = useViewerStore();
  const list = useRef<HTMLUListElement>(null);
  const found = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    if (wanted === "") return channels;
    return channels.filter(
      (channel) =>
        channelName(channel).toLocaleLowerCase().includes(wanted) ||
        String(channel.index + 1) === wanted,
    );
  }, [channels, search]);
  const parts = useRowParts(found, list);
  if (dataType === undefined) return null;

  function autoAll(scope: "view" | "plane") {
    for (const { index, visible } of store.getState().channels)
      if (visible) actions.autoContrast(index, scope);
  }

  return (
    <Section
      title="Channels"
      count={channels.length}
      defaultOpen
      actions={
        <IconButton
          label="Auto contrast of all visible channels"
          shortcut="C"
          onClick={({ shiftKey }) => autoAll(shiftKey ? "plane" : "view")}
        >
          <Wand2 size={14} aria-hidden />
        </IconButton>
      }
    >
      <ElementPart />
      {channels.length > shortList && (
        <input
          type="search"
          className="zs-text-input zs-channel-search"
          aria-label="Find channels"
          placeholder={`Find among ${channels.length} channels`}
          value={search}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul ref={list} className="zs-channels">
        {parts.map((part) => {
          if ("gap" in part) {
            return (
              <li
                key={`gap ${part.before}`}
                aria-hidden
                className="zs-channel-spacer"
                style={{ height: part.gap }}
              />
            );
          }
          const channel = found[part.row];
          return (
            channel && (
              <ChannelRow
                key={channel.index}
                channel={channel}
                isInteger={isIntegerType(dataType)}
                place={part.row + 1}
                count={found.length}
              />
            )
          );
        })}
      </ul>
      {found.length === 0 && <p className="zs-settings-note">No channel is called that.</p>}
      {channels.length > 1 && (
        <div className="zs-channels-tools">
          <Switch label="Greyscale" checked={greyscale} onChange={actions.setGreyscale} />
        </div>
      )}
    </Section>
  );
}
