import { type KeyboardEvent, useState } from "react";
import { parseTypedNumber } from "../format/typed-number.ts";

type NumberFieldProps = {
  /** Accessible name. */
  label: string;
  /** undefined: not known yet. */
  value: number | undefined;
  format: (value: number) => string;
  /** Arrow keys; with Shift and Page keys ten times as much. */
  step: number;
  disabled?: boolean;
  onCommit: (value: number) => void;
};

const stepsByKey: ReadonlyMap<string, number> = new Map([
  ["ArrowUp", 1],
  ["ArrowDown", -1],
  ["PageUp", 10],
  ["PageDown", -10],
]);

/**
 * A field for one number. What is typed counts on Enter or when the field is left; Escape takes it back. Not Base UI's: that one takes no
 * exponents, and float images need 1e-5.
 */
export function NumberField({ label, value, format, step, disabled, onCommit }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? (value === undefined ? "" : format(value));

  function commit() {
    const typed = draft === undefined ? undefined : parseTypedNumber(draft);
    setDraft(undefined);
    if (typed !== undefined && typed !== value) onCommit(typed);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    const steps = stepsByKey.get(event.key);
    if (event.key === "Enter") {
      commit();
    } else if (event.key === "Escape" && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    } else if (steps !== undefined) {
      event.preventDefault();
      const from = (draft === undefined ? undefined : parseTypedNumber(draft)) ?? value;
      if (from === undefined) return;
      setDraft(undefined);
      const factor = event.shiftKey && Math.abs(steps) === 1 ? 10 : 1;
      onCommit(Number((from + steps * factor * step).toPrecision(12)));
    }
  }

  return (
    <input
      className="zs-number"
      type="text"
      inputMode="decimal"
      role="spinbutton"
      aria-label={label}
      aria-valuenow={value}
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      placeholder="—"
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={handleKey}
    />
  );
}
