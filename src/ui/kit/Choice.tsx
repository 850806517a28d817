type ChoiceProps = {
  /** What is chosen. */
  label: string;
  options: readonly string[];
  value: string;
  onChange: (value: string) => void;
};

/** One of several by name: the browser's own list, which is known to every keyboard and reader, under another coat. */
export function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <label className="zs-choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
