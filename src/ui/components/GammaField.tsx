import { formatValue } from "../format/format-number.ts";
import { NumberField } from "../kit/NumberField.tsx";
import { Slider } from "../kit/Slider.tsx";
import { gammaRange } from "../state/channels.ts";

const steps = 100;
const octaves = Math.log(gammaRange.max / gammaRange.min);

/** Slider positions go by ratios; 1 and the ends are hit exactly. */
function gammaAt(position: number): number {
  const exact = gammaRange.min * Math.exp((position / steps) * octaves);
  return position === positionOf(1) ? 1 : Number(exact.toPrecision(3));
}

function positionOf(gamma: number): number {
  return Math.round((Math.log(gamma / gammaRange.min) / octaves) * steps);
}

type GammaFieldProps = {
  /** Of which channel, for the accessible names. */
  name: string;
  gamma: number;
  onChange: (gamma: number) => void;
};

/** Gamma as a slider and a number. */
export function GammaField({ name, gamma, onChange }: GammaFieldProps) {
  return (
    <div>
      <p className="zs-settings-title" aria-hidden>
        Gamma
      </p>
      <div className="zs-gamma">
        <Slider
          label={`Gamma of ${name}`}
          value={positionOf(gamma)}
          max={steps}
          valueText={(position) => formatValue(gammaAt(position))}
          onChange={(position) => onChange(gammaAt(position))}
        />
        <NumberField
          label={`Gamma of ${name}, number`}
          value={gamma}
          format={formatValue}
          step={0.05}
          onCommit={onChange}
        />
      </div>
    </div>
  );
}
