import { Slider as Base } from "@base-ui/react/slider";

type SliderProps = {
  /** Accessible name. */
  label: string;
  /** Whole numbers 0…max. */
  value: number;
  max: number;
  /** What the value means, for screen readers: "118 of 236, 59.0 µm". */
  valueText: (value: number) => string;
  onChange: (value: number) => void;
};

/** A slider over whole numbers; it reports every step while it is dragged. Page keys and Shift+arrows go ten at a time. */
export function Slider({ label, value, max, valueText, onChange }: SliderProps) {
  return (
    <Base.Root
      className="zs-slider"
      value={value}
      min={0}
      max={max}
      step={1}
      largeStep={10}
      onValueChange={(next) => onChange(next)}
    >
      <Base.Control className="zs-slider-control">
        <Base.Track className="zs-slider-track">
          <Base.Indicator className="zs-slider-indicator" />
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
