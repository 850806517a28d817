import { useId, useMemo, useRef } from "react";
import type { ChannelWindow } from "../../zarr/image/image-model.ts";
import { formatValue } from "../format/format-number.ts";
import {
  histogramColumns,
  histogramHeight,
  histogramPath,
  rampPath,
} from "../format/histogram-path.ts";
import { windowScale } from "../format/window-scale.ts";
import { type Range, RangeSlider } from "../kit/RangeSlider.tsx";
import type { ChannelSettings } from "../state/viewer-state.ts";
import { useHistogram } from "./use-histogram.ts";

type ChannelHistogramProps = {
  channel: ChannelSettings;
  window: ChannelWindow;
  /** Accessible name of the slider. */
  label: string;
  isInteger: boolean;
  /** CSS background of the window. */
  background: string;
  onChange: (range: Range) => void;
  /** Double-click. */
  onReset: () => void;
};

/** A channel's histogram (logarithmic) with the two limits of its window as handles on it; double-click resets the window. */
export function ChannelHistogram(props: ChannelHistogramProps) {
  const { channel, window, label, isInteger, background, onChange, onReset } = props;
  const { index, gamma, inverted } = channel;
  const { min, max } = window;
  const box = useRef<HTMLDivElement>(null);
  const statistics = useHistogram(index, box);
  const clip = useId();
  const scale = useMemo(() => windowScale(min, max, isInteger), [min, max, isInteger]);
  const path = useMemo(
    () => (statistics ? histogramPath(statistics, scale, { min, max }) : ""),
    [statistics, scale, min, max],
  );
  const from = scale.positionOf(window.start) * histogramColumns;
  const to = scale.positionOf(window.end) * histogramColumns;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the same is a button in the channel's settings
    <div ref={box} className="zs-histogram" onDoubleClick={onReset}>
      <svg
        viewBox={`0 0 ${histogramColumns} ${histogramHeight}`}
        preserveAspectRatio="none"
        aria-hidden
        data-bins={path === "" ? 0 : histogramColumns}
      >
        <clipPath id={clip}>
          <rect x={from} y={0} width={Math.max(0, to - from)} height={histogramHeight} />
        </clipPath>
        <path className="zs-histogram-bars" d={path} />
        <path className="zs-histogram-inside" d={path} clipPath={`url(#${clip})`} />
        <path className="zs-histogram-ramp" d={rampPath(window, scale, { gamma, inverted })} />
      </svg>
      <RangeSlider
        label={label}
        range={window}
        min={min}
        max={max}
        isInteger={isInteger}
        color={background}
        formatValue={formatValue}
        onChange={onChange}
      />
    </div>
  );
}
