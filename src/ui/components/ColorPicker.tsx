import { Check } from "lucide-react";
import { useState } from "react";
import { Switch } from "../kit/Switch.tsx";
import { parseHexColor } from "../state/channels.ts";

/** Colours that stay apart when channels add up; the first pair also for most colour-blind eyes. */
const palette: readonly (readonly [hex: string, name: string])[] = [
  ["00FF00", "Green"],
  ["FF00FF", "Magenta"],
  ["FFFFFF", "White"],
  ["FF0000", "Red"],
  ["0000FF", "Blue"],
  ["00FFFF", "Cyan"],
  ["FFFF00", "Yellow"],
  ["FF8000", "Orange"],
];

type ColorPickerProps = {
  color: string;
  /** False while a lookup table stands in for the colour. */
  isUsed: boolean;
  inverted: boolean;
  onColor: (color: string) => void;
  onInverted: (inverted: boolean) => void;
};

/** Colour and direction of a channel's ramp. */
export function ColorPicker({ color, isUsed, inverted, onColor, onInverted }: ColorPickerProps) {
  const [draft, setDraft] = useState<string>();
  const typed = draft === undefined ? undefined : parseHexColor(draft);
  const isInvalid = draft !== undefined && typed === undefined;

  function commit() {
    if (typed !== undefined) onColor(typed);
    setDraft(undefined);
  }

  return (
    <div className="zs-color-picker">
      <fieldset className="zs-palette">
        <legend className="zs-visually-hidden">Colour</legend>
        {palette.map(([hex, name]) => (
          <button
            key={hex}
            type="button"
            className="zs-palette-color"
            aria-label={name}
            aria-pressed={isUsed && hex === color}
            title={name}
            style={{ background: `#${hex}` }}
            onClick={() => onColor(hex)}
          >
            {isUsed && hex === color && (
              <Check size={14} aria-hidden color={hex === "0000FF" ? "#fff" : "#000"} />
            )}
          </button>
        ))}
      </fieldset>
      <label className="zs-hex">
        <span>Hex</span>
        <input
          className="zs-text-input"
          value={draft ?? color}
          maxLength={7}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isInvalid}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
          }}
        />
      </label>
      <Switch label="Invert" checked={inverted} onChange={onInverted} />
    </div>
  );
}
