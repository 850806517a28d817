import { useId } from "react";
import { type LutName, lutNames, lutTitle } from "../../layers/luts/lut-name.ts";
import { lutGradient, useLuts } from "./use-luts.ts";

type LutPickerProps = {
  lut: LutName | null;
  /** Six hex digits, shown for "none". */
  color: string;
  onChange: (lut: LutName | null) => void;
};

/** The lookup tables with what they look like; arrow keys go through them and show each on the image. */
export function LutPicker({ lut, color, onChange }: LutPickerProps) {
  const luts = useLuts(true);
  const group = useId();
  const entries: readonly (LutName | null)[] = [null, ...lutNames];
  return (
    <fieldset>
      <legend className="zs-visually-hidden">Lookup table</legend>
      <p className="zs-settings-title" aria-hidden>
        Lookup table
      </p>
      <div className="zs-luts">
        {entries.map((name) => {
          const table = name === null ? undefined : luts?.get(name);
          const plain = `linear-gradient(to right, #000, #${color})`;
          const background = name === null ? plain : table && lutGradient(table);
          return (
            <label key={name ?? ""} className="zs-lut">
              <input
                type="radio"
                name={group}
                checked={name === lut}
                onChange={() => onChange(name)}
              />
              <span className="zs-lut-gradient" style={{ background }} />
              {name === null ? "none (colour)" : lutTitle(name)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
