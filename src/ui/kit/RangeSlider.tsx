import { Slider as Base } from "@base-ui/react/slider";
import type { KeyboardEvent } from "react";
import { windowScale, windowStep } from "../format/window-scale.ts";

export type Range = { readonly start: number; readonly end: number };

type RangeSliderProps = {
  /** Accessible name; the thumbs are called "<label>, start" and "<label>, end". */
  label: string;
  range: Range;
  min: number;
  max: number;
  /** Whole numbers only. */
  isInteger: boolean;
  /** CSS colour of the part between the thumbs. */
  color: string;
  formatValue: (value: number) => string;
  onChange: (range: Range) => void;
};

const smallestShare = 1e-6;
const positionStep = 1e-4;

/** Where a key moves one end of the range to; undefined for keys that move nothing. */
function valueAfterKey(
  event: KeyboardEvent,
  value: number,
  step: number,
  first: number,
  last: number,
): number | undefined {
  const byArrow = event.shiftKey ? 10 * step : step;
  switch (event.key) {
    case "ArrowRight":
    case "ArrowUp":
      return value + byArrow;
    case "ArrowLeft":
    case "ArrowDown":
      return value - byArrow;
    case "PageUp":
      return value + 10 * step;
    case "PageDown":
      return value - 10 * step;
    case "Home":
      return first;
    case "End":
      return last;
    default:
      return undefined;
  }
}

/**
 * A slider with two thumbs that never cross. Positions are bent where the range is much wider than its use; keys work in values: arrows move by
 * about 1 % of the range, Page keys and Shift+arrows by 10 %, Home and End go as far as possible.
 */
export function RangeSlider(props: RangeSliderProps) {
  const { label, range, min, max, isInteger, color, formatValue, onChange } = props;
  const scale = windowScale(min, max, isInteger);
  const gap = isInteger ? 1 : (max - min) * smallestShare;
  const ends = [range.start, range.end];
  const limits = [
    [min, range.end - gap],
    [range.start + gap, max],
  ];

  function move(thumb: number, value: number) {
    const [first = min, last = max] = limits[thumb] ?? [];
    if (!Number.isFinite(value) || first > last) return;
    const clamped = Math.max(first, Math.min(last, value));
    onChange(thumb === 0 ? { ...range, start: clamped } : { ...range, end: clamped });
  }

  function handleKey(event: KeyboardEvent, thumb: number) {
    const [first = min, last = max] = limits[thumb] ?? [];
    const step = windowStep(range.start, range.end, isInteger);
    const value = valueAfterKey(event, ends[thumb] ?? min, step, first, last);
    if (value === undefined) return;
    // Prevents Base UI from stepping in positions.
    event.preventDefault();
    move(thumb, Number(value.toPrecision(12)));
  }

  return (
    <Base.Root
      className="zs-slider"
      value={[scale.positionOf(range.start), scale.positionOf(range.end)]}
      min={0}
      max={1}
      step={positionStep}
      thumbCollisionBehavior="none"
      onValueChange={(positions, { activeThumbIndex }) => {
        const position = positions[activeThumbIndex];
        if (position !== undefined) move(activeThumbIndex, scale.valueAt(position));
      }}
      aria-label={label}
    >
      <Base.Control className="zs-slider-control">
        <Base.Track className="zs-slider-track">
          <Base.Indicator className="zs-slider-indicator" style={{ background: color }} />
          {["start", "end"].map((name, thumb) => (
            <Base.Thumb
              key={name}
              index={thumb}
              className="zs-slider-thumb"
              aria-label={`${label}, ${name}`}
              getAriaValueText={() => formatValue(ends[thumb] ?? min)}
              onKeyDown={(event) => handleKey(event, thumb)}
            />
          ))}
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
