import { useId } from "react";

type RadioRowProps<Value extends string> = {
  /** What is chosen. */
  label: string;
  options: readonly { readonly value: Value; readonly label: string }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** A few choices side by side, of which one holds; the browser's own radio buttons under another coat. */
export function RadioRow<Value extends string>({
  label,
  options,
  value,
  onChange,
}: RadioRowProps<Value>) {
  const group = useId();
  return (
    <fieldset className="zs-radio-row">
      <legend>{label}</legend>
      <div className="zs-radio-options">
        {options.map((option) => (
          <label key={option.value} className="zs-radio">
            <input
              type="radio"
              name={group}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <bdi>{option.label}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
