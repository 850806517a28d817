import { Slider as Base } from "@base-ui/react/slider";

type SliderProps = {
  /** Accessible name. */
  label: string;
  /** Whole numbers 0…max. */
  value: number;
  max: number;
  /** Stretches that are marked beneath the track: first and last value. */
  marked?: readonly { readonly first: number; readonly last: number }[];
  /** What the value means, for screen readers: "118 of 236, 59.0 µm". */
  valueText: (value: number) => string;
  /** @param isOnTheWay it is being dragged: `onCommit` follows */
  onChange: (value: number, isOnTheWay: boolean) => void;
  /** The hand has let go. */
  onCommit?: (value: number) => void;
};

/** A value covers half a step to either side, as far as the track goes. */
function percent(value: number, max: number): string {
  return `${(Math.max(0, value) / Math.max(1, max)) * 100}%`;
}

/** A slider over whole numbers; it reports every step while it is dragged. Page keys and Shift+arrows go ten at a time. */
export function Slider({
  label,
  value,
  max,
  marked = [],
  valueText,
  onChange,
  onCommit,
}: SliderProps) {
  return (
    <Base.Root
      className="zs-slider"
      value={value}
      min={0}
      max={max}
      step={1}
      largeStep={10}
      onValueChange={(next, { reason }) => onChange(next, reason === "drag")}
      onValueCommitted={(next) => onCommit?.(next)}
    >
      <Base.Control className="zs-slider-control">
        <Base.Track className="zs-slider-track">
          <Base.Indicator className="zs-slider-indicator" />
          {marked.map(({ first, last }) => (
            <span
              key={first}
              className="zs-slider-mark"
              style={{ left: percent(first - 0.5, max), right: percent(max - last - 0.5, max) }}
            />
          ))}
          <Base.Thumb
            className="zs-slider-thumb"
            aria-label={label}
            getAriaValueText={(_, current) => valueText(current)}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
