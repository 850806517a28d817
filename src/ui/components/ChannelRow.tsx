import { Eye, EyeOff } from "lucide-react";
import { memo } from "react";
import { formatValue } from "../format/format-number.ts";
import { windowStep } from "../format/window-scale.ts";
import { NumberField } from "../kit/NumberField.tsx";
import { Popover } from "../kit/Popover.tsx";
import { RangeSlider } from "../kit/RangeSlider.tsx";
import { Toggle } from "../kit/Toggle.tsx";
import { Tooltip } from "../kit/Tooltip.tsx";
import { useViewerActions, useViewerStore } from "../state/viewer-context.ts";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { ColorPicker } from "./ColorPicker.tsx";
import { soloChannel } from "./run-command.ts";

type ChannelRowProps = {
  channel: ChannelSettings;
  /** The image holds whole numbers. */
  isInteger: boolean;
};

const noWindow = { start: 0, end: 1, min: 0, max: 1 };

/** One channel: shown or not, colour, name, display limits. */
export const ChannelRow = memo(function ChannelRow({ channel, isInteger }: ChannelRowProps) {
  const actions = useViewerActions();
  const store = useViewerStore();
  const { index, label, visible, color, inverted } = channel;
  const name = label === "" ? `Channel ${index + 1}` : label;
  const limits = channel.window ?? noWindow;
  const isKnown = channel.window !== undefined;
  const step = windowStep(limits.start, limits.end, isInteger);

  function setLimits(change: { start?: number; end?: number }) {
    const next = { ...limits, ...change };
    if (next.start < next.end) actions.setChannel(index, { window: next });
  }

  return (
    <li className="zs-channel" data-hidden={!visible || undefined}>
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
          label={`Colour of ${name}`}
          beside=".zs-panel"
          trigger={
            <button
              type="button"
              className="zs-icon-button"
              aria-label={`Colour of ${name}: ${color}`}
            >
              <span
                className="zs-swatch"
                data-inverted={inverted || undefined}
                style={{ background: `#${color}` }}
              />
            </button>
          }
        >
          <ColorPicker
            color={color}
            inverted={inverted}
            onColor={(next) => actions.setChannel(index, { color: next })}
            onInverted={(next) => actions.setChannel(index, { inverted: next })}
          />
        </Popover>
        <bdi className="zs-channel-name" title={name}>
          {name}
        </bdi>
        <Tooltip text="Contrast from what is on screen">
          <button
            type="button"
            className="zs-button"
            data-variant="quiet"
            aria-label={`Auto contrast of ${name}`}
            onClick={() => actions.autoContrast(index)}
          >
            Auto
          </button>
        </Tooltip>
      </div>
      <div className="zs-channel-limits">
        <NumberField
          label={`${name}, start`}
          value={channel.window?.start}
          format={formatValue}
          step={step}
          disabled={!isKnown}
          onCommit={(start) => setLimits({ start })}
        />
        {isKnown ? (
          <RangeSlider
            label={`Display limits of ${name}`}
            range={limits}
            min={limits.min}
            max={limits.max}
            isInteger={isInteger}
            color={`#${color}`}
            formatValue={formatValue}
            onChange={setLimits}
          />
        ) : (
          <div className="zs-slider-waiting" />
        )}
        <NumberField
          label={`${name}, end`}
          value={channel.window?.end}
          format={formatValue}
          step={step}
          disabled={!isKnown}
          onCommit={(end) => setLimits({ end })}
        />
      </div>
    </li>
  );
});
