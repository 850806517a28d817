import { Eye, EyeOff } from "lucide-react";
import { memo } from "react";
import { lutTitle } from "../../layers/luts/lut-name.ts";
import { soloChannel } from "../commands/channel-commands.ts";
import { Popover } from "../kit/Popover.tsx";
import { Toggle } from "../kit/Toggle.tsx";
import { Tooltip } from "../kit/Tooltip.tsx";
import { useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { ChannelLimits } from "./ChannelLimits.tsx";
import { ChannelSettingsPanel } from "./ChannelSettingsPanel.tsx";
import { lutGradient, useLuts } from "./use-luts.ts";

type ChannelRowProps = {
  channel: ChannelSettings;
  /** The image holds whole numbers. */
  isInteger: boolean;
  /** Place in the list, from 1, and length of the list; only part of a long one is in the page. */
  place: number;
  count: number;
};

/** The name of a channel, or its number where it has none. */
export function channelName({ index, label }: Pick<ChannelSettings, "index" | "label">): string {
  return label === "" ? `Channel ${index + 1}` : label;
}

/** One channel: shown or not, colour, name; its histogram and limits while it is shown. */
export const ChannelRow = memo(function ChannelRow(props: ChannelRowProps) {
  const { channel, isInteger, place, count } = props;
  const actions = useViewerActions();
  const store = useViewerStore();
  const { index, visible, color, inverted, lut } = channel;
  const name = channelName(channel);
  const table = useLuts(lut !== null)?.get(lut ?? "greys");
  const background = lut !== null && table ? lutGradient(table) : `#${color}`;
  const colorName = lut === null ? color : lutTitle(lut);

  return (
    <li
      className="zs-channel"
      data-channel={index}
      data-hidden={!visible || undefined}
      aria-setsize={count}
      aria-posinset={place}
    >
      <div className="zs-channel-head">
        <Toggle
          label={`Show ${name} (with Shift alone)`}
          pressed={visible}
          onChange={(pressed, shift) => {
            if (shift) soloChannel(store.getState().channels, index, actions);
            else actions.setChannel(index, { visible: pressed });
          }}
        >
          {visible ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
        </Toggle>
        <Popover
          label={`Colours of ${name}`}
          beside=".zs-panel"
          trigger={
            <button
              type="button"
              className="zs-icon-button"
              aria-label={`Colour of ${name}: ${colorName}`}
            >
              <span
                className="zs-swatch"
                data-inverted={inverted || undefined}
                style={{ background }}
              />
            </button>
          }
        >
          <ChannelSettingsPanel channel={channel} name={name} />
        </Popover>
        <bdi className="zs-channel-name" title={name}>
          {name}
        </bdi>
        {visible && (
          <Tooltip text="Contrast from what is on screen; again for more, with Shift from the whole plane">
            <button
              type="button"
              className="zs-button"
              data-variant="quiet"
              aria-label={`Auto contrast of ${name}`}
              onClick={({ shiftKey }) => actions.autoContrast(index, shiftKey ? "plane" : "view")}
            >
              Auto
            </button>
          </Tooltip>
        )}
      </div>
      {visible && (
        <ChannelLimits
          channel={channel}
          name={name}
          isInteger={isInteger}
          background={background}
        />
      )}
    </li>
  );
});
