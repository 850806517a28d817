import { formatValue } from "../format/format-number.ts";
import { windowStep } from "../format/window-scale.ts";
import { NumberField } from "../kit/NumberField.tsx";
import { useViewerActions } from "../state/viewer-context.ts";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { ChannelHistogram } from "./ChannelHistogram.tsx";

type ChannelLimitsProps = {
  channel: ChannelSettings;
  name: string;
  /** The image holds whole numbers. */
  isInteger: boolean;
  /** CSS background of the channel's colours. */
  background: string;
};

const noWindow = { start: 0, end: 1, min: 0, max: 1 };

/** Histogram and display limits of a channel. */
export function ChannelLimits({ channel, name, isInteger, background }: ChannelLimitsProps) {
  const actions = useViewerActions();
  const { index, window } = channel;
  const limits = window ?? noWindow;
  const step = windowStep(limits.start, limits.end, isInteger);

  function setLimits(change: { start?: number; end?: number }) {
    const next = { ...limits, ...change };
    if (next.start < next.end) actions.setChannel(index, { window: next });
  }

  return (
    <>
      {window === undefined ? (
        <div className="zs-histogram" />
      ) : (
        <ChannelHistogram
          channel={channel}
          window={window}
          label={`Display limits of ${name}`}
          isInteger={isInteger}
          background={background}
          onChange={setLimits}
          onReset={() => actions.importedRange(index)}
        />
      )}
      <div className="zs-channel-limits">
        <NumberField
          label={`${name}, start`}
          value={window?.start}
          format={formatValue}
          step={step}
          disabled={window === undefined}
          onCommit={(start) => setLimits({ start })}
        />
        <NumberField
          label={`${name}, end`}
          value={window?.end}
          format={formatValue}
          step={step}
          disabled={window === undefined}
          onCommit={(end) => setLimits({ end })}
        />
      </div>
    </>
  );
}
